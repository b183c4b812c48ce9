package org.gatehouse.provider.push;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.gatehouse.provider.appservice.AppService;
import org.jboss.logging.Logger;

/** Waits out failures of what is around: a task is tried until it succeeds. */
@ApplicationScoped
public class WaitOut {

    private static final Logger LOG = Logger.getLogger(WaitOut.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Pause pause;

    WaitOut(Pause pause) {
        this.pause = pause;
    }

    /** What the task says when it succeeds at last. */
    @SuppressWarnings("CatchingUnchecked")
    public long failuresOf(AppService service, Callable<Long> task) throws InterruptedException {
        while (true) {
            try {
                return task.call();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                LOG.warnf("the feed is held up, will try again: appService=%s reason=%s", service.id(), e);
                pause.sleep(RETRY);
            }
        }
    }
}
