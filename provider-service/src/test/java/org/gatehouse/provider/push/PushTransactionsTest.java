package org.gatehouse.provider.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.JudgedRecord.Judged;
import org.gatehouse.cluster.Topics;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.TestCluster;
import org.gatehouse.provider.TestRoom;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.provider.appservice.Backends;
import org.gatehouse.provider.appservice.Namespace;
import org.gatehouse.provider.delivery.InMemoryDelivery;
import org.junit.jupiter.api.Test;

/** A transaction stays the same until the service has it. */
class PushTransactionsTest {

    private static final UserId ALICE = TestRoom.ALICE;
    private static final UserId GHOST = new UserId("@_irc_ghost:one.example");
    private static final AppService IRC = new AppService(
            "irc",
            Optional.of(URI.create("http://127.0.0.1:1")),
            new AppService.Secret("as"),
            new AppService.Secret("hs"),
            new UserId("@ircbot:one.example"),
            new ServerName("one.example"),
            false,
            List.of(new Namespace(true, Pattern.compile("@_irc_.*:one\\.example"))),
            List.of(),
            List.of());

    private final InMemoryDelivery delivery = new InMemoryDelivery(4, new AppServices(List.of(IRC)));
    private final TestRoom room = new TestRoom("!room:one.example");
    private final Backend backend = new Backend();
    private final Pending pending = new Pending();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<PushTransactions.Feed> feed = new ArrayList<>();

    @Test
    void pushesTheEventsOfARoomWithAUserOfTheService() throws InterruptedException {
        Judged before = verdict(room.message(ALICE, "before"));
        Judged join = verdict(room.membership(GHOST, GHOST, "join"));
        Judged during = verdict(room.message(ALICE, "during"));
        Judged leave = verdict(room.membership(ALICE, GHOST, "leave"));
        Judged after = verdict(room.message(ALICE, "after"));

        long next = pusher().push(IRC, 4, feed);

        assertThat(next).isEqualTo(5);
        assertThat(backend.txnIds).containsExactly("10-4-0-4");
        assertThat(backend.bodies.get(0))
                .contains(
                        join.eventId().value(),
                        during.eventId().value(),
                        leave.eventId().value())
                .doesNotContain(before.eventId().value(), after.eventId().value());
    }

    @Test
    void sendsNothingThatConcernsNobody() throws InterruptedException {
        verdict(room.message(ALICE, "alone"));

        assertThat(pusher().push(IRC, 4, feed)).isEqualTo(1);
        assertThat(backend.txnIds).isEmpty();
        assertThat(pending.rows).isEmpty();
    }

    @Test
    void repeatsTheSameTransactionWithLongerPauses() throws InterruptedException {
        verdict(room.membership(GHOST, GHOST, "join"));
        backend.refusals = 8;

        pusher().push(IRC, 4, feed);

        assertThat(backend.txnIds).hasSize(9).containsOnly("10-4-0-0");
        assertThat(backend.bodies).hasSize(9);
        assertThat(backend.bodies.stream().distinct()).hasSize(1);
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void lastsBeyondTheOneWhoSendsIt() throws InterruptedException {
        verdict(room.membership(GHOST, GHOST, "join"));
        verdict(room.message(ALICE, "hello"));
        backend.refusals = 1;
        PushTransactions dying = pusher(duration -> {
            throw new InterruptedException("killed");
        });
        assertThatThrownBy(() -> dying.push(IRC, 4, feed)).isInstanceOf(InterruptedException.class);
        // The user leaves in between: a successor that asked again would find another answer.
        delivery.deliver(room.membership(GHOST, GHOST, "leave"));

        long next = pusher().resume(IRC, 4, 0);

        assertThat(next).isEqualTo(2);
        assertThat(backend.txnIds).containsExactly("10-4-0-1", "10-4-0-1");
        assertThat(backend.bodies.get(1)).isEqualTo(backend.bodies.get(0));
    }

    @Test
    void doesNotSendAgainWhatWasTaken() throws InterruptedException {
        verdict(room.membership(GHOST, GHOST, "join"));
        long next = pusher().push(IRC, 4, feed);

        assertThat(pusher().resume(IRC, 4, next)).isEqualTo(next);
        assertThat(backend.txnIds).hasSize(1);
    }

    @Test
    void showsAnEventOnceThoughTheJudgeRepeatsItself() throws InterruptedException {
        Judged join = verdict(room.membership(GHOST, GHOST, "join"));
        verdict(join);

        pusher().push(IRC, 4, feed);

        assertThat(backend.bodies.get(0).split(Pattern.quote(join.eventId().value()), -1))
                .hasSize(2);
    }

    private <V extends JudgedRecord> V verdict(V verdict) {
        feed.add(new PushTransactions.Feed(delivery.deliver(verdict), verdict));
        return verdict;
    }

    private PushTransactions pusher() {
        return pusher(pauses::add);
    }

    private PushTransactions pusher(Pause pause) {
        Concern concern = new Concern(delivery.interests, delivery.states, delivery.timelines);
        return new PushTransactions(concern, new SendTransactions(pending, backend, pause), TestCluster.config());
    }

    private static final class Backend implements Backends {
        private final List<String> txnIds = new ArrayList<>();
        private final List<String> bodies = new ArrayList<>();
        private int refusals;

        @Override
        public boolean push(AppService service, String txnId, byte[] body) {
            txnIds.add(txnId);
            bodies.add(new String(body, StandardCharsets.UTF_8));
            return refusals-- <= 0;
        }
    }

    private static final class Pending implements PendingTransactions {
        private final Map<String, byte[]> rows = new HashMap<>();

        @Override
        public void put(Topics topic, String appService, int partition, PendingTransaction transaction) {
            rows.put(topic + appService + partition, transaction.encode());
        }

        @Override
        public Optional<PendingTransaction> find(Topics topic, String appService, int partition) {
            return Optional.ofNullable(rows.get(topic + appService + partition)).map(PendingTransaction::decode);
        }
    }
}
