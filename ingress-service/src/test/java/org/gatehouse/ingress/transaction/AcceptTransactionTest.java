package org.gatehouse.ingress.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.ingress.admission.IntakeMeters;
import org.gatehouse.ingress.edu.EduFixture;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.runtime.log.LogUnavailable;
import org.junit.jupiter.api.Test;

class AcceptTransactionTest {

    private final Fixture fixture = new Fixture();
    private final Stored stored = new Stored();
    private final List<ReceivedRecord> log = new ArrayList<>();
    private int appendsUntilFailure = Integer.MAX_VALUE;

    private final EduFixture edus = new EduFixture(fixture.rooms());
    private final AcceptTransaction acceptTransaction = instance(fixture.loggedEvents);

    private AcceptTransaction instance(LoggedEvents loggedEvents) {
        return new AcceptTransaction(
                stored,
                fixture.checkPdus(loggedEvents),
                new LogPdus(this::append, loggedEvents),
                edus.instance(),
                new IntakeMeters(new SimpleMeterRegistry()));
    }

    private Uni<Void> append(ReceivedRecord message) {
        return Uni.createFrom().voidItem().invoke(() -> {
            if (appendsUntilFailure-- <= 0) {
                throw new LogUnavailable("no broker");
            }
            log.add(message);
        });
    }

    @Test
    void answersAnEmptyObjectForEachLoggedEvent() {
        Pdu first = fixture.message("one");
        Pdu second = fixture.message("two");

        String answer = accept(fixture.transaction(first, second));

        assertThat(answer).contains("\"" + first.eventId() + "\":{}").contains("\"" + second.eventId() + "\":{}");
        assertThat(log).extracting(ReceivedRecord::roomId).containsExactly(first.roomId(), second.roomId());
    }

    @Test
    void givesARepeatTheSameAnswerAndLogsNothing() {
        Transaction transaction = fixture.transaction(fixture.message("one"));
        String first = accept(transaction);

        String again = accept(transaction);

        assertThat(again).isEqualTo(first);
        assertThat(log).hasSize(1);
    }

    @Test
    void givesARepeatTheSameAnswerOnAnotherInstance() {
        Transaction transaction = fixture.transaction(fixture.message("one"));
        String first = accept(transaction);

        byte[] again = instance(new LoggedEvents()).accept(transaction).await().indefinitely();

        assertThat(new String(again, StandardCharsets.UTF_8)).isEqualTo(first);
        assertThat(log).hasSize(1);
    }

    @Test
    void answersNothingIfOneRecordIsNotAcknowledgedAndTheRepeatCompletesIt() {
        Transaction transaction = fixture.transaction(fixture.message("one"), fixture.message("two"));
        appendsUntilFailure = 1;

        assertThatThrownBy(() -> accept(transaction)).isInstanceOf(LogUnavailable.class);
        assertThat(stored.answers).isEmpty();
        appendsUntilFailure = Integer.MAX_VALUE;
        accept(transaction);

        assertThat(log).hasSize(2);
        assertThat(log).doesNotHaveDuplicates();
    }

    @Test
    void goesOnWithoutStoredAnswersIfTheStoreIsDown() {
        stored.down = true;

        accept(fixture.transaction(fixture.message("one")));

        assertThat(log).hasSize(1);
    }

    private String accept(Transaction transaction) {
        return new String(acceptTransaction.accept(transaction).await().indefinitely(), StandardCharsets.UTF_8);
    }

    private static final class Stored implements AnsweredTransactions {

        private final Map<Transaction.Key, byte[]> answers = new HashMap<>();
        private boolean down;

        @Override
        public Uni<Optional<byte[]>> find(Transaction.Key key) {
            return down
                    ? Uni.createFrom().failure(new IllegalStateException("down"))
                    : Uni.createFrom().item(() -> Optional.ofNullable(answers.get(key)));
        }

        @Override
        public Uni<Void> keep(Transaction.Key key, byte[] answer) {
            return down
                    ? Uni.createFrom().failure(new IllegalStateException("down"))
                    : Uni.createFrom().voidItem().invoke(() -> answers.put(key, answer));
        }
    }
}
