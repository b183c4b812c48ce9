package org.gatehouse.local;

import java.util.List;

/** The environment variables that stand for flags of {@code gatehouse}; no service may take them for its own. */
public final class LauncherVariables {
    public static final List<String> ALL = List.of(
            "GATEHOUSE_CLUSTER",
            "GATEHOUSE_SERVER_NAME",
            "GATEHOUSE_BIND",
            "GATEHOUSE_FEDERATION_PORT",
            "GATEHOUSE_CLIENT_PORT",
            "GATEHOUSE_TLS_CERT",
            "GATEHOUSE_TLS_KEY",
            "GATEHOUSE_CA",
            "GATEHOUSE_APP_SERVICE",
            "GATEHOUSE_DATA",
            "GATEHOUSE_ALLOW_PRIVATE_NETWORKS");

    private LauncherVariables() {}
}
