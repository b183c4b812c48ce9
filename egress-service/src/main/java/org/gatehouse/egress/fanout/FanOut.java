package org.gatehouse.egress.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.JudgedRecord.Judged;
import org.gatehouse.cluster.OutboundPdu;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;

/** Decides where an event goes: to the servers in the room before it, and to the server of a member whom it removes. */
public final class FanOut {

    private static final Set<String> REMOVALS = Set.of("leave", "ban");

    private final Predicate<ServerName> isHosted;
    private final int shards;

    /** @param shards the number of partitions of the topic outbound */
    public FanOut(Predicate<ServerName> isHosted, int shards) {
        this.isHosted = isHosted;
        this.shards = shards;
    }

    /** One record for each shard that has a destination of the event; none if nobody is to get it. */
    public List<OutboundPdu> of(Judged judged) {
        if (!judged.fanOut() || judged.verdict() != Verdict.ACCEPTED) {
            return List.of();
        }
        Pdu event = StoredPdus.read(
                RoomVersions.require(judged.roomVersion()),
                judged.eventId(),
                judged.pdu().canonical());
        Optional<ServerName> sender = sender(judged, event);
        if (sender.isEmpty()) {
            return List.of();
        }
        SortedMap<Integer, List<ServerName>> byShard = new TreeMap<>();
        for (ServerName destination : destinations(judged, event)) {
            byShard.computeIfAbsent(shardOf(destination, shards), shard -> new ArrayList<>())
                    .add(destination);
        }
        List<OutboundPdu> records = new ArrayList<>();
        byShard.forEach((shard, destinations) -> records.add(
                new OutboundPdu(shard, destinations, sender.get(), judged.roomId(), judged.eventId(), judged.pdu())));
        return records;
    }

    /** The shard of a destination, the same on every machine. */
    public static int shardOf(ServerName destination, int shards) {
        return Math.floorMod(destination.toString().hashCode(), shards);
    }

    private Set<ServerName> destinations(Judged judged, Pdu event) {
        Set<ServerName> destinations = new TreeSet<>(judged.serversBefore());
        removedMember(event).map(UserId::serverName).ifPresent(destinations::add);
        destinations.removeIf(isHosted);
        if (judged.source() != Source.MADE) {
            destinations.remove(judged.origin());
        }
        return destinations;
    }

    /** Whoever is removed hears of it, even if they were only invited. An invite reaches its server by itself. */
    private static Optional<UserId> removedMember(Pdu event) {
        boolean removal = event.type().equals(EventTypes.MEMBER)
                && event.content()
                        .string("membership")
                        .filter(REMOVALS::contains)
                        .isPresent();
        return removal ? event.stateKey().flatMap(UserId::tryParse) : Optional.empty();
    }

    /** In whose name it is sent: the sender's server, or for what was handed to us one of ours that is in the room. */
    private Optional<ServerName> sender(Judged judged, Pdu event) {
        ServerName own = event.sender().serverName();
        if (isHosted.test(own)) {
            return Optional.of(own);
        }
        return judged.serversBefore().stream().filter(isHosted).sorted().findFirst();
    }
}
