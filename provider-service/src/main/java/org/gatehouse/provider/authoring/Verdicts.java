package org.gatehouse.provider.authoring;

import java.util.function.Consumer;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.VerdictReply;

/** Waits for what becomes of a record. */
public interface Verdicts {

    /**
     * Has something published that asks for a verdict, and waits for the answer.
     *
     * @param publish is given the address of the answer
     * @throws org.gatehouse.runtime.internal.ServiceUnavailable if none comes in time
     */
    VerdictReply after(Consumer<ReplyTo> publish);
}
