package org.gatehouse.preparation;

/** Why the topics or the keyspaces could not be made, in a sentence for the operator. */
public final class PreparationProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PreparationProblem(String message) {
        super(message);
    }

    public PreparationProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
