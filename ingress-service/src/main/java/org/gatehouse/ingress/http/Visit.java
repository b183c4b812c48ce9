package org.gatehouse.ingress.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * One connection, looked at from time to time on its own event loop.
 *
 * <pre>
 *   waiting for a head --arrived--> under way --answered, body read--> waiting for a head
 *        |                           |     \--answered, body not read--> lingering
 *        | too long                  | body too slow                       | too long
 *        +---------------------------+-------------- closed ---------------+
 * </pre>
 */
final class Visit {

    /** What a look at the connection found. */
    enum Finding {
        FINE,
        SILENT,
        BODY_TOO_SLOW,
        BODY_LEFT_OVER
    }

    private final HttpConnection connection;
    private final DoorLimits limits;
    private long waitingSince;
    private boolean served;
    private boolean refused;
    private @Nullable HttpServerRequest current;
    private boolean hasBody;
    private long arrivedAt;
    private long answeredAt;
    private long unreadSince;

    Visit(HttpConnection connection, DoorLimits limits, long now) {
        this.connection = connection;
        this.limits = limits;
        this.waitingSince = now;
    }

    HttpConnection connection() {
        return connection;
    }

    @Nullable
    HttpServerRequest current() {
        return current;
    }

    /** A request was refused: what comes after it on the connection is not looked at. */
    void refused() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    /** The head of a request is there; whatever came before it on the connection has been answered. */
    void arrived(HttpServerRequest request, long now) {
        current = request;
        hasBody = HeadRules.announcesBody(request);
        arrivedAt = now;
        answeredAt = 0;
        served = true;
    }

    /** How many bytes of answers lie here until the peer reads them. */
    long unread() {
        ChannelOutboundBuffer waiting = channel().unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    /** Whether there has been something to read at each look for longer than the grace. */
    boolean readsSlowly(long now) {
        return unreadSince != 0 && now - unreadSince > limits.bodyGrace().toMillis();
    }

    /** Closes it with what is unread; {@link HttpConnection#close} would wait until the peer has read it. */
    void cutOff() {
        Channel.Unsafe channel = channel().unsafe();
        channel.close(channel.voidPromise());
    }

    private Channel channel() {
        return ((ConnectionBase) connection).channelHandlerContext().channel();
    }

    /** Times are in milliseconds of any one clock. */
    Finding look(long now) {
        if (unread() == 0) {
            unreadSince = 0;
        } else if (unreadSince == 0) {
            unreadSince = now;
        }
        HttpServerRequest request = current;
        if (request == null) {
            long patience = (served ? limits.keepAlive() : limits.headDeadline()).toMillis();
            return now - waitingSince > patience ? Finding.SILENT : Finding.FINE;
        }
        boolean bodyIsRead = !hasBody || request.isEnded();
        if (!request.response().ended()) {
            return bodyIsRead ? Finding.FINE : pace(request, now - arrivedAt);
        }
        if (bodyIsRead) {
            current = null;
            waitingSince = now;
            return Finding.FINE;
        }
        return leftOver(request, now);
    }

    private Finding pace(HttpServerRequest request, long elapsed) {
        if (elapsed > limits.bodyDeadline().toMillis()) {
            return Finding.BODY_TOO_SLOW;
        }
        boolean slow = request.bytesRead() * 1_000 < limits.bytesPerSecond() * elapsed;
        return slow && elapsed > limits.bodyGrace().toMillis() ? Finding.BODY_TOO_SLOW : Finding.FINE;
    }

    private Finding leftOver(HttpServerRequest request, long now) {
        if (answeredAt == 0) {
            answeredAt = now;
            request.resume();
        }
        return now - answeredAt > limits.linger().toMillis() ? Finding.BODY_LEFT_OVER : Finding.FINE;
    }
}
