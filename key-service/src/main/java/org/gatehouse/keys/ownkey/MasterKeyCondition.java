package org.gatehouse.keys.ownkey;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.gatehouse.runtime.start.Settings;
import org.gatehouse.runtime.start.StartCondition;

/** If there is a master key, it must be one. */
public final class MasterKeyCondition implements StartCondition {

    @Override
    public List<String> problems(Settings settings) {
        return settings.text("gatehouse.keys.master-key").flatMap(MasterKeyCondition::problem).stream()
                .toList();
    }

    private static Optional<String> problem(String key) {
        try {
            new SeedSeal(key, new SecureRandom());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
