package org.gatehouse.eventgraph.history;

import org.gatehouse.matrix.canonicaljson.StrictJson;

/** Depths, which events claim and nobody vouches for. */
final class Depths {

    private Depths() {}

    static long of(FoundEvent event) {
        return StrictJson.parseObject(event.pdu().canonical()).integer("depth").orElse(0);
    }
}
