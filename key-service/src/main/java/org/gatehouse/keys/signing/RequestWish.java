package org.gatehouse.keys.signing;

import java.util.Optional;
import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.SignedRequest;
import org.gatehouse.runtime.http.MatrixError;

/** Reads the wish to sign a request. Only requests of the server-server API are signed. */
final class RequestWish {

    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE");

    private RequestWish() {}

    static SignedRequest read(JsonObject wish) {
        String method = text(wish, "method");
        String uri = text(wish, "uri");
        if (!METHODS.contains(method)) {
            throw MatrixError.invalidParam("method");
        }
        if (!uri.startsWith("/_matrix/") || uri.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw MatrixError.invalidParam("uri");
        }
        if (wish.get("content").flatMap(content -> content.defect()).isPresent()) {
            throw MatrixError.badJson("content");
        }
        return new SignedRequest(method, uri, server(wish, "origin"), server(wish, "destination"), wish.get("content"));
    }

    private static ServerName server(JsonObject wish, String field) {
        return Optional.of(text(wish, field))
                .flatMap(ServerName::tryParse)
                .orElseThrow(() -> MatrixError.invalidParam(field));
    }

    private static String text(JsonObject wish, String field) {
        return wish.string(field).orElseThrow(() -> MatrixError.missingParam(field));
    }
}
