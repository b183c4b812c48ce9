package org.gatehouse.provider.push;

import java.util.Optional;
import org.gatehouse.cluster.Topics;

/** The newest transaction of each application service, topic and partition. */
interface PendingTransactions {

    void put(Topics topic, String appService, int partition, PendingTransaction transaction);

    Optional<PendingTransaction> find(Topics topic, String appService, int partition);
}
