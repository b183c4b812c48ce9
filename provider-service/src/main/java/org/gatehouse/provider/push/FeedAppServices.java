package org.gatehouse.provider.push;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.gatehouse.cluster.Topics;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.provider.delivery.ProviderConsumers;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jboss.logging.Logger;

/** Starts a feed for each application service that has an address; a feed that breaks is started again. */
@ApplicationScoped
class FeedAppServices {

    private static final Logger LOG = Logger.getLogger(FeedAppServices.class);
    private static final int RECORDS_A_TRANSACTION = 100;
    private static final long RESTART_MILLIS = 2_000;

    private final AppServices appServices;
    private final ProviderConsumers consumers;
    private final PartitionWork work;
    private final ClusterConfig cluster;
    private final ExecutorService workers = Executors.newCachedThreadPool(FeedAppServices::daemon);
    private final List<ServiceFeed> feeds = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    FeedAppServices(AppServices appServices, ProviderConsumers consumers, PartitionWork work, ClusterConfig cluster) {
        this.appServices = appServices;
        this.consumers = consumers;
        this.work = work;
        this.cluster = cluster;
    }

    void start(@Observes StartupEvent event) {
        for (AppService service : appServices.all()) {
            if (service.url().isPresent()) {
                workers.execute(() -> feed(service));
            }
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        feeds.forEach(ServiceFeed::stop);
        workers.shutdownNow();
    }

    @SuppressWarnings("CatchingUnchecked")
    private void feed(AppService service) {
        while (!stopped) {
            try {
                ServiceFeed feed = open(service);
                feeds.add(feed);
                feed.run();
                feeds.remove(feed);
            } catch (RuntimeException e) {
                LOG.warnf("the feed begins again: appService=%s reason=%s", service.id(), e);
                pause();
            }
        }
    }

    private ServiceFeed open(AppService service) {
        String group = cluster.topicPrefix() + "provider-app-service-" + service.id();
        return new ServiceFeed(
                service,
                consumers.inGroup(group, RECORDS_A_TRANSACTION),
                Topics.PDU_JUDGED.name(cluster.topicPrefix()),
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
