package org.gatehouse.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.stateres.RoomAuthGraph;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.matrix.stateres.StateResolution;

/**
 * State resolution. Everything is built anew for each request, so that no request is quicker for one before it; {@code
 * build_cpu_ms} is what tries and arrays cost, {@code cpu_ms} the resolution alone.
 */
final class ResolveCommand implements Command {

    private static final long WARM_UP_NANOS = 4_000_000_000L;

    @Override
    public boolean canExplain() {
        return true;
    }

    @Override
    public JsonObject answer(Request request) {
        return answer(request, false);
    }

    @Override
    public JsonObject explain(Request request) {
        return answer(request, true);
    }

    /** For four seconds, so that the JIT compiler has seen each algorithm before a time is taken. */
    @Override
    public void warmUp() {
        long end = System.nanoTime() + WARM_UP_NANOS;
        List<Request> requests = Stream.of(RoomVersions.V1, RoomVersions.V11, RoomVersions.V12)
                .map(WarmUp::request)
                .toList();
        do {
            requests.forEach(this::answer);
        } while (System.nanoTime() < end);
    }

    private static JsonObject answer(Request request, boolean explained) {
        request.requireOnly("room_version", "events", "state_sets", "trusted_ids");
        RoomVersion version = request.roomVersion();
        Map<EventId, Pdu> events = events(request, version);
        StateSets sets = StateSets.read(request.array("state_sets"), events);

        CpuClock clock = CpuClock.started();
        RoomAuthGraph graph = graph(version, CitationOrder.of(events.values()));
        List<StateMap> states = sets.tries(graph);
        JsonNumber buildCpuMs = clock.lap();
        StateMap state = StateResolution.resolve(version, states, graph);
        JsonNumber cpuMs = clock.lap();

        JsonObject.Builder answer = JsonObject.builder();
        if (explained) {
            Explanation.of(StateResolution.resolveExplained(version, states, graph))
                    .putInto(answer);
        }
        return answer.put("state", ids(state))
                .put("build_cpu_ms", buildCpuMs)
                .put("cpu_ms", cpuMs)
                .build();
    }

    private static Map<EventId, Pdu> events(Request request, RoomVersion version) {
        Events reader = new Events(version, request.flag("trusted_ids"));
        JsonObject listed = request.object("events");
        Map<EventId, Pdu> events = new HashMap<>(2 * listed.size());
        listed.forEach((name, value) -> {
            EventId id = Request.eventId("events", name);
            events.put(id, reader.read(id, value));
        });
        return events;
    }

    private static RoomAuthGraph graph(RoomVersion version, List<Pdu> inOrder) {
        RoomAuthGraph graph = RoomAuthGraph.of(version);
        inOrder.forEach(event -> graph.add(event, false));
        return graph;
    }

    private static JsonArray ids(StateMap state) {
        List<String> ids = new ArrayList<>(state.size());
        state.forEach((slot, id) -> ids.add(id.value()));
        return JsonArray.ofStrings(ids);
    }
}
