package org.gatehouse.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.gatehouse.matrix.identifier.RoomId;

/** What the graph wants from other servers (topic fetch-wanted). A record without a kind, as older ones are, fetches. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = FetchWish.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = FetchWish.class, name = "fetch"),
    @JsonSubTypes.Type(value = PolicyWish.class, name = "policy")
})
public sealed interface GraphWish extends ClusterRecord permits FetchWish, PolicyWish {

    RoomId roomId();

    @Override
    default String key() {
        return roomId().toString();
    }
}
