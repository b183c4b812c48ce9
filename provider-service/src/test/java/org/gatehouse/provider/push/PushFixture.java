package org.gatehouse.provider.push;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.cluster.Topics;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.delivery.InMemoryDelivery;

/** What is pushed to application services, and the transactions on their way, in memory. Nobody waits: who has to, dies. */
public final class PushFixture {

    public final List<Push> pushes = new ArrayList<>();

    /** Whether the application service is not reached. */
    public boolean unreachable;

    /** Whether transactions cannot be stored. */
    public boolean storeDown;

    private final Map<String, byte[]> rows = new HashMap<>();
    private final Pause pause = duration -> {
        throw new InterruptedException("killed while it waited");
    };

    /** One transaction as it came to the service. */
    public record Push(String txnId, JsonObject body) {}

    /** Whom what concerns, over the tables of delivery. */
    public static Concern concern(InMemoryDelivery delivery) {
        return new Concern(delivery.interests, delivery.states, delivery.timelines);
    }

    /** A sender without memory, over the same store. */
    public SendTransactions send() {
        return new SendTransactions(new Pending(), this::push, pause);
    }

    public WaitOut waitOut() {
        return new WaitOut(pause);
    }

    private boolean push(AppService service, String txnId, byte[] body) {
        pushes.add(new Push(txnId, StrictJson.parseObject(body)));
        return !unreachable;
    }

    private final class Pending implements PendingTransactions {
        @Override
        public void put(Topics topic, String appService, int partition, PendingTransaction transaction) {
            if (storeDown) {
                throw new IllegalStateException("no store");
            }
            rows.put(topic + " " + appService + " " + partition, transaction.encode());
        }

        @Override
        public Optional<PendingTransaction> find(Topics topic, String appService, int partition) {
            return Optional.ofNullable(rows.get(topic + " " + appService + " " + partition))
                    .map(PendingTransaction::decode);
        }
    }
}
