package org.gatehouse.integration;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Stops the shared clusters after the last test of the run. A shutdown hook alone would not do: the test runner ends its
 * JVM after half a minute, whatever its hooks still have to do.
 */
public final class StopClusters implements BeforeAllCallback {

    private static final AtomicReference<Runnable> STOP = new AtomicReference<>(() -> {});

    static void afterTheLastTest(Runnable stop) {
        STOP.set(stop);
    }

    static void now() {
        STOP.getAndSet(() -> {}).run();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(StopClusters.class, key ->
                (AutoCloseable) StopClusters::now);
    }
}
