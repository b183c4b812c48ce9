package org.gatehouse.lab;

import org.gatehouse.matrix.canonicaljson.JsonObject;

/** One command of the lab: a pure function from request to answer. */
interface Command {

    /**
     * The answer.
     *
     * @throws LabProblem if the request cannot be answered
     */
    JsonObject answer(Request request);

    /** As {@link #answer}, with the way there. Only for commands that {@link #canExplain}. */
    default JsonObject explain(Request request) {
        return answer(request);
    }

    default boolean canExplain() {
        return false;
    }

    /** Before the first request of a batch: whatever makes the first as quick as the next. */
    default void warmUp() {}
}
