package org.gatehouse.provider.push;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.provider.delivery.ProviderConsumers;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jboss.logging.Logger;

/** Starts the feeds of each application service that has an address; a feed that breaks is started again. */
@ApplicationScoped
class FeedAppServices {

    private static final Logger LOG = Logger.getLogger(FeedAppServices.class);
    private static final int RECORDS_A_TRANSACTION = 100;
    private static final long RESTART_MILLIS = 2_000;

    private final AppServices appServices;
    private final ProviderConsumers consumers;
    private final List<FeedWork> works;
    private final ClusterConfig cluster;
    private final ExecutorService workers = Executors.newCachedThreadPool(FeedAppServices::daemon);
    private final List<ServiceFeed> feeds = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    FeedAppServices(
            AppServices appServices, ProviderConsumers consumers, @All List<FeedWork> works, ClusterConfig cluster) {
        this.appServices = appServices;
        this.consumers = consumers;
        this.works = works;
        this.cluster = cluster;
    }

    void start(@Observes StartupEvent event) {
        for (AppService service : appServices.all()) {
            if (service.url().isPresent()) {
                works.stream()
                        .filter(work -> work.isFor(service))
                        .forEach(work -> workers.execute(() -> feed(service, work)));
            }
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        feeds.forEach(ServiceFeed::stop);
        workers.shutdownNow();
    }

    @SuppressWarnings("CatchingUnchecked")
    private void feed(AppService service, FeedWork work) {
        while (!stopped) {
            try {
                ServiceFeed feed = open(service, work);
                feeds.add(feed);
                feed.run();
                feeds.remove(feed);
            } catch (RuntimeException e) {
                LOG.warnf("the feed begins again: appService=%s reason=%s", service.id(), e);
                pause();
            }
        }
    }

    private ServiceFeed open(AppService service, FeedWork work) {
        String group = cluster.topicPrefix() + "provider-app-service-" + service.id() + work.groupSuffix();
        return new ServiceFeed(
                service,
                consumers.inGroup(group, RECORDS_A_TRANSACTION),
                work.topic().name(cluster.topicPrefix()),
                work,
                workers);
    }

    private static void pause() {
        try {
            Thread.sleep(RESTART_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "app-service-feed");
        thread.setDaemon(true);
        return thread;
    }
}
