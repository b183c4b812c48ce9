package org.gatehouse.eventgraph.cassandra;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.eventgraph.room.EventFacts;
import org.gatehouse.eventgraph.room.PolicyWord;
import org.gatehouse.eventgraph.room.WaitingRow.KeptBytes;
import org.gatehouse.eventgraph.room.WaitingRow.Wait;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;

/** How an event waits, as JSON text; its wish and its bytes have columns of their own. */
final class WaitText {

    private WaitText() {}

    static String write(Wait wait) {
        EventFacts facts = wait.facts();
        JsonObject text = JsonObject.builder()
                .put("attempt", wait.attempt())
                .put("wish_id", wait.wishId())
                .put("source", wait.source().name())
                .put("origin", wait.origin().value())
                .put("room_version", facts.roomVersion())
                .put("parents", JsonArray.ofStrings(Columns.texts(facts.parents())))
                .put("auth_events", JsonArray.ofStrings(Columns.texts(facts.authEvents())))
                .put("depth", facts.depth())
                .put("bytes_week", wait.bytes().week())
                .put("bytes_generation", wait.bytes().cause().generation())
                .put("bytes_offset", wait.bytes().cause().offset())
                .build();
        return wait.policy()
                .map(word -> text.with("policy", write(word)))
                .orElse(text)
                .toString();
    }

    private static JsonObject write(PolicyWord word) {
        JsonObject json = JsonObject.builder()
                .put("via", word.server().via().value())
                .put("ed25519", word.server().ed25519())
                .put("awaited", word.awaited())
                .build();
        return word.signature()
                .map(signature ->
                        json.with("signed_by", signature.via().value()).with("signature", signature.text()))
                .orElse(json);
    }

    private static PolicyWord policyWord(JsonObject json) {
        return new PolicyWord(
                new PolicyServer(new ServerName(string(json, "via")), string(json, "ed25519")),
                json.bool("awaited").orElse(false),
                json.string("signature")
                        .map(text -> new PolicyWord.Signature(new ServerName(string(json, "signed_by")), text)));
    }

    static Wait read(EventId eventId, String text, Optional<FetchWish> wish) {
        JsonObject json = StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        HeadStamp bytesCause = HeadStamp.of((int) number(json, "bytes_generation"), number(json, "bytes_offset"));
        return new Wait(
                (int) number(json, "attempt"),
                string(json, "wish_id"),
                wish,
                Source.valueOf(string(json, "source")),
                new ServerName(string(json, "origin")),
                new EventFacts(
                        eventId,
                        string(json, "room_version"),
                        ids(json, "parents"),
                        ids(json, "auth_events"),
                        number(json, "depth")),
                new KeptBytes((int) number(json, "bytes_week"), bytesCause, eventId),
                Optional.empty(),
                json.object("policy").map(WaitText::policyWord));
    }

    private static List<EventId> ids(JsonObject json, String name) {
        return json.array(name).orElse(JsonArray.EMPTY).strings().stream()
                .map(EventId::new)
                .toList();
    }

    private static String string(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new IllegalStateException("a waiting event without " + name));
    }

    private static long number(JsonObject json, String name) {
        return json.integer(name).orElseThrow(() -> new IllegalStateException("a waiting event without " + name));
    }
}
