package org.gatehouse.cassandra;

/** The schema in Cassandra and the schema files of this release contradict each other. */
public final class SchemaMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SchemaMismatch(String message) {
        super(message);
    }
}
