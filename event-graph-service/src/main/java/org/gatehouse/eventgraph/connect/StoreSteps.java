package org.gatehouse.eventgraph.connect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.eventgraph.room.Outlier;
import org.gatehouse.eventgraph.room.PlacedEvent;
import org.gatehouse.eventgraph.room.PolicyWord;
import org.gatehouse.eventgraph.room.RoomHead;
import org.gatehouse.eventgraph.room.Step;
import org.gatehouse.eventgraph.room.WaitingRow;
import org.gatehouse.eventgraph.room.WaitingRow.KeptBytes;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.signing.PolicySignature;
import org.gatehouse.runtime.crash.CrashPoint;

/** Stores what follows from some records of a room: the rows first, the head when all of them are safe. */
public final class StoreSteps {

    private final Events events;
    private final WaitingEvents waitingEvents;
    private final RoomHeads heads;

    public StoreSteps(Events events, WaitingEvents waitingEvents, RoomHeads heads) {
        this.events = events;
        this.waitingEvents = waitingEvents;
        this.heads = heads;
    }

    /** Stores; answers, for each step, its connected events with their bytes. */
    List<List<PlacedEvent>> store(RoomId roomId, List<Step> steps, RoomHead head) {
        List<WaitingRow> waitingRows = new ArrayList<>();
        List<Outlier> outliers = new ArrayList<>();
        for (Step step : steps) {
            waitingRows.addAll(step.waitingRows());
            outliers.addAll(step.outliers());
        }
        List<List<PlacedEvent>> placed = withBytes(roomId, steps, waitingRows);
        List<PlacedEvent> all = placed.stream().flatMap(List::stream).toList();
        if (!outliers.isEmpty()) {
            events.storeOutliers(outliers);
        }
        if (!waitingRows.isEmpty()) {
            waitingEvents.store(roomId, waitingRows);
        }
        CrashPoint.reach("event-graph.after-waiting-rows-before-event-rows");
        if (!all.isEmpty()) {
            events.storeConnected(roomId, all);
        }
        CrashPoint.reach("event-graph.after-event-rows-before-head");
        heads.store(roomId, head);
        return placed;
    }

    private List<List<PlacedEvent>> withBytes(RoomId roomId, List<Step> steps, List<WaitingRow> waitingRows) {
        Map<KeptBytes, PduBytes> bytes = new HashMap<>();
        for (WaitingRow row : waitingRows) {
            row.details().ifPresent(wait -> wait.pdu().ifPresent(pdu -> bytes.put(wait.bytes(), pdu)));
        }
        Set<KeptBytes> wanted = new HashSet<>();
        for (Step step : steps) {
            for (Step.Connection connection : step.connections()) {
                connection.kept().filter(kept -> !bytes.containsKey(kept)).ifPresent(wanted::add);
            }
        }
        if (!wanted.isEmpty()) {
            bytes.putAll(waitingEvents.bytes(roomId, wanted));
        }
        return steps.stream()
                .map(step -> step.connections().stream()
                        .map(connection -> new PlacedEvent(connection.placement(), bytesOf(connection, bytes)))
                        .toList())
                .toList();
    }

    private static PduBytes bytesOf(Step.Connection connection, Map<KeptBytes, PduBytes> bytes) {
        Optional<PduBytes> kept = connection.kept().map(bytes::get);
        PduBytes bytesAsPushed = connection
                .pdu()
                .or(() -> kept)
                .orElseThrow(() -> new IllegalStateException(
                        "the bytes of " + connection.placement().eventId() + ", which has waited, are gone"));
        return connection
                .policySignature()
                .map(signature -> signed(bytesAsPushed, signature))
                .orElse(bytesAsPushed);
    }

    /** The event ID does not cover signatures, so the event stays the same. */
    private static PduBytes signed(PduBytes event, PolicyWord.Signature signature) {
        return new PduBytes(CanonicalJson.write(
                PolicySignature.merge(StrictJson.parseObject(event.canonical()), signature.via(), signature.text())));
    }
}
