package org.gatehouse.ingress.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.ingress.admission.IntakeMeters;
import org.gatehouse.ingress.edu.EduFixture;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.log.LogUnavailable;
import org.junit.jupiter.api.Test;

/** Transactions that come again, at the same time, half done, or with others; the names of the tests begin with a row. */
class RepeatedTransactionTest {

    private static final String BOB = "@bob:" + Fixture.HOSTED;

    private final Fixture fixture = new Fixture();
    private final EduFixture edus = new EduFixture(fixture.rooms());
    private final Stored stored = new Stored();
    private final List<ReceivedRecord> log = Collections.synchronizedList(new ArrayList<>());
    private CompletableFuture<Void> broker = CompletableFuture.completedFuture(null);
    private int appendsUntilFailure = Integer.MAX_VALUE;

    /** One instance of the service: it shares the store and the log with the others, and remembers nothing of theirs. */
    private AcceptTransaction instance() {
        LoggedEvents loggedEvents = new LoggedEvents();
        return new AcceptTransaction(
                stored,
                fixture.checkPdus(loggedEvents),
                new LogPdus(this::append, loggedEvents),
                edus.instance(),
                new IntakeMeters(new SimpleMeterRegistry()));
    }

    private Uni<Void> append(ReceivedRecord message) {
        return Uni.createFrom().completionStage(() -> broker).invoke(() -> {
            if (appendsUntilFailure-- <= 0) {
                throw new LogUnavailable("no broker");
            }
            log.add(message);
        });
    }

    @Test
    void t01AReplayGetsTheSameAnswerAndNothingIsPublished() {
        Transaction transaction = transaction("txn", List.of(toDevice("m1")), fixture.message("one"));
        AcceptTransaction instance = instance();
        String first = accept(instance, transaction);

        String onTheSame = accept(instance, transaction);
        String onAnother = accept(instance(), transaction);

        assertThat(onTheSame).isEqualTo(first);
        assertThat(onAnother).isEqualTo(first);
        assertThat(log).hasSize(1);
        assertThat(edus.log).hasSize(1);
    }

    @Test
    void t02TwoInstancesAtTheSameTimeAnswerAlike() {
        Transaction transaction =
                transaction("txn", List.of(toDevice("m1")), fixture.message("one"), fixture.message("two"));
        broker = new CompletableFuture<>();
        UniAssertSubscriber<byte[]> first = subscribe(instance(), transaction);
        UniAssertSubscriber<byte[]> second = subscribe(instance(), transaction);

        broker.complete(null);

        assertThat(text(second.awaitItem().getItem()))
                .isEqualTo(text(first.awaitItem().getItem()));
        assertThat(distinctEvents()).hasSize(2);
        assertThat(new LinkedHashSet<>(log))
                .as("a repeated record is the same record")
                .hasSize(2);
    }

    @Test
    void t04TheSameIdFromTwoServersIsTwoTransactions() {
        Pdu message = fixture.message("one");
        AcceptTransaction instance = instance();
        accept(instance, transaction("txn", List.of(), fixture.message("two")));

        String answer = accept(
                instance,
                new Transaction(
                        new ServerName("other.example"), Fixture.HOSTED, "txn", List.of(message.json()), List.of()));

        assertThat(answer).isEqualTo("{\"pdus\":{\"" + message.eventId() + "\":{}}}");
        assertThat(log).hasSize(2);
    }

    @Test
    void t05DifferentTransactionsOfOneServerRunSideBySide() {
        broker = new CompletableFuture<>();
        AcceptTransaction instance = instance();
        UniAssertSubscriber<byte[]> first = subscribe(instance, transaction("a", List.of(), fixture.message("one")));
        UniAssertSubscriber<byte[]> second = subscribe(instance, transaction("b", List.of(), fixture.message("two")));

        broker.complete(null);

        first.awaitItem();
        second.awaitItem();
        assertThat(distinctEvents()).hasSize(2);
    }

    @Test
    void t07AnEmptyTransactionIsAnswered() {
        assertThat(accept(instance(), transaction("txn", List.of()))).isEqualTo("{\"pdus\":{}}");
    }

    @Test
    void t09AHundredImpatientRepeatsAreOneTransaction() {
        Transaction transaction = transaction("txn", List.of(toDevice("m1")), fixture.message("one"));
        broker = new CompletableFuture<>();
        AcceptTransaction instance = instance();
        List<UniAssertSubscriber<byte[]>> repeats = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            UniAssertSubscriber<byte[]> repeat = subscribe(instance, transaction);
            repeats.add(repeat);
            if (i % 2 == 0) {
                repeat.cancel();
            }
        }

        broker.complete(null);

        repeats.get(99).awaitItem();
        assertThat(log).hasSize(1);
        assertThat(edus.log).hasSize(1);
    }

    @Test
    void t10ARepeatAfterADeathBetweenAcknowledgementAndAnswerChangesNothing() {
        Transaction transaction = transaction("txn", List.of(toDevice("m1")), fixture.message("one"));
        stored.down = true;
        String lost = accept(instance(), transaction);
        stored.down = false;

        String again = accept(instance(), transaction);

        assertThat(again).isEqualTo(lost);
        assertThat(new LinkedHashSet<>(log)).as("the same record again").hasSize(1);
        assertThat(new LinkedHashSet<>(edus.log)).as("the same message again").hasSize(1);
    }

    @Test
    void t11TheRepeatCompletesWhatWasPublishedInPart() {
        Pdu[] fifty = fifty();
        Transaction transaction = transaction("txn", List.of(), fifty);
        AcceptTransaction instance = instance();
        appendsUntilFailure = 25;
        assertThatThrownBy(() -> accept(instance, transaction)).isInstanceOf(LogUnavailable.class);
        assertThat(stored.answers).isEmpty();
        appendsUntilFailure = Integer.MAX_VALUE;

        accept(instance, transaction);

        assertThat(log).extracting(RepeatedTransactionTest::eventId).containsExactly(ids(fifty));
    }

    @Test
    void t11TheRepeatOnAnotherInstanceLosesNothingAndKeepsTheOrder() {
        Pdu[] fifty = fifty();
        Transaction transaction = transaction("txn", List.of(), fifty);
        appendsUntilFailure = 25;
        AcceptTransaction dying = instance();
        assertThatThrownBy(() -> accept(dying, transaction)).isInstanceOf(LogUnavailable.class);
        appendsUntilFailure = Integer.MAX_VALUE;

        accept(instance(), transaction);

        assertThat(distinctEvents()).containsExactly(ids(fifty));
    }

    @Test
    void t11AMessageThatWasNotAcknowledgedHoldsTheAnswerBack() {
        Transaction transaction = transaction("txn", List.of(toDevice("m1"), toDevice("m2")), fixture.message("one"));
        AcceptTransaction instance = instance();
        edus.refused = edu -> true;
        assertThatThrownBy(() -> accept(instance, transaction)).isInstanceOf(LogUnavailable.class);
        assertThat(stored.answers).isEmpty();
        edus.refused = edu -> false;

        accept(instance, transaction);

        assertThat(log).hasSize(1);
        assertThat(edus.log).hasSize(2);
    }

    @Test
    void t12NothingIsAnsweredWithoutKafka() {
        appendsUntilFailure = 0;

        assertThatThrownBy(() -> accept(instance(), transaction("txn", List.of(), fixture.message("one"))))
                .isInstanceOf(LogUnavailable.class);
        assertThat(stored.answers).isEmpty();
    }

    @Test
    void t12MessagesDoNotWaitForPdusThatKafkaDoesNotTake() {
        broker = new CompletableFuture<>();
        UniAssertSubscriber<byte[]> waiting =
                subscribe(instance(), transaction("txn", List.of(toDevice("m1")), fixture.message("one")));

        edus.awaitRecords(1);
        broker.completeExceptionally(new LogUnavailable("no broker"));

        waiting.awaitFailure().assertFailedWith(LogUnavailable.class);
        assertThat(stored.answers).isEmpty();
    }

    @Test
    void takesFiftyPdusAndAHundredEdusWhole() {
        List<JsonValue> hundred = new ArrayList<>(Collections.nCopies(95, JsonObject.EMPTY));
        for (int i = 0; i < 5; i++) {
            hundred.add(toDevice("m" + i));
        }

        accept(instance(), transaction("txn", hundred, fifty()));

        assertThat(log).hasSize(50);
        assertThat(edus.log).hasSize(5);
    }

    @Test
    void aRefusalForItsToDeviceMessagesDoesNothingOfTheTransaction() {
        List<JsonValue> flood = new ArrayList<>();
        for (int i = 0; i <= EduFixture.MESSAGES_PER_TRANSACTION; i++) {
            flood.add(toDevice("m" + i));
        }

        assertThatThrownBy(() -> accept(instance(), transaction("txn", flood, fixture.message("one"))))
                .isInstanceOf(MatrixError.class);
        assertThat(log).isEmpty();
        assertThat(edus.log).isEmpty();
        assertThat(stored.answers).isEmpty();
    }

    private Pdu[] fifty() {
        Pdu[] fifty = new Pdu[50];
        for (int i = 0; i < fifty.length; i++) {
            fifty[i] = fixture.message("message " + i);
        }
        return fifty;
    }

    private Transaction transaction(String txnId, List<JsonValue> withEdus, Pdu... pdus) {
        List<JsonValue> json = new ArrayList<>();
        for (Pdu pdu : pdus) {
            json.add(pdu.json());
        }
        return new Transaction(fixture.peer.name(), Fixture.HOSTED, txnId, json, withEdus);
    }

    private JsonObject toDevice(String messageId) {
        JsonObject messages =
                JsonObject.EMPTY.with(BOB, JsonObject.EMPTY.with("PHONE", JsonObject.EMPTY.with("body", messageId)));
        JsonObject content = JsonObject.EMPTY
                .with("sender", fixture.peer.user("ann").toString())
                .with("type", "m.room.encrypted")
                .with("message_id", messageId)
                .with("messages", messages);
        return JsonObject.EMPTY.with("edu_type", "m.direct_to_device").with("content", content);
    }

    private LinkedHashSet<EventId> distinctEvents() {
        LinkedHashSet<EventId> events = new LinkedHashSet<>();
        log.forEach(message -> events.add(eventId(message)));
        return events;
    }

    private static EventId eventId(ReceivedRecord message) {
        return ((ReceivedRecord.Pushed) message).eventId();
    }

    private static EventId[] ids(Pdu[] pdus) {
        EventId[] ids = new EventId[pdus.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = pdus[i].eventId();
        }
        return ids;
    }

    private static UniAssertSubscriber<byte[]> subscribe(AcceptTransaction instance, Transaction transaction) {
        return instance.accept(transaction).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static String accept(AcceptTransaction instance, Transaction transaction) {
        return text(instance.accept(transaction).await().indefinitely());
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8);
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
