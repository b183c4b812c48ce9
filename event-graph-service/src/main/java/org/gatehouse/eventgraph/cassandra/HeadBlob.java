package org.gatehouse.eventgraph.cassandra;

import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.eventgraph.room.RoomHead;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;

/** A room's head as JSON. */
final class HeadBlob {

    private static final int VERSION = 1;

    private HeadBlob() {}

    static byte[] write(RoomHead head) {
        return CanonicalJson.write(JsonObject.builder()
                .put("version", VERSION)
                .put("generation", head.stamp().generation())
                .put("offset", head.stamp().offset())
                .put("last_ordinal", head.lastOrdinal())
                .put("min_depth", head.minDepth())
                .put("joins", JsonArray.ofStrings(head.joins()))
                .put("newest", JsonArray.ofStrings(Columns.texts(head.newest())))
                .put("waiting_since", head.waitingSince())
                .put("waiting_until", head.waitingUntil())
                .build());
    }

    static RoomHead read(byte[] blob) {
        JsonObject json = StrictJson.parseObject(blob);
        long version = number(json, "version");
        if (version != VERSION) {
            throw new IllegalStateException("a head of version " + version + ", this release reads " + VERSION);
        }
        return new RoomHead(
                HeadStamp.of((int) number(json, "generation"), number(json, "offset")),
                number(json, "last_ordinal"),
                number(json, "min_depth"),
                json.array("joins").orElse(JsonArray.EMPTY).strings(),
                json.array("newest").orElse(JsonArray.EMPTY).strings().stream()
                        .map(EventId::new)
                        .toList(),
                (int) number(json, "waiting_since"),
                (int) number(json, "waiting_until"));
    }

    private static long number(JsonObject json, String name) {
        return json.integer(name).orElseThrow(() -> new IllegalStateException("a head without " + name));
    }
}
