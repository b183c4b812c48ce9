package org.gatehouse.keys.ownkey;

import com.datastax.oss.driver.api.core.CqlSession;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The tables of private keys: those of servers, and those of policy servers. */
@Singleton
class CassandraKeyTables {

    private final CqlSession session;
    private final Clock clock;

    CassandraKeyTables(CqlSession session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    SigningKeys ofServers() {
        return CassandraSigningKeys.ofServers(session, clock);
    }

    SigningKeys ofPolicyServers() {
        return CassandraSigningKeys.ofPolicyServers(session, clock);
    }
}
