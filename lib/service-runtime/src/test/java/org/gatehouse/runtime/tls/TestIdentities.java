package org.gatehouse.runtime.tls;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives the application under test the identity of key-service. */
public final class TestIdentities implements QuarkusTestResourceLifecycleManager {

    private TestCa ca;

    @Override
    public Map<String, String> start() {
        ca = new TestCa();
        TestCa.Pem key = ca.issue("spiffe://gatehouse/key");
        return Map.of(
                "quarkus.tls.internal.key-store.pem.0.cert", key.certificate().toString(),
                "quarkus.tls.internal.key-store.pem.0.key", key.key().toString(),
                "quarkus.tls.internal.trust-store.pem.certs", ca.caFile().toString());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(ca, new TestInjector.MatchesType(TestCa.class));
    }

    @Override
    public void stop() {}
}
