package org.gatehouse.provider.sync;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.UserId;

/** Filters that clients uploaded. */
interface StoredFilters {

    void put(UserId userId, String filterId, JsonObject definition);

    Optional<JsonObject> find(UserId userId, String filterId);
}
