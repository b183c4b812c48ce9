package org.gatehouse.cassandra;

/** Cassandra, or the service's keyspace, was not there when the service started. */
public final class CassandraUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CassandraUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
