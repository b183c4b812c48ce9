package org.gatehouse.ingress.roomfacts;

import java.util.Optional;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.matrix.acl.ServerAcl;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/**
 * A room that the cluster knows.
 *
 * @param acl the room's server ACL, compiled once
 */
public record KnownRoom(RoomFacts facts, ServerAcl acl) {

    public static KnownRoom of(RoomFacts facts) {
        return new KnownRoom(facts, facts.serverAcl().map(ServerAcl::of).orElse(ServerAcl.OPEN));
    }

    /** Whether events pushed to the hosted name are taken: it has a joined user, or a join of ours is under way. */
    public boolean takesEventsFor(ServerName hosted) {
        return facts.joining() || isResident(hosted);
    }

    /** Whether the hosted name has a joined user in the room. */
    public boolean isResident(ServerName hosted) {
        return facts.residents().containsKey(hosted);
    }

    /** Whether the server ACL lets the server in. */
    public boolean admits(ServerName origin) {
        return acl.allows(origin);
    }

    /** The pending invite or knock of a hosted user in a room that we are not in. */
    public Optional<RoomFacts.Pending> pending(UserId user) {
        return facts.pending().stream()
                .filter(pending -> pending.userId().equals(user))
                .findFirst();
    }
}
