package org.gatehouse.keys.policyserver;

import java.nio.file.Path;
import java.util.List;
import org.gatehouse.runtime.start.Settings;
import org.gatehouse.runtime.start.StartCondition;

/** If there is a file of rules, it must be one. */
public final class RulesCondition implements StartCondition {

    private static final String KEY = "gatehouse.policy-server.rules-file";

    @Override
    public List<String> problems(Settings settings) {
        return settings.text(KEY).map(RulesCondition::problems).orElse(List.of());
    }

    private static List<String> problems(String file) {
        try {
            new RulesFile(Path.of(file));
            return List.of();
        } catch (BrokenRules broken) {
            return List.of(KEY + ": " + broken.getMessage());
        }
    }
}
