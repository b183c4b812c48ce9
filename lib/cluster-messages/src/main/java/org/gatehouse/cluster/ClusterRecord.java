package org.gatehouse.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/** Any record of any topic. */
public interface ClusterRecord {

    /** The record's key: what orders it. */
    @JsonIgnore
    String key();

    /** Headers for people and tools; readers decide by the record itself. */
    @JsonIgnore
    default List<EncodedRecord.Header> headers() {
        return List.of();
    }
}
