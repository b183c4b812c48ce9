package org.gatehouse.requestauth;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.gatehouse.runtime.http.MatrixError;

/** Reads the bytes of a body, no more than a limit. */
final class BodyReading {

    private final long limit;

    BodyReading(long limit) {
        this.limit = limit;
    }

    /** Fails with 413 M_TOO_LARGE beyond the limit, and if the peer goes away. */
    Uni<byte[]> read(HttpServerRequest request) {
        return Uni.createFrom().emitter(emitter -> listen(request, emitter));
    }

    private void listen(HttpServerRequest request, UniEmitter<? super byte[]> emitter) {
        if (request.isEnded()) {
            emitter.complete(new byte[0]);
            return;
        }
        Buffer body = Buffer.buffer();
        request.exceptionHandler(emitter::fail);
        request.endHandler(end -> emitter.complete(body.getBytes()));
        request.handler(part -> {
            if (body.length() + part.length() > limit) {
                request.handler(null);
                emitter.fail(MatrixError.tooLarge("Request body too large"));
            } else {
                body.appendBuffer(part);
            }
        });
        request.resume();
    }
}
