package org.gatehouse.provider.room;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.provider.authoring.SendEvent;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.delivery.Memberships;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.provider.handshake.JoinRemoteRoom;
import org.gatehouse.runtime.config.ClusterConfig;

/** Joins a room: by an event of our own where a user of ours is in it, else through another server. For worker threads. */
@ApplicationScoped
public class JoinRoom {

    private static final int MAX_CANDIDATES = 10;

    private final Memberships memberships;
    private final SendEvent send;
    private final JoinRemoteRoom joinRemote;
    private final ClusterConfig cluster;

    JoinRoom(Memberships memberships, SendEvent send, JoinRemoteRoom joinRemote, ClusterConfig cluster) {
        this.memberships = memberships;
        this.send = send;
        this.joinRemote = joinRemote;
        this.cluster = cluster;
    }

    /**
     * @param via servers to join through, as the client knows them
     * @throws org.gatehouse.runtime.http.MatrixError if nobody lets the user in
     */
    void join(Requester me, RoomId roomId, List<ServerName> via, Optional<String> reason) {
        Optional<Membership> before = memberships.find(me.userId(), roomId);
        if (before.filter(Membership::isJoined).isPresent()) {
            return;
        }
        if (isResident(roomId)) {
            JsonObject content = JsonObject.EMPTY.with("membership", Membership.JOIN);
            JsonObject whole = reason.map(text -> content.with("reason", text)).orElse(content);
            send.send(
                    me,
                    SendEvent.Outgoing.state(
                            roomId, EventTypes.MEMBER, me.userId().value(), whole));
        } else {
            joinRemote.join(me.userId(), roomId, candidates(roomId, via, before), reason);
        }
    }

    /** Residency is the cluster's: between our own server names nothing leaves it. */
    private boolean isResident(RoomId roomId) {
        return !memberships.hosted(roomId, Membership.JOIN).isEmpty();
    }

    private List<ServerName> candidates(RoomId roomId, List<ServerName> via, Optional<Membership> before) {
        Set<ServerName> candidates = new LinkedHashSet<>(via);
        before.filter(Membership::isInvited)
                .ifPresent(invite -> candidates.add(invite.event().sender().serverName()));
        roomId.serverName().ifPresent(candidates::add);
        candidates.removeIf(cluster::hosts);
        List<ServerName> list = new ArrayList<>(candidates);
        return list.subList(0, Math.min(list.size(), MAX_CANDIDATES));
    }
}
