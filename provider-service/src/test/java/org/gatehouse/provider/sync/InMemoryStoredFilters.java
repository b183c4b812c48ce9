package org.gatehouse.provider.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.UserId;

@ApplicationScoped
class InMemoryStoredFilters implements StoredFilters {

    private final Map<String, JsonObject> rows = new ConcurrentHashMap<>();

    @Override
    public void put(UserId userId, String filterId, JsonObject definition) {
        rows.put(userId + filterId, definition);
    }

    @Override
    public Optional<JsonObject> find(UserId userId, String filterId) {
        return Optional.ofNullable(rows.get(userId + filterId));
    }
}
