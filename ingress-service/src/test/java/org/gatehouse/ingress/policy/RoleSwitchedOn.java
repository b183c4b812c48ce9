package org.gatehouse.ingress.policy;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Hosted names are policy servers. */
public final class RoleSwitchedOn implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("gatehouse.policy-server.enabled", "true");
    }

    @Override
    public void stop() {}
}
