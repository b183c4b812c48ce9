package org.gatehouse.provider.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.runtime.http.MatrixError;
import org.jspecify.annotations.Nullable;

/** What of a filter is heeded: the limit of timelines. */
@ApplicationScoped
class SyncFilters {

    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;

    private final StoredFilters stored;

    SyncFilters(StoredFilters stored) {
        this.stored = stored;
    }

    /**
     * @param filter inline JSON, the ID of an uploaded filter, or nothing
     * @throws MatrixError 400 if it is neither
     */
    int timelineLimit(UserId userId, @Nullable String filter) {
        if (filter == null || filter.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        return timelineLimit(definition(userId, filter));
    }

    private JsonObject definition(UserId userId, String filter) {
        if (filter.startsWith("{")) {
            return StrictJson.parseObject(filter.getBytes(StandardCharsets.UTF_8));
        }
        return stored.find(userId, filter).orElseThrow(() -> MatrixError.invalidParam("There is no filter of that ID"));
    }

    private static int timelineLimit(JsonObject definition) {
        Optional<JsonObject> timeline = definition.object("room").flatMap(room -> room.object("timeline"));
        OptionalLong limit = timeline.isPresent() ? timeline.get().integer("limit") : OptionalLong.empty();
        return (int) Math.min(MAX_LIMIT, Math.max(0, limit.orElse(DEFAULT_LIMIT)));
    }
}
