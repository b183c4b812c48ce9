package org.gatehouse.ingress.serverlist;

import java.time.Clock;
import java.util.function.Consumer;
import org.gatehouse.matrix.identifier.ServerName;

/** What the lists would have refused: at most so many lines a second; what was left out is counted. */
final class DryRunLog {

    static final int LINES_A_SECOND = 10;

    private final Clock clock;
    private final Consumer<String> log;
    private long second;
    private int lines;
    private long leftOut;

    DryRunLog(Clock clock, Consumer<String> log) {
        this.clock = clock;
        this.log = log;
    }

    /** @param origin as the request says, its grammar checked: no line break can be in it */
    synchronized void wouldRefuse(ServerName origin, Denial denial) {
        long now = clock.millis() / 1000;
        if (now != second) {
            second = now;
            lines = 0;
        }
        if (lines == LINES_A_SECOND) {
            leftOut++;
            return;
        }
        lines++;
        log.accept("would refuse origin=" + origin + " rule=" + denial.rule() + " reason=\"" + denial.reason() + "\""
                + (leftOut == 0 ? "" : " lines-left-out=" + leftOut));
        leftOut = 0;
    }
}
