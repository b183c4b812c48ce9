package org.gatehouse.provider.authoring;

import java.util.Optional;
import org.gatehouse.cluster.SendWish;
import org.gatehouse.matrix.event.Pdu;

/** The signed event of each send, so that a repeated send gets the same event. */
public interface SentEvents {

    /** The newest attempt of a send. */
    Optional<Attempt> find(SendWish wish);

    void put(SendWish wish, Attempt attempt);

    /**
     * One signed event of a send.
     *
     * @param number 1, or 2 for the event that replaced a soft-failed one
     */
    record Attempt(int number, Pdu event) {}
}
