package org.gatehouse.ingress.serverlist;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gatehouse.runtime.start.Settings;
import org.gatehouse.runtime.start.StartCondition;

/** Files of the lists of servers must be such lists. */
public final class ServerListsCondition implements StartCondition {

    @Override
    public List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        problem(settings, "gatehouse.servers.allow-file", false, problems);
        problem(settings, "gatehouse.servers.deny-file", true, problems);
        return problems;
    }

    private static void problem(Settings settings, String key, boolean mayBeEmpty, List<String> problems) {
        settings.text(key).ifPresent(file -> {
            try {
                new ListFile(Path.of(file), mayBeEmpty);
            } catch (BrokenServerList broken) {
                problems.add(key + ": " + broken.getMessage());
            }
        });
    }
}
