package org.gatehouse.provider.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.cluster.JudgedRecord.CurrentChange;
import org.gatehouse.cluster.JudgedRecord.Judged;
import org.gatehouse.cluster.JudgedRecord.OutOfBandKept;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.config.ClusterConfig;

/** Keeps the memberships of hosted users in step with the verdicts. */
@ApplicationScoped
class DeliverMemberships {

    private final Memberships memberships;
    private final ClusterConfig cluster;

    DeliverMemberships(Memberships memberships, ClusterConfig cluster) {
        this.memberships = memberships;
        this.cluster = cluster;
    }

    /**
     * Keeps the memberships that a verdict changed.
     *
     * @return the hosted users whose membership event changed
     */
    List<UserId> deliver(Place place, Judged event) {
        List<Membership> after = new ArrayList<>();
        Set<UserId> touched = new LinkedHashSet<>();
        for (CurrentChange change : event.currentChanges()) {
            Optional<UserId> user = hostedMember(change);
            if (user.isPresent()) {
                touched.add(user.get());
                after.add(follow(place, event, change, user.get()));
            }
        }
        if (event.joinSeed()) {
            after.addAll(leftBehind(place, event, touched));
        }
        memberships.put(after);
        return after.stream().map(Membership::userId).toList();
    }

    /** The hosted users whose membership events the verdict changed. */
    List<UserId> touchedBy(Judged event) {
        return event.currentChanges().stream()
                .flatMap(change -> hostedMember(change).stream())
                .toList();
    }

    /**
     * Keeps an out-of-band membership, unless the user has joined meanwhile.
     *
     * @return the user, unless the record says nothing new
     */
    List<UserId> keepOutOfBand(Place place, OutOfBandKept kept) {
        Optional<Membership> before = memberships.find(kept.userId(), kept.roomId());
        if (before.filter(Membership::isJoined).isPresent()) {
            return List.of();
        }
        Membership.Change change = new Membership.Change(
                kept.userId(),
                kept.roomId(),
                kept.roomVersion(),
                kept.eventId(),
                kept.membership(),
                place,
                true,
                kept.pdu(),
                StrippedState.sound(kept.strippedState()));
        memberships.put(List.of(Membership.after(before, change)));
        return List.of(kept.userId());
    }

    private Optional<UserId> hostedMember(CurrentChange change) {
        return change.type().equals(EventTypes.MEMBER)
                ? UserId.tryParse(change.stateKey()).filter(user -> cluster.hosts(user.serverName()))
                : Optional.empty();
    }

    private Membership follow(Place place, Judged event, CurrentChange change, UserId user) {
        Optional<Membership> before = memberships.find(user, event.roomId());
        EventId eventId = change.eventId().orElse(event.eventId());
        PduBytes bytes = change.pdu().orElse(event.pdu());
        return Membership.after(before, change(place, event, user, eventId, kind(event, change, bytes), bytes));
    }

    /** A membership that has left the state is none: the user is out. */
    private static String kind(Judged event, CurrentChange change, PduBytes bytes) {
        if (change.eventId().isEmpty()) {
            return Membership.LEAVE;
        }
        Pdu member = StoredPdus.read(
                RoomVersions.require(event.roomVersion()), change.eventId().get(), bytes.canonical());
        return member.content().string("membership").orElse(Membership.LEAVE);
    }

    private static Membership.Change change(
            Place place, Judged event, UserId user, EventId eventId, String kind, PduBytes bytes) {
        return new Membership.Change(
                user, event.roomId(), event.roomVersion(), eventId, kind, place, false, bytes, List.of());
    }

    /** After a new join the state is another server's word: who is not in it has left while we were away. */
    private List<Membership> leftBehind(Place place, Judged event, Set<UserId> inState) {
        List<Membership> left = new ArrayList<>();
        for (UserId user : memberships.hosted(event.roomId(), Membership.JOIN)) {
            Optional<Membership> before = memberships.find(user, event.roomId());
            if (!inState.contains(user) && before.isPresent()) {
                left.add(Membership.after(
                        before,
                        change(
                                place,
                                event,
                                user,
                                before.get().eventId(),
                                Membership.LEAVE,
                                before.get().pdu())));
            }
        }
        return left;
    }
}
