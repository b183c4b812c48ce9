package org.gatehouse.cluster;

/**
 * A run of records of pdu-bulk that belong together. Other rooms' records may lie between them: a reader keeps those
 * whose {@link BulkRecord#bulkId()} matches.
 *
 * @param bulkId names the run
 * @param firstOffset offset of its first record
 * @param lastOffset offset of its last record
 * @param count number of its records
 */
public record BulkRange(String bulkId, int partition, long firstOffset, long lastOffset, int count) {}
