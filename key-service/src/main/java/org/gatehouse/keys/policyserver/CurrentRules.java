package org.gatehouse.keys.policyserver;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The rules, as their file says now. */
@Singleton
class CurrentRules {

    private final Optional<RulesFile> file;
    private final Duration lookEvery;
    private @Nullable ScheduledExecutorService looking;

    CurrentRules(PolicyServerConfig config) {
        this.file = config.rulesFile().filter(path -> config.enabled()).map(RulesFile::new);
        this.lookEvery = config.lookEvery();
    }

    PolicyRules get() {
        return file.map(RulesFile::rules).orElse(PolicyRules.NONE);
    }

    void start(@Observes StartupEvent event) {
        if (file.isEmpty()) {
            return;
        }
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(CurrentRules::daemon);
        long millis = lookEvery.toMillis();
        executor.scheduleWithFixedDelay(() -> file.ifPresent(RulesFile::look), millis, millis, TimeUnit.MILLISECONDS);
        looking = executor;
    }

    void stop(@Observes ShutdownEvent event) {
        if (looking != null) {
            looking.shutdownNow();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "policy-rules");
        thread.setDaemon(true);
        return thread;
    }
}
