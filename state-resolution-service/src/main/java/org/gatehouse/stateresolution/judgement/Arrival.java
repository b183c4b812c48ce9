package org.gatehouse.stateresolution.judgement;

import java.util.List;
import java.util.function.Supplier;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ConnectedRecord;

/**
 * A record of pdu-connected, to be worked.
 *
 * @param seed reads the state that comes with the record, if any does
 */
public record Arrival(long offset, ConnectedRecord record, Supplier<List<BulkRecord>> seed) {}
