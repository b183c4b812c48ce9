package org.gatehouse.eventgraph.room;

import java.util.Optional;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.cluster.ReceivedRecord.PolicyAnswer;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * What an event that waits has to do with the policy server of its room.
 *
 * @param server that the room used when the event was pushed
 * @param awaited whether its answer is still to come
 * @param signature its answer, to be merged into the event
 */
public record PolicyWord(PolicyServer server, boolean awaited, Optional<Signature> signature) {

    /** A signature, and whose it is. */
    public record Signature(ServerName via, String text) {}

    PolicyWord answered(PolicyAnswer answer) {
        return new PolicyWord(server, false, answer.signature().map(text -> new Signature(answer.via(), text)));
    }
}
