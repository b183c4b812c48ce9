package org.gatehouse.ingress.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much patience the federation door has with a connection. */
@ConfigMapping(prefix = "gatehouse.door")
public interface DoorConfig {

    /** How long a new connection may take for its TLS handshake, and then for the head of its first request. */
    @WithDefault("10s")
    Duration headDeadline();

    /** How long a connection may be without a request, and how long a peer may take to read an answer. */
    @WithDefault("75s")
    Duration keepAlive();

    /** How long the body of a request may take. */
    @WithDefault("60s")
    Duration bodyDeadline();

    /** How many bytes of a body have to come in a second, on the whole, once it has taken longer than the grace. */
    @WithDefault("1K")
    MemorySize bodyRate();

    /** How long a body is not yet asked for its rate. */
    @WithDefault("10s")
    Duration bodyGrace();

    /** How many headers a request may have. */
    @WithDefault("100")
    int mostHeaders();

    /** How many connections an instance has at most. */
    @WithDefault("20000")
    int connections();

    /** How many of them one address has at most (of IPv6, one /64 network); trusted proxies have no limit. */
    @WithDefault("256")
    int connectionsPerAddress();

    /** How many bytes of answers may wait for their readers; beyond it the largest that wait longer than the grace are cut off. */
    @WithDefault("64M")
    MemorySize unreadAnswers();
}
