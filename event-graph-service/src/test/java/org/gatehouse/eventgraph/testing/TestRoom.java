package org.gatehouse.eventgraph.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.eventgraph.room.EventFacts;
import org.gatehouse.eventgraph.room.LogEntry;
import org.gatehouse.eventgraph.room.PolicyWord;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/** Writes a room's log: events are named by letters; that is all that their bytes say. */
public final class TestRoom {

    public static final int GENERATION = 10;
    public static final ServerName PEER = new ServerName("peer.example");
    public static final ServerName OTHER = new ServerName("other.example");
    public static final PolicyServer POLICY = new PolicyServer(new ServerName("policy.example"), "key");
    public static final String VERSION = "11";

    public final RoomId roomId;
    public int week = 2_900;
    public int generation = GENERATION;
    private final List<LogEntry> log = new ArrayList<>();
    private final InMemoryStore store;
    private long offset = 100;

    public TestRoom(InMemoryStore store, String roomId) {
        this.store = store;
        this.roomId = new RoomId(roomId);
    }

    public static EventId id(String name) {
        return new EventId("$" + name);
    }

    public static List<EventId> ids(String names) {
        return Arrays.stream(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(TestRoom::id)
                .toList();
    }

    public static EventFacts event(String name, String parents, String authEvents) {
        List<EventId> prev = ids(parents);
        return new EventFacts(id(name), VERSION, prev, ids(authEvents), prev.isEmpty() ? 1 : 5);
    }

    public static PduBytes bytes(EventFacts facts) {
        return new PduBytes(("{\"id\":\"" + facts.eventId().value() + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    public static ReplyTo reply(String correlation) {
        return new ReplyTo(3, correlation);
    }

    public List<LogEntry> log() {
        return log;
    }

    /** The records since a position. */
    public List<LogEntry> since(int index) {
        return List.copyOf(log.subList(index, log.size()));
    }

    public LogEntry last() {
        return log.get(log.size() - 1);
    }

    public LogEntry pushed(EventFacts facts, ServerName origin, Optional<ReplyTo> replyTo) {
        return pushed(facts, origin, false, replyTo);
    }

    public LogEntry pushed(EventFacts facts, ServerName origin, boolean fanOut, Optional<ReplyTo> replyTo) {
        return add(
                new ReceivedRecord.Pushed(
                        roomId, VERSION, facts.eventId(), origin, fanOut, replyTo, Optional.empty(), bytes(facts)),
                Optional.of(facts));
    }

    public LogEntry pushed(EventFacts facts) {
        return pushed(facts, PEER, Optional.empty());
    }

    /** Pushed in a room with a policy server, whose signature it has or lacks. */
    public LogEntry pushedUnderPolicy(EventFacts facts, boolean signed, Optional<ReplyTo> replyTo) {
        pushed(facts, PEER, replyTo);
        LogEntry plain = log.remove(log.size() - 1);
        log.add(new LogEntry(
                plain.message(),
                plain.stamp(),
                plain.week(),
                plain.facts(),
                Optional.of(new PolicyWord(POLICY, !signed, Optional.empty()))));
        return last();
    }

    public LogEntry policyAnswer(EventId eventId, Optional<String> signature) {
        return add(
                new ReceivedRecord.PolicyAnswer(roomId, VERSION, eventId, POLICY.via(), signature, ""),
                Optional.empty());
    }

    public LogEntry made(EventFacts facts, Optional<ReplyTo> replyTo) {
        UserId sender = new UserId("@alice:ours.example");
        return add(
                new ReceivedRecord.Made(
                        roomId, VERSION, facts.eventId(), sender, replyTo, Optional.empty(), bytes(facts)),
                Optional.of(facts));
    }

    public LogEntry fetched(EventFacts facts, String wishId, boolean outlier) {
        return add(
                new ReceivedRecord.Fetched(roomId, VERSION, facts.eventId(), PEER, wishId, outlier, bytes(facts)),
                Optional.of(facts));
    }

    public LogEntry outcome(String wishId, EventId eventId, boolean complete) {
        return add(new ReceivedRecord.FetchOutcome(roomId, wishId, eventId, complete, ""), Optional.empty());
    }

    public LogEntry seed(EventFacts facts, String wishId, List<EventFacts> state) {
        return add(
                new ReceivedRecord.ParentSeed(
                        roomId, VERSION, facts.eventId(), PEER, wishId, range(state), bytes(facts)),
                Optional.of(facts));
    }

    public LogEntry joinBegun(String attempt) {
        UserId user = new UserId("@alice:ours.example");
        return add(new ReceivedRecord.JoinBegun(roomId, VERSION, attempt, user), Optional.empty());
    }

    public LogEntry joinDone(String attempt, EventFacts facts, List<EventFacts> state, Optional<ReplyTo> replyTo) {
        return add(
                new ReceivedRecord.JoinDone(
                        roomId, VERSION, attempt, facts.eventId(), PEER, range(state), replyTo, bytes(facts)),
                Optional.of(facts));
    }

    public LogEntry joinFailed(String attempt) {
        return add(new ReceivedRecord.JoinFailed(roomId, attempt, "refused"), Optional.empty());
    }

    public LogEntry outOfBand(EventFacts facts, Optional<ReplyTo> replyTo) {
        UserId user = new UserId("@alice:ours.example");
        return add(
                new ReceivedRecord.OutOfBand(
                        roomId, VERSION, facts.eventId(), user, "invite", List.of(), replyTo, bytes(facts)),
                Optional.empty());
    }

    private LogEntry add(ReceivedRecord message, Optional<EventFacts> facts) {
        offset += 1 + log.size() % 3;
        log.add(new LogEntry(message, HeadStamp.of(generation, offset), week, facts));
        return last();
    }

    private BulkRange range(List<EventFacts> state) {
        String bulkId = roomId + "/" + log.size();
        store.bulk.put(
                bulkId,
                state.stream()
                        .map(facts -> new BulkRecord(
                                bulkId,
                                roomId,
                                VERSION,
                                BulkRecord.Role.STATE,
                                facts.eventId(),
                                Optional.of(bytes(facts))))
                        .toList());
        return new BulkRange(bulkId, 0, 0, Math.max(0, state.size() - 1), state.size());
    }
}
