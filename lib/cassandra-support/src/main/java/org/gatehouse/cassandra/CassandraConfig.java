package org.gatehouse.cassandra;

import io.smallrye.config.ConfigMapping;

/** How a service reaches its keyspace. */
@ConfigMapping(prefix = CassandraNodes.PREFIX)
public interface CassandraConfig extends CassandraNodes {

    /** The service's keyspace, without the cluster's prefix; each service sets its own. */
    String keyspace();
}
