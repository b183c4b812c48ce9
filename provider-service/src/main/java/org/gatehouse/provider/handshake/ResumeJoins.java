package org.gatehouse.provider.handshake;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.provider.authoring.RoomLog;
import org.gatehouse.provider.door.ProviderConfig;
import org.jboss.logging.Logger;

/**
 * Gives an outcome to joins whose driver died or heard nothing: if the join event is in the graph, JoinDone was logged;
 * if it is not there after the time that a join may take, the attempt has failed. Runs at the start, then every minute.
 */
@ApplicationScoped
class ResumeJoins {

    private static final Logger LOG = Logger.getLogger(ResumeJoins.class);
    private static final long PERIOD_SECONDS = 60;
    private static final long FIRST_SECONDS = 5;

    private final JoinAttempts attempts;
    private final KnownEvents known;
    private final RoomLog log;
    private final Clock clock;
    private final Duration limit;
    private final ScheduledExecutorService timer;

    ResumeJoins(JoinAttempts attempts, KnownEvents known, RoomLog log, Clock clock, ProviderConfig config) {
        this.attempts = attempts;
        this.known = known;
        this.log = log;
        this.clock = clock;
        this.limit = config.joinTimeout();
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "resume-joins");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start(@Observes StartupEvent event) {
        var unused = timer.scheduleWithFixedDelay(this::tryAll, FIRST_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    @SuppressWarnings("CatchingUnchecked")
    private void tryAll() {
        try {
            resumeAll();
        } catch (RuntimeException e) {
            LOG.warnf("open joins could not be looked at, will try again: %s", e.getMessage());
        }
    }

    void resumeAll() {
        long latest = clock.millis() - limit.toMillis();
        for (JoinAttempt attempt : attempts.open()) {
            if (attempt.begunMs() <= latest) {
                resume(attempt);
            }
        }
    }

    private void resume(JoinAttempt attempt) {
        if (known.isConnected(attempt.eventId())) {
            attempts.finish(attempt, JoinAttempt.Outcome.DONE);
            return;
        }
        log.append(new ReceivedRecord.JoinFailed(
                attempt.roomId(), attempt.attemptId(), "no outcome within " + limit.toSeconds() + " s"));
        attempts.finish(attempt, JoinAttempt.Outcome.FAILED);
        LOG.infof(
                "a join without an outcome has failed: roomId=%s attemptId=%s", attempt.roomId(), attempt.attemptId());
    }
}
