package org.gatehouse.runtime.crash;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The point at which this process ends, and how often it has still to come there. */
final class ArmedPoint {

    /** As after SIGKILL: 128 and the number of the signal. */
    static final int STATUS = 137;

    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9-]*\\.[a-z0-9-]+):([1-9][0-9]{0,8})");

    private final String name;
    private final AtomicInteger left;
    private final Runnable end;

    ArmedPoint(String name, int times, Runnable end) {
        this.name = name;
        this.left = new AtomicInteger(times);
        this.end = end;
    }

    /** Empty if the text is absent or not of the form {@code NAME:k}; of the latter the start condition tells. */
    static Optional<ArmedPoint> of(Optional<String> text) {
        return text.map(FORM::matcher)
                .filter(Matcher::matches)
                .map(matcher -> new ArmedPoint(
                        matcher.group(1),
                        Integer.parseInt(matcher.group(2)),
                        () -> Runtime.getRuntime().halt(STATUS)));
    }

    /** The name in a text of the right form. */
    static Optional<String> nameIn(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    boolean isNamed(String point) {
        return name.equals(point);
    }

    void reach(String point) {
        if (isNamed(point) && left.decrementAndGet() == 0) {
            System.err.println("crash point " + name + " is reached: the process halts");
            System.err.flush();
            end.run();
        }
    }
}
