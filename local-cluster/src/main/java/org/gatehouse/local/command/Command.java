package org.gatehouse.local.command;

import java.util.Set;

/** One command of the launcher. */
interface Command {
    /** The flags that it knows. */
    Set<Flag> flags();

    /**
     * Does it.
     *
     * @return the exit code
     * @throws org.gatehouse.local.ClusterProblem with a sentence for the person who called it
     */
    int run(CommandLine line, Setting setting);
}
