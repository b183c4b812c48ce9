package org.gatehouse.ingress.edu;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many to-device messages are taken; a message is what one device is told once. */
@ConfigMapping(prefix = "gatehouse.ingress.to-device")
public interface ToDeviceConfig {

    /** The most messages of one transaction. */
    @WithDefault("10000")
    long messagesPerTransaction();

    /** The most bytes of one transaction's messages. */
    @WithDefault("8388608")
    long bytesPerTransaction();

    /** The most messages that one server may send in a minute, to each instance; at least those of a transaction. */
    @WithDefault("60000")
    long messagesPerMinute();

    /** The most bytes of messages that one server may send in a minute, to each instance. */
    @WithDefault("67108864")
    long bytesPerMinute();
}
