package org.gatehouse.provider.authoring;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.JudgedRecord.CurrentChange;
import org.gatehouse.cluster.JudgedRecord.Judged;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.SendWish;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.authrule.AuthEventSelection;
import org.gatehouse.matrix.authrule.AuthRules;
import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.provider.TestSigner;
import org.gatehouse.runtime.trace.EventTraces;

/** Log, graph and judge of rooms that never fork, in memory: what is logged is judged and delivered at once. */
public final class FakeRoad implements RoomLog, Verdicts, Wishes, EventTemplates {

    private final Consumer<JudgedRecord> deliver;
    private final EventSigner signer = new TestSigner();
    private final MakeEvent make;
    private final Map<RoomId, List<Pdu>> rooms = new HashMap<>();
    private final Map<RoomId, Map<StateKey, Pdu>> states = new HashMap<>();
    private final Map<String, VerdictReply> replies = new HashMap<>();
    private int addresses;

    public FakeRoad(Consumer<JudgedRecord> deliver, Clock clock) {
        this.deliver = deliver;
        this.make = new MakeEvent(
                this,
                signer,
                new HaveRecommended((event, policy) -> {
                    throw new IllegalStateException("no room has a policy server");
                }),
                new InMemorySentEvents(),
                new LogEvent(this, this, new EventTraces(), new SecureRandom()),
                clock);
    }

    public EventSigner signer() {
        return signer;
    }

    @Override
    public synchronized void publish(SendWish wish) {
        VerdictReply outcome = WishConsumer.outcome(make, wish);
        wish.replyTo().ifPresent(asking -> replies.put(asking.toString(), outcome));
    }

    @Override
    public synchronized VerdictReply after(Consumer<ReplyTo> publish) {
        ReplyTo address = new ReplyTo(0, "wait-" + addresses++);
        publish.accept(address);
        return Optional.ofNullable(replies.remove(address.toString())).orElseThrow();
    }

    @Override
    public synchronized void append(ReceivedRecord entry) {
        ReceivedRecord.Made made = (ReceivedRecord.Made) entry;
        Pdu event = StoredPdus.read(
                RoomVersions.require(made.roomVersion()), made.pdu().canonical());
        List<Pdu> room = rooms.computeIfAbsent(event.roomId(), id -> new ArrayList<>());
        long ordinal = room.indexOf(event) + 1L;
        if (ordinal == 0) {
            ordinal = accept(made, event, room);
        }
        VerdictReply reply = reply(event, ordinal);
        made.replyTo().ifPresent(asking -> replies.put(asking.toString(), reply));
    }

    private long accept(ReceivedRecord.Made made, Pdu event, List<Pdu> room) {
        room.add(event);
        Map<StateKey, Pdu> state = states.computeIfAbsent(event.roomId(), id -> new TreeMap<>());
        List<CurrentChange> changes = new ArrayList<>();
        event.stateSlot().ifPresent(slot -> {
            state.put(slot, event);
            changes.add(
                    new CurrentChange(slot.type(), slot.stateKey(), Optional.of(event.eventId()), Optional.empty()));
        });
        deliver.accept(new Judged(
                event.roomId(),
                made.roomVersion(),
                event.eventId(),
                room.size(),
                ConnectedRecord.Source.MADE,
                event.sender().serverName(),
                Verdict.ACCEPTED,
                "",
                "",
                0,
                0,
                changes,
                "shared",
                true,
                List.of(),
                false,
                0,
                made.pdu()));
        return room.size();
    }

    private static VerdictReply reply(Pdu event, long ordinal) {
        return new VerdictReply(
                new ReplyTo(0, "nobody"),
                event.roomId(),
                Optional.of(event.eventId()),
                Verdict.ACCEPTED,
                "",
                "",
                ordinal,
                0,
                200,
                Optional.empty());
    }

    @Override
    public synchronized Optional<EventTemplate> template(
            RoomId roomId, UserId sender, String type, Optional<String> stateKey, JsonObject content) {
        List<Pdu> room = rooms.getOrDefault(roomId, List.of());
        if (room.isEmpty()) {
            return Optional.empty();
        }
        Map<StateKey, Pdu> state = states.getOrDefault(roomId, Map.of());
        RoomVersion version = room.get(0).roomVersion();
        List<EventId> auth = AuthEventSelection.keys(version, type, sender, stateKey, content).stream()
                .flatMap(key -> Optional.ofNullable(state.get(key)).stream())
                .map(Pdu::eventId)
                .toList();
        List<EventId> heads = List.of(room.get(room.size() - 1).eventId());
        EventDraft.Builder draft = EventDraft.builder(version, sender, type)
                .roomId(roomId)
                .content(content)
                .prevEvents(heads)
                .authEvents(auth);
        stateKey.ifPresent(draft::stateKey);
        AuthVerdict verdict = AuthRules.check(signer.sign(draft.build()), key -> Optional.ofNullable(state.get(key)));
        String reason = verdict instanceof AuthVerdict.Denied denied ? denied.reason() : "";
        return Optional.of(new EventTemplate(
                version, heads, auth, room.size() + 1L, verdict.isAllowed(), verdict.rule(), reason, Optional.empty()));
    }

    private static final class InMemorySentEvents implements SentEvents {
        private final Map<String, Attempt> rows = new HashMap<>();

        @Override
        public Optional<Attempt> find(SendWish wish) {
            return Optional.ofNullable(rows.get(key(wish)));
        }

        @Override
        public void put(SendWish wish, Attempt attempt) {
            rows.put(key(wish), attempt);
        }

        private static String key(SendWish wish) {
            return wish.sender() + wish.deviceId() + wish.roomId() + wish.txnId();
        }
    }
}
