package org.gatehouse.runtime.start;

import java.util.ArrayList;
import java.util.List;

/** Where Kafka and Cassandra are must be addresses. */
public final class StoresCondition implements StartCondition {

    @Override
    public List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>(settings.wantAddresses("kafka.bootstrap.servers"));
        problems.addAll(settings.wantAddresses("gatehouse.cassandra.contact-points"));
        problems.addAll(settings.wantCertificates("gatehouse.cassandra.ca-file"));
        return problems;
    }
}
