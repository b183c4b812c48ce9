package org.gatehouse.eventgraph.admin;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.http.MatrixResponses;

/** GET /admin/v1/rooms/{roomId}/dag?from=&limit=, behind service-runtime's AdminFilter. */
@Singleton
class DagRoute {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1_000;

    private final ShowGraph showGraph;

    DagRoute(ShowGraph showGraph) {
        this.showGraph = showGraph;
    }

    void register(@Observes ManagementInterface management) {
        management.router().get("/admin/v1/rooms/:roomId/dag").blockingHandler(this::answer, false);
    }

    private void answer(RoutingContext context) {
        OptionalLong from = number(context, "from", 1);
        OptionalLong limit = number(context, "limit", DEFAULT_LIMIT);
        if (from.isEmpty() || limit.isEmpty()) {
            MatrixResponses.send(context, 400, "M_INVALID_PARAM", "from and limit have to be numbers");
            return;
        }
        Optional<JsonObject> graph = RoomId.tryParse(context.pathParam("roomId"))
                .flatMap(roomId -> showGraph.show(roomId, from.getAsLong(), (int) Math.min(limit.getAsLong(), MOST)));
        if (graph.isEmpty()) {
            MatrixResponses.send(context, 404, "M_NOT_FOUND", "Not found");
            return;
        }
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(CanonicalJson.write(graph.get())));
    }

    private static OptionalLong number(RoutingContext context, String name, long otherwise) {
        String text = context.request().getParam(name);
        if (text == null) {
            return OptionalLong.of(otherwise);
        }
        try {
            return OptionalLong.of(Math.max(0, Long.parseLong(text)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
