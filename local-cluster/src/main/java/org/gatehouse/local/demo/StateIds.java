package org.gatehouse.local.demo;

import java.util.SortedSet;
import java.util.TreeSet;
import org.gatehouse.local.ClusterProblem;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.FederationPeer;

/** What a server answers to {@code GET /_matrix/federation/v1/state_ids}. */
record StateIds(SortedSet<String> state, SortedSet<String> authChain) {

    static StateIds ask(FederationPeer asking, ServerName server, RoomId room, EventId at) {
        String target = "/_matrix/federation/v1/state_ids/" + FederationPeer.encode(room.toString()) + "?event_id="
                + FederationPeer.encode(at.toString());
        FederationPeer.Answer answer = asking.get(server, target);
        if (answer.status() != 200) {
            throw new ClusterProblem(
                    "%s answers %d to state_ids: %s".formatted(server, answer.status(), answer.body()));
        }
        return new StateIds(ids(answer.object(), "pdu_ids"), ids(answer.object(), "auth_chain_ids"));
    }

    String difference(StateIds other) {
        SortedSet<String> here = new TreeSet<>(state);
        here.removeAll(other.state);
        SortedSet<String> there = new TreeSet<>(other.state);
        there.removeAll(state);
        return "only here " + here + ", only there " + there + ", auth chains " + authChain.size() + " and "
                + other.authChain.size();
    }

    private static SortedSet<String> ids(JsonObject answer, String name) {
        return new TreeSet<>(answer.array(name).map(JsonArray::strings).orElseThrow());
    }
}
