package org.gatehouse.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.config.InternalAddresses;

/** A cluster of two names. */
public final class TestCluster {

    private TestCluster() {}

    public static ClusterConfig config() {
        return new ClusterConfig(
                "provider",
                "test",
                List.of(new ServerName("one.example"), new ServerName("two.example")),
                "",
                "",
                10,
                new InternalAddresses(Map.<String, URI>of()));
    }
}
