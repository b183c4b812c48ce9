package org.gatehouse.provider.push;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.gatehouse.cluster.Topics;
import org.gatehouse.provider.appservice.AppService;

/** What is done with a topic for the application services that follow it, partition by partition on worker threads. */
public interface FeedWork {

    /** The topic that is followed. */
    Topics topic();

    /** What the names of the consumer groups end in, after the service's ID. */
    String groupSuffix();

    /** Whether that service follows the topic. */
    boolean isFor(AppService service);

    /**
     * Ends what was under way when the partition changed hands.
     *
     * @param position the first offset that is not committed
     * @return where to read on
     */
    long resume(AppService service, int partition, long position) throws InterruptedException;

    /**
     * Works records of a partition.
     *
     * @param records not empty, in order
     * @return where to read on
     */
    long push(AppService service, int partition, List<ConsumerRecord<String, byte[]>> records)
            throws InterruptedException;
}
