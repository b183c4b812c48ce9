package org.gatehouse.local;

/** A child process ended while somebody waited for it; the message ends with the last lines of its log. */
public final class ProcessDied extends ClusterProblem {
    private static final long serialVersionUID = 1L;

    ProcessDied(ChildProcess process) {
        super("%s (pid %d) ended before it was ready. Its log is %s and ends with:%n%s"
                .formatted(process.name(), process.pid(), process.logFile(), process.lastLogLines(15)));
    }
}
