package org.gatehouse.egress.delivery;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Hears which shards are this instance's. */
@ApplicationScoped
@Identifier("outbound-rebalance")
public class OutboundRebalance implements KafkaConsumerRebalanceListener {

    private final OutboundConsumer outbound;

    OutboundRebalance(OutboundConsumer outbound) {
        this.outbound = outbound;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> outbound.takeOver(partition.partition()));
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> outbound.giveAway(partition.partition()));
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> outbound.giveAway(partition.partition()));
    }
}
