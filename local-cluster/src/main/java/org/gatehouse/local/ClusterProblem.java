package org.gatehouse.local;

/** Something that stops a local cluster from doing what was asked; its message is a sentence for the person asking. */
public class ClusterProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClusterProblem(String sentence) {
        super(sentence);
    }

    public ClusterProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** The wait of this thread was interrupted, usually by Ctrl-C. */
    static ClusterProblem interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ClusterProblem("Interrupted.", cause);
    }
}
