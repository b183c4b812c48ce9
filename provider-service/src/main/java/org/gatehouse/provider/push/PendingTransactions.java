package org.gatehouse.provider.push;

import java.util.Optional;

/** The newest transaction of each application service and partition. */
interface PendingTransactions {

    void put(String appService, int partition, PendingTransaction transaction);

    Optional<PendingTransaction> find(String appService, int partition);
}
