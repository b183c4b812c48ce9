package org.gatehouse.eventgraph.cassandra;

import java.nio.charset.StandardCharsets;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.ConnectedRecord.Seed;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;

/** A seed as JSON text. */
final class SeedText {

    private SeedText() {}

    static String write(Seed seed) {
        BulkRange range = seed.state();
        return JsonObject.builder()
                .put("join", seed.join())
                .put("bulk_id", range.bulkId())
                .put("partition", range.partition())
                .put("first_offset", range.firstOffset())
                .put("last_offset", range.lastOffset())
                .put("count", range.count())
                .build()
                .toString();
    }

    static Seed read(String text) {
        JsonObject json = StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        return new Seed(
                json.bool("join").orElseThrow(),
                new BulkRange(
                        json.string("bulk_id").orElseThrow(),
                        (int) json.integer("partition").orElseThrow(),
                        json.integer("first_offset").orElseThrow(),
                        json.integer("last_offset").orElseThrow(),
                        (int) json.integer("count").orElseThrow()));
    }
}
