package org.gatehouse.cluster;

/**
 * A record that could not be worked (topic quarantine).
 *
 * @param bytes the record's value as it was
 */
public record Quarantined(
        String service, String topic, int partition, long offset, String recordKey, String reason, PduBytes bytes)
        implements ClusterRecord {

    @Override
    public String key() {
        return topic;
    }
}
