package org.gatehouse.ingress.serverlist;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.start.StartRefused;
import org.jspecify.annotations.Nullable;

/** Both lists, as their files say now. Who is on the deny list is refused though the allow list has it. */
@Singleton
class ServerLists {

    private final Optional<ListFile> allow;
    private final Optional<ListFile> deny;
    private final Duration lookEvery;
    private @Nullable ScheduledExecutorService looking;

    ServerLists(ServerListsConfig config) {
        try {
            this.allow = config.allowFile().map(path -> new ListFile(path, false));
            this.deny = config.denyFile().map(path -> new ListFile(path, true));
        } catch (BrokenServerList broken) {
            throw new StartRefused("list of servers: " + broken.getMessage());
        }
        this.lookEvery = config.lookEvery();
    }

    /** Why the server may ask nothing here; empty if it may. */
    Optional<Denial> denialOf(ServerName server) {
        Optional<Denial> denied = deny.flatMap(file -> file.list().match(server))
                .map(pattern -> new Denial("deny-list", "the deny list has " + pattern));
        return denied.or(() -> allow.filter(file -> file.list().match(server).isEmpty())
                .map(file -> new Denial("allow-list", "the allow list does not have it")));
    }

    void start(@Observes StartupEvent event) {
        if (allow.isEmpty() && deny.isEmpty()) {
            return;
        }
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(ServerLists::daemon);
        long millis = lookEvery.toMillis();
        executor.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        looking = executor;
    }

    void stop(@Observes ShutdownEvent event) {
        if (looking != null) {
            looking.shutdownNow();
        }
    }

    /** Looks at both files once. */
    void look() {
        Stream.concat(allow.stream(), deny.stream()).forEach(ListFile::look);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "server-lists");
        thread.setDaemon(true);
        return thread;
    }
}
