package org.gatehouse.runtime.log;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.gatehouse.cluster.EncodedRecord;
import org.gatehouse.cluster.Topics;

/**
 * A record to be published.
 *
 * @param partition if empty, the key decides
 */
public record Outgoing(Topics topic, OptionalInt partition, String key, EncodedRecord message) {

    public static Outgoing of(Topics topic, String key, EncodedRecord message) {
        return new Outgoing(topic, OptionalInt.empty(), key, message);
    }

    public static Outgoing of(Topics topic, int partition, String key, EncodedRecord message) {
        return new Outgoing(topic, OptionalInt.of(partition), key, message);
    }

    byte[] keyBytes() {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
