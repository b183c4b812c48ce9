package org.gatehouse.provider.edu;

import org.gatehouse.runtime.log.SourceRecord;

/** Records that cannot be worked. */
interface BadRecords {

    /** Returns when the record is safe; throws LogUnavailable if it is not. */
    void put(SourceRecord source, String reason);
}
