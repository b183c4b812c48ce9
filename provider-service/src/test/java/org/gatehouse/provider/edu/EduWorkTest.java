package org.gatehouse.provider.edu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.TestCluster;
import org.gatehouse.provider.TestRoom;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.provider.appservice.Namespace;
import org.gatehouse.provider.delivery.InMemoryDelivery;
import org.gatehouse.provider.hosteduser.HostedUser;
import org.gatehouse.provider.hosteduser.HostedUsers;
import org.gatehouse.provider.push.PushFixture;
import org.gatehouse.runtime.log.SourceRecord;
import org.junit.jupiter.api.Test;

/** What of edu-received an application service is told. */
class EduWorkTest {

    private static final ServerName PEER = new ServerName("peer.example");
    private static final ServerName HOSTED = new ServerName("one.example");
    private static final UserId ANN = new UserId("@ann:peer.example");
    private static final UserId EVE = new UserId("@eve:peer.example");
    private static final UserId GHOST = new UserId("@_irc_ghost:one.example");
    private static final EventId FIRST = new EventId("$lXy9pnyUIhGUm0S3nGdUZYcNCfZbBqFUJ4zA6bWyxDE");
    private static final EventId SECOND = new EventId("$Cmp6BOcTzQ-3ZyoZxS0b4tLJ_jGiqCWl42IxcqmvyQk");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final RecordCodec<ReceivedEdu> CODEC = RecordCodec.of(ReceivedEdu.class);
    private static final AppService IRC = new AppService(
            "irc",
            Optional.of(URI.create("http://127.0.0.1:1")),
            new AppService.Secret("as"),
            new AppService.Secret("hs"),
            new UserId("@ircbot:one.example"),
            HOSTED,
            true,
            List.of(
                    new Namespace(true, Pattern.compile("@_irc_.*:one\\.example")),
                    new Namespace(false, Pattern.compile("@watched:peer\\.example"))),
            List.of(),
            List.of());

    private final InMemoryDelivery delivery = new InMemoryDelivery(4, new AppServices(List.of(IRC)));
    private final TestRoom room = new TestRoom("!room:one.example");
    private final PushFixture push = new PushFixture();
    private final Map<SeenMessages.Key, EduPlace> seen = new HashMap<>();
    private final Set<UserId> hosted = new TreeSet<>(Set.of(GHOST));
    private final Map<UserId, List<String>> devices = new HashMap<>();
    private final List<SourceRecord> bad = new ArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private long offset;

    EduWorkTest() {
        delivery.deliver(room.membership(GHOST, GHOST, "join"));
        delivery.deliver(room.membership(ANN, ANN, "join"));
        delivery.deliver(room.membership(EVE, EVE, "leave"));
    }

    @Test
    void tellsWhoTypesInARoomOfAUserOfTheService() throws InterruptedException {
        received(typing(ANN, true));

        work();

        assertThat(ephemeral(0)).containsExactly(typingEvent(ANN));
        assertThat(push.pushes.get(0).txnId()).isEqualTo("10-e4-0-0");
    }

    @Test
    void tellsTheRoomsLastStateOfTyping() throws InterruptedException {
        UserId bob = new UserId("@bob:peer.example");
        delivery.deliver(room.membership(bob, bob, "join"));
        received(typing(ANN, true));
        received(typing(bob, true));
        received(typing(ANN, false));

        work();

        assertThat(ephemeral(0)).containsExactly(typingEvent(bob));
    }

    @Test
    void doesNotBelieveWhoIsNotInTheRoom() throws InterruptedException {
        received(typing(EVE, true));
        received(typing(new UserId("@nobody:peer.example"), true));
        received(receipts(new ReceivedEdu.Read(EVE, FIRST, 1, Optional.empty())));

        assertThat(work()).isEqualTo(3);

        assertThat(push.pushes).isEmpty();
    }

    @Test
    void doesNotTellOfRoomsThatTheServiceDoesNotFollow() throws InterruptedException {
        delivery.deliver(room.membership(GHOST, GHOST, "leave"));
        received(typing(ANN, true));

        work();

        assertThat(push.pushes).isEmpty();
    }

    @Test
    void doesNotTellOfTypingLongAgo() throws InterruptedException {
        received(typing(ANN, true), Duration.ofSeconds(61));

        work();

        assertThat(push.pushes).isEmpty();
    }

    @Test
    void tellsTheNewestReceiptOfEachThread() throws InterruptedException {
        received(receipts(
                new ReceivedEdu.Read(ANN, FIRST, 1, Optional.empty()),
                new ReceivedEdu.Read(ANN, SECOND, 2, Optional.of("main"))));
        received(receipts(new ReceivedEdu.Read(ANN, SECOND, 3, Optional.empty())));

        work();

        assertThat(ephemeral(0))
                .extracting(Object::toString)
                .containsExactly(receiptEvent("{\"ts\":3}"), receiptEvent("{\"thread_id\":\"main\",\"ts\":2}"));
    }

    @Test
    void tellsThePresenceOfUsersInItsNamespaces() throws InterruptedException {
        UserId watched = new UserId("@watched:peer.example");
        received(presence(ANN));
        received(presence(watched));

        work();

        assertThat(ephemeral(0)).singleElement().satisfies(event -> {
            assertThat(event.string("type")).contains("m.presence");
            assertThat(event.string("sender")).contains(watched.value());
            assertThat(event.object("content").orElseThrow())
                    .hasToString("{\"currently_active\":true,\"last_active_ago\":5,\"presence\":\"online\"}");
        });
    }

    @Test
    void tellsAToDeviceMessageWithItsReceiver() throws InterruptedException {
        received(toDevice("m1", GHOST, "PHONE"));

        work();

        assertThat(toDevice(0))
                .extracting(Object::toString)
                .containsExactly(
                        "{\"content\":{\"body\":\"m1\"},\"sender\":\"@ann:peer.example\","
                                + "\"to_device_id\":\"PHONE\",\"to_user_id\":\"@_irc_ghost:one.example\",\"type\":\"m.dummy\"}");
    }

    @Test
    void tellsAllDevicesThatAreKnownOrElseWhatTheSenderSaid() throws InterruptedException {
        received(toDevice("m1", GHOST, "*"));
        work();
        devices.put(GHOST, List.of("PC", "PHONE"));
        received(toDevice("m2", GHOST, "*"));
        work();

        assertThat(receivers(0)).containsExactly("*");
        assertThat(receivers(1)).containsExactly("PC", "PHONE");
    }

    @Test
    void passesOverUsersThatDoNotExistOrAreNotOfTheService() throws InterruptedException {
        hosted.add(new UserId("@alice:one.example"));
        received(toDevice("m1", new UserId("@_irc_stranger:one.example"), "PHONE"));
        received(toDevice("m2", new UserId("@alice:one.example"), "PHONE"));

        work();

        assertThat(push.pushes).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void e09TellsARepeatedMessageOnce() throws InterruptedException {
        received(toDevice("m1", GHOST, "PHONE"));
        received(toDevice("m1", GHOST, "PHONE"));
        work();
        received(toDevice("m1", GHOST, "PHONE"));
        received(toDevice("m1", GHOST, "PC"));
        work();

        assertThat(receivers(0)).containsExactly("PHONE");
        assertThat(receivers(1)).containsExactly("PC");
    }

    @Test
    void tellsAMessageThatWasSeenByOneWhoDiedBeforeItStoredTheTransaction() throws InterruptedException {
        received(toDevice("m1", GHOST, "PHONE"));
        push.storeDown = true;
        EduWork dying = instance();
        assertThatThrownBy(() -> dying.push(IRC, 4, records)).isInstanceOf(InterruptedException.class);
        assertThat(seen).hasSize(1);
        push.storeDown = false;

        work();

        assertThat(receivers(0)).containsExactly("PHONE");
    }

    @Test
    void repeatsTheTransactionOfOneWhoDiedBeforeItWasTaken() throws InterruptedException {
        received(toDevice("m1", GHOST, "PHONE"));
        received(typing(ANN, true));
        push.unreachable = true;
        EduWork dying = instance();
        assertThatThrownBy(() -> dying.push(IRC, 4, records)).isInstanceOf(InterruptedException.class);
        push.unreachable = false;

        long next = instance().resume(IRC, 4, 0);

        assertThat(next).isEqualTo(2);
        assertThat(push.pushes).hasSize(2);
        assertThat(push.pushes.get(1)).isEqualTo(push.pushes.get(0));
        assertThat(instance().resume(IRC, 4, next)).isEqualTo(next);
    }

    @Test
    void putsABadRecordAsideAndGoesOn() throws InterruptedException {
        record("x".getBytes(StandardCharsets.UTF_8), Duration.ZERO);
        received(new ReceivedEdu.ToDevice(
                PEER, HOSTED, ANN, "m.dummy", "m1", GHOST, new PduBytes("[".getBytes(StandardCharsets.UTF_8))));
        received(toDevice("m2", GHOST, "PHONE"));

        work();

        assertThat(bad).extracting(SourceRecord::offset).containsExactly(0L, 1L);
        assertThat(receivers(0)).containsExactly("PHONE");
    }

    @Test
    void leavesDeviceListsToWhoeverReadsThem() throws InterruptedException {
        received(new ReceivedEdu.DeviceList(
                PEER, HOSTED, ANN, "PHONE", 1, List.of(), Optional.empty(), false, Optional.empty()));
        received(new ReceivedEdu.SigningKeys(PEER, HOSTED, ANN, Optional.empty(), Optional.empty()));

        assertThat(work()).isEqualTo(2);

        assertThat(push.pushes).isEmpty();
        assertThat(bad).isEmpty();
    }

    @Test
    void isForServicesThatWantIt() {
        assertThat(instance().isFor(IRC)).isTrue();
        AppService deaf = new AppService(
                "deaf",
                IRC.url(),
                IRC.asToken(),
                IRC.hsToken(),
                IRC.sender(),
                HOSTED,
                false,
                List.of(),
                List.of(),
                List.of());
        assertThat(instance().isFor(deaf)).isFalse();
    }

    /** Works what has come since the last time. */
    private long work() throws InterruptedException {
        long next = instance().push(IRC, 4, List.copyOf(records));
        records.clear();
        return next;
    }

    /** A worker without memory, over the same stores. */
    private EduWork instance() {
        RoomConcern rooms = new RoomConcern(delivery.memberships, delivery.states, PushFixture.concern(delivery));
        DeliverEdu deliver = new DeliverEdu(
                new DeliverEphemeral(rooms, new TypingUsers(), CLOCK),
                new DeliverToDevice(users(), user -> devices.getOrDefault(user, List.of()), this::firstPlace),
                (source, reason) -> bad.add(source),
                TestCluster.config());
        return new EduWork(deliver, push.send(), push.waitOut(), TestCluster.config());
    }

    private EduPlace firstPlace(SeenMessages.Key key, EduPlace place) {
        EduPlace before = seen.putIfAbsent(key, place);
        return before == null ? place : before;
    }

    private HostedUsers users() {
        return new HostedUsers() {
            @Override
            public boolean register(HostedUser user) {
                return hosted.add(user.userId());
            }

            @Override
            public Optional<HostedUser> find(UserId userId) {
                return hosted.contains(userId)
                        ? Optional.of(new HostedUser(userId, Optional.of("irc"), 0))
                        : Optional.empty();
            }
        };
    }

    private void received(ReceivedEdu edu) {
        received(edu, Duration.ZERO);
    }

    private void received(ReceivedEdu edu, Duration ago) {
        record(CODEC.encode(edu).value(), ago);
    }

    private void record(byte[] value, Duration ago) {
        records.add(new ConsumerRecord<>(
                "edu-received",
                4,
                offset++,
                CLOCK.millis() - ago.toMillis(),
                TimestampType.CREATE_TIME,
                0,
                value.length,
                "key",
                value,
                new RecordHeaders(),
                Optional.empty()));
    }

    private ReceivedEdu typing(UserId user, boolean typing) {
        return new ReceivedEdu.Typing(PEER, HOSTED, room.id(), user, typing);
    }

    private ReceivedEdu receipts(ReceivedEdu.Read... receipts) {
        return new ReceivedEdu.ReadReceipts(PEER, HOSTED, room.id(), List.of(receipts));
    }

    private static ReceivedEdu presence(UserId user) {
        return new ReceivedEdu.Presence(PEER, HOSTED, user, "online", 5, Optional.empty(), true);
    }

    private static ReceivedEdu toDevice(String messageId, UserId target, String device) {
        JsonObject messages = JsonObject.EMPTY.with(device, JsonObject.EMPTY.with("body", messageId));
        return new ReceivedEdu.ToDevice(
                PEER,
                HOSTED,
                ANN,
                "m.dummy",
                messageId,
                target,
                new PduBytes(messages.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private List<JsonObject> ephemeral(int push) {
        return objects(push, "ephemeral");
    }

    private List<JsonObject> toDevice(int push) {
        return objects(push, "de.sorunome.msc2409.to_device");
    }

    private List<String> receivers(int push) {
        return toDevice(push).stream()
                .map(message -> message.string("to_device_id").orElseThrow())
                .toList();
    }

    private List<JsonObject> objects(int number, String member) {
        JsonArray values = push.pushes.get(number).body().array(member).orElseThrow();
        return values.values().stream().map(JsonObject.class::cast).toList();
    }

    private JsonObject typingEvent(UserId... users) {
        JsonValue[] ids = new JsonValue[users.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = new JsonString(users[i].value());
        }
        return JsonObject.EMPTY
                .with("type", "m.typing")
                .with("room_id", room.id().value())
                .with("content", JsonObject.of("user_ids", JsonArray.of(ids)));
    }

    private String receiptEvent(String data) {
        return "{\"content\":{\"" + SECOND + "\":{\"m.read\":{\"@ann:peer.example\":" + data + "}}},\"room_id\":\""
                + room.id() + "\",\"type\":\"m.receipt\"}";
    }
}
