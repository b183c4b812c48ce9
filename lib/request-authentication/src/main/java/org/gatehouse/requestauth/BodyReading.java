package org.gatehouse.requestauth;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.gatehouse.runtime.http.MatrixError;

/** Reads the bytes of a body, no more than a limit, and no more than the budget of all bodies allows. */
final class BodyReading {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final long limit;

    BodyReading(long limit) {
        this.limit = limit;
    }

    /** Fails with 413 M_TOO_LARGE beyond the limit, with 503 beyond the budget, and if the peer goes away. */
    Uni<byte[]> read(HttpServerRequest request, BodyBudget.Share share) {
        return Uni.createFrom().emitter(emitter -> listen(request, share, emitter));
    }

    private void listen(HttpServerRequest request, BodyBudget.Share share, UniEmitter<? super byte[]> emitter) {
        if (request.isEnded()) {
            emitter.complete(new byte[0]);
            return;
        }
        Buffer body = Buffer.buffer();
        request.exceptionHandler(gone -> emitter.fail(new MatrixError(400, "M_UNKNOWN", "The body ended too early")));
        request.endHandler(end -> emitter.complete(body.getBytes()));
        request.handler(part -> {
            if (body.length() + part.length() > limit) {
                request.handler(null);
                emitter.fail(MatrixError.tooLarge("Request body too large"));
            } else if (!share.take(part.length())) {
                request.handler(null);
                emitter.fail(MatrixError.unavailable("Too many requests under way", SOON));
            } else {
                body.appendBuffer(part);
            }
        });
        request.resume();
    }
}
