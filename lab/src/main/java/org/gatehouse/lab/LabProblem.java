package org.gatehouse.lab;

/** A request that cannot be answered; the message is what its sender reads. */
final class LabProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    LabProblem(String problem) {
        super(problem);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
