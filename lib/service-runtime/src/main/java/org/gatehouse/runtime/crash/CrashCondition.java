package org.gatehouse.runtime.crash;

import java.util.List;
import java.util.Optional;
import org.gatehouse.runtime.start.Settings;
import org.gatehouse.runtime.start.StartCondition;

/** A crash point that is asked for must be one that exists: a mistyped name would never be reached. */
public final class CrashCondition implements StartCondition {

    @Override
    public List<String> problems(Settings settings) {
        return settings.text(CrashPoint.PROPERTY).flatMap(CrashCondition::problem).stream()
                .toList();
    }

    private static Optional<String> problem(String text) {
        Optional<String> name = ArmedPoint.nameIn(text);
        if (name.isEmpty()) {
            return Optional.of(
                    "%s: \"%s\" is not NAME:k, such as ingress.after-verify:3".formatted(CrashPoint.PROPERTY, text));
        }
        return name.filter(point -> !CrashPoints.ALL.contains(point))
                .map(point -> "%s: there is no crash point \"%s\"".formatted(CrashPoint.PROPERTY, point));
    }
}
