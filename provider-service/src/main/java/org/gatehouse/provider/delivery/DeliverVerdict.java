package org.gatehouse.provider.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.JudgedRecord.CurrentChange;
import org.gatehouse.cluster.JudgedRecord.Judged;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/**
 * Brings verdicts to where hosted users see it. Only accepted events come to timelines, but every change of the
 * current state is applied, whichever event brought it. Memberships are written last: who sees a user's membership at an
 * offset may rely on everything else of that record and of all records before it.
 */
@ApplicationScoped
class DeliverVerdict {

    private final RoomStates states;
    private final Timelines timelines;
    private final DeliverMemberships memberships;
    private final RecordInterests interests;

    DeliverVerdict(RoomStates states, Timelines timelines, DeliverMemberships memberships, RecordInterests interests) {
        this.states = states;
        this.timelines = timelines;
        this.memberships = memberships;
        this.interests = interests;
    }

    /** A record of pdu-judged, and where it stands. */
    record JudgedAt(Place place, JudgedRecord judged) {}

    /**
     * Delivers verdicts of one partition, in their order; doing it again changes nothing. Those that change no state are
     * written together, across rooms.
     *
     * @return what to announce, for each record
     */
    List<DeliveryNotice> deliver(List<JudgedAt> records) {
        List<DeliveryNotice> notices = new ArrayList<>(records.size());
        List<JudgedAt> plain = new ArrayList<>();
        for (JudgedAt record : records) {
            if (changesNoState(record.judged())) {
                plain.add(record);
                continue;
            }
            notices.addAll(deliverPlain(plain));
            plain.clear();
            notices.add(deliver(record.place(), record.judged()));
        }
        notices.addAll(deliverPlain(plain));
        return notices;
    }

    private static boolean changesNoState(JudgedRecord judged) {
        return judged instanceof Judged event
                && !event.joinSeed()
                && event.currentChanges().isEmpty();
    }

    private List<DeliveryNotice> deliverPlain(List<JudgedAt> records) {
        List<DeliveryNotice> notices = new ArrayList<>(records.size());
        List<TimelineEntry> entries = new ArrayList<>();
        Map<RoomId, TimelineHead> before = timelines.heads(records.stream()
                .map(record -> record.judged().roomId())
                .collect(Collectors.toCollection(TreeSet::new)));
        Map<RoomId, TimelineHead> after = new TreeMap<>();
        for (JudgedAt record : records) {
            Judged event = (Judged) record.judged();
            Optional<TimelineHead> head =
                    Optional.ofNullable(after.getOrDefault(event.roomId(), before.get(event.roomId())));
            boolean isNew = event.ordinal() > 0 && !isRepeat(head, record.place(), event);
            if (isNew && event.verdict() == Verdict.ACCEPTED) {
                entries.add(entry(record.place(), event));
                after.put(event.roomId(), headAfter(head, record.place(), event));
            }
            notices.add(notice(record.place(), event, List.of()));
        }
        if (!entries.isEmpty()) {
            timelines.append(entries, after);
        }
        return notices;
    }

    private DeliveryNotice deliver(Place place, JudgedRecord judged) {
        if (judged instanceof Judged event) {
            return deliverEvent(place, event);
        }
        if (judged instanceof JudgedRecord.OutOfBandKept kept) {
            List<UserId> users = memberships.keepOutOfBand(place, kept);
            return new DeliveryNotice(place.partition(), place.offset(), kept.roomId(), 0, users);
        }
        return new DeliveryNotice(place.partition(), place.offset(), judged.roomId(), 0, List.of());
    }

    private DeliveryNotice deliverEvent(Place place, Judged event) {
        Optional<TimelineHead> head = timelines.head(event.roomId());
        if (event.ordinal() <= 0) {
            return notice(place, event, List.of());
        }
        if (isRepeat(head, place, event)) {
            // Perhaps nobody was told when it was delivered.
            return notice(place, event, memberships.touchedBy(event));
        }
        if (event.joinSeed() || !event.currentChanges().isEmpty()) {
            states.apply(stateUpdate(place, event));
        }
        if (event.verdict() == Verdict.ACCEPTED) {
            timelines.append(List.of(entry(place, event)), Map.of(event.roomId(), headAfter(head, place, event)));
        }
        List<UserId> changed = memberships.deliver(place, event);
        interests.record(event.roomId(), place.offset(), changed);
        return notice(place, event, changed);
    }

    /** The judge says it again after a restart: the record that was delivered stands at a lower offset. */
    private static boolean isRepeat(Optional<TimelineHead> head, Place place, Judged event) {
        return head.isPresent()
                && event.ordinal() <= head.get().newest()
                && head.get().offset() != place.offset();
    }

    private static DeliveryNotice notice(Place place, Judged event, List<UserId> users) {
        return new DeliveryNotice(place.partition(), place.offset(), event.roomId(), event.ordinal(), users);
    }

    private static StateUpdate stateUpdate(Place place, Judged event) {
        List<StateUpdate.Slot> slots = new ArrayList<>();
        for (CurrentChange change : event.currentChanges()) {
            Optional<StateUpdate.Filling> filling = change.eventId()
                    .map(id -> new StateUpdate.Filling(id, change.pdu().orElse(event.pdu())));
            slots.add(new StateUpdate.Slot(new StateKey(change.type(), change.stateKey()), filling));
        }
        return new StateUpdate(event.roomId(), event.roomVersion(), place, event.joinSeed(), slots);
    }

    private static TimelineEntry entry(Place place, Judged event) {
        List<PduBytes> merged = new ArrayList<>();
        boolean inState = false;
        for (CurrentChange change : event.currentChanges()) {
            boolean itself = change.eventId().filter(event.eventId()::equals).isPresent();
            inState |= itself;
            if (!itself && !event.joinSeed()) {
                change.pdu().ifPresent(merged::add);
            }
        }
        return new TimelineEntry(
                event.roomId(),
                event.roomVersion(),
                event.ordinal(),
                event.eventId(),
                place,
                event.historyVisibility(),
                event.joinSeed(),
                inState,
                event.pdu(),
                merged);
    }

    private static TimelineHead headAfter(Optional<TimelineHead> before, Place place, Judged event) {
        long first = before.map(TimelineHead::first).orElse(event.ordinal());
        return new TimelineHead(first, event.ordinal(), place.offset());
    }
}
