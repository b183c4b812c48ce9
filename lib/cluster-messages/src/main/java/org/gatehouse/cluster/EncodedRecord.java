package org.gatehouse.cluster;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A record as Kafka carries it.
 *
 * @param value version byte, length and bytes of the JSON head, count of PDUs, then each PDU with its length; all
 *     numbers are big-endian ints
 * @param headers for people and tools that look at a topic; no reader decides by them
 */
public record EncodedRecord(byte[] value, List<Header> headers) {

    /** One Kafka header with a text value. */
    public record Header(String name, String text) {
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    public EncodedRecord {
        headers = List.copyOf(headers);
    }
}
