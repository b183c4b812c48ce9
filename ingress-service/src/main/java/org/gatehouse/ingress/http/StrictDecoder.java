package org.gatehouse.ingress.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Netty's decoder, which drops a Content-Length that stands beside a Transfer-Encoding and goes on: RFC 9112 section
 * 6.1 allows to refuse such a request, and we do. Reaches into Vert.x for want of another way to see both headers.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {

    private StrictDecoder(HttpServerOptions options) {
        super(options);
    }

    /** To be called before the connection's first byte is read. */
    static void install(HttpConnection connection, HttpServerOptions options) {
        ChannelHandlerContext context = ((ConnectionBase) connection).channelHandlerContext();
        ChannelPipeline pipeline = context.pipeline();
        pipeline.replace(HttpRequestDecoder.class, "httpDecoder", new StrictDecoder(options));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
