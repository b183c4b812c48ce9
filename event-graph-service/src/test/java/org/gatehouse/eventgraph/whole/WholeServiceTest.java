package org.gatehouse.eventgraph.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import jakarta.inject.Inject;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.ConnectedRecord.Connected;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.eventgraph.cassandra.CassandraEvents;
import org.gatehouse.eventgraph.cassandra.CassandraRoomHeads;
import org.gatehouse.eventgraph.cassandra.CassandraVerdicts;
import org.gatehouse.eventgraph.cassandra.CassandraWaitingEvents;
import org.gatehouse.eventgraph.connect.AnswerDuplicates;
import org.gatehouse.eventgraph.connect.BulkEvents;
import org.gatehouse.eventgraph.connect.ConnectEvents;
import org.gatehouse.eventgraph.connect.RepeatOutputs;
import org.gatehouse.eventgraph.connect.RoomGraphs;
import org.gatehouse.eventgraph.connect.StoreSeedOutliers;
import org.gatehouse.eventgraph.connect.StoreSteps;
import org.gatehouse.eventgraph.room.EventFacts;
import org.gatehouse.eventgraph.room.LogEntry;
import org.gatehouse.local.CertificateAuthority.IssuedCertificate;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@QuarkusTest
@QuarkusTestResource(RealBrokers.class)
class WholeServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ServerName PEER = new ServerName("peer.example");
    private static final String VERSION = "11";

    /** Not the application's: its meters would collide with those of another server. */
    private final Vertx vertx = Vertx.vertx();

    @Inject
    CassandraEvents events;

    @Inject
    CassandraWaitingEvents waitingEvents;

    @Inject
    CassandraRoomHeads heads;

    @Inject
    CassandraVerdicts verdicts;

    @ConfigProperty(name = RealBrokers.BOOTSTRAP)
    String bootstrap;

    @ConfigProperty(name = RealBrokers.CERTIFICATES)
    String certificates;

    @ConfigProperty(name = RealBrokers.JUDGE_PORT)
    int judgePort;

    @TestHTTPResource(value = "/", tls = true)
    URL door;

    @TestHTTPResource(value = "/", management = true)
    URL management;

    private KafkaProducer<String, byte[]> producer;
    private final Map<Topics, KafkaConsumer<String, byte[]>> consumers = new HashMap<>();
    private final Map<Topics, List<ConsumerRecord<String, byte[]>>> read = new HashMap<>();

    @BeforeEach
    void connect() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void disconnect() {
        producer.close();
        consumers.values().forEach(KafkaConsumer::close);
        vertx.close();
    }

    @Test
    void connectsStoresAndTellsInOrderAndRepeatsTheSame() throws Exception {
        // Given
        Map<RoomId, List<Event>> rooms = new HashMap<>();
        for (int room = 0; room < 3; room++) {
            RoomId roomId = new RoomId("!room" + room + ":peer.example");
            rooms.put(roomId, chain(roomId, 120));
        }

        // When
        Random random = new Random(1);
        rooms.values().forEach(chain -> {
            push(chain.get(0), Optional.empty());
            List<Event> rest = new ArrayList<>(chain.subList(1, chain.size()));
            for (int from = 0; from < rest.size(); from += 6) {
                Collections.shuffle(rest.subList(from, Math.min(from + 6, rest.size())), random);
            }
            rest.forEach(event -> push(event, Optional.empty()));
            push(rest.get(7), Optional.empty());
        });
        producer.flush();

        // Then
        List<Connected> connected = await(Topics.PDU_CONNECTED, ConnectedRecord.class, 360).stream()
                .map(Connected.class::cast)
                .toList();
        rooms.forEach((roomId, chain) -> {
            List<Connected> ofRoom = connected.stream()
                    .filter(event -> event.roomId().equals(roomId))
                    .toList();
            assertThat(ofRoom)
                    .extracting(Connected::eventId)
                    .isEqualTo(chain.stream().map(Event::id).toList());
            for (int i = 0; i < ofRoom.size(); i++) {
                assertThat(ofRoom.get(i).ordinal()).isEqualTo(i + 1);
                assertThat(ofRoom.get(i).pdu()).isEqualTo(chain.get(i).bytes());
            }
        });
        assertThat(await(Topics.FETCH_WANTED, FetchWish.class, 1)).isNotEmpty();
        replayGivesTheSame(rooms.keySet());
        assertThat(get("/q/metrics")).contains("gatehouse_graph_events_total{outcome=\"connected\"} 360.0");
    }

    /** Another owner that begins at offset 0 changes nothing, and would publish what was published. */
    private void replayGivesTheSame(Iterable<RoomId> rooms) {
        List<ClusterRecord> published = new ArrayList<>();
        AnswerDuplicates answers = new AnswerDuplicates(events, verdicts);
        BulkEvents noBulk = (range, chunks) -> {};
        ConnectEvents successor = new ConnectEvents(
                new RoomGraphs(heads, waitingEvents, events, HeadStamp.FIRST_GENERATION),
                new ConnectEvents.Lookups(events, new StoreSeedOutliers(noBulk, events), answers),
                new StoreSteps(events, waitingEvents, heads),
                new RepeatOutputs(events, waitingEvents, answers),
                published::addAll);
        List<ConsumerRecord<String, byte[]>> log = all(Topics.PDU_RECEIVED);
        RecordCodec<ReceivedRecord> codec = RecordCodec.of(ReceivedRecord.class);
        for (RoomId roomId : rooms) {
            published.clear();
            List<LogEntry> entries = log.stream()
                    .filter(record -> record.key().equals(roomId.value()))
                    .map(record -> entry(record, (ReceivedRecord.Pushed) codec.decode(record.value())))
                    .toList();
            var headBefore = heads.read(roomId);
            successor.work(roomId, entries);
            assertThat(heads.read(roomId)).isEqualTo(headBefore);
            assertThat(published.stream().filter(Connected.class::isInstance).toList())
                    .isEqualTo(ofRoom(Topics.PDU_CONNECTED, ConnectedRecord.class, roomId));
            assertThat(published.stream().filter(FetchWish.class::isInstance).toList())
                    .isEqualTo(ofRoom(Topics.FETCH_WANTED, FetchWish.class, roomId));
        }
    }

    private static LogEntry entry(ConsumerRecord<String, byte[]> record, ReceivedRecord.Pushed pushed) {
        return new LogEntry(
                pushed,
                HeadStamp.of(HeadStamp.FIRST_GENERATION, record.offset()),
                LogEntry.weekOf(record.timestamp()),
                Optional.of(EventFacts.read(pushed.roomId(), VERSION, pushed.eventId(), pushed.pdu())));
    }

    @Test
    void keepsVerdictsAndAnswersReadersByThem() throws Exception {
        // Given
        RoomId roomId = new RoomId("!read:peer.example");
        List<Event> chain = chain(roomId, 10);
        chain.forEach(event -> push(event, Optional.empty()));
        awaitInRoom(roomId, 10);
        for (int i = 0; i < chain.size(); i++) {
            Verdict verdict = i == 4 ? Verdict.REJECTED : i == 9 || i == 6 ? Verdict.SOFT_FAILED : Verdict.ACCEPTED;
            judge(chain.get(i), i + 1, verdict);
        }
        producer.flush();
        awaitVerdict(roomId, 10);
        HttpServer judge = judge(chain.get(2).id());
        try {
            // When, Then
            assertThat(events(chain.get(4).id(), new EventId("$unknown")))
                    .isEqualTo(List.of(chain.get(4).id()));
            JsonObject event = ask("ingress", "GET", "/internal/federation/event/" + encode(chain.get(0)), "", 200);
            assertThat(event.string("origin")).contains("ours.example");
            assertThat(event.array("pdus").orElseThrow().values())
                    .containsExactly(chain.get(0).json());
            ask("ingress", "GET", "/internal/federation/event/" + encode(chain.get(4)), "", 404);
            ask("provider", "GET", "/internal/federation/event/" + encode(chain.get(0)), "", 403);

            String backfill = "/internal/federation/backfill/" + encode(roomId.value());
            JsonObject history = ask("ingress", "GET", backfill + "?limit=100&v=" + encode(chain.get(9)), "", 200);
            assertThat(ids(history, "pdus"))
                    .as("newest first; 9 is soft-failed and cited by nothing, 6 is cited, 4 is rejected, 2 redacted")
                    .isEqualTo(ids(chain, 8, 7, 6, 5, 3, 2, 1, 0));
            assertThat(history.array("pdus")
                            .orElseThrow()
                            .values()
                            .get(5)
                            .asObject()
                            .orElseThrow()
                            .object("content")
                            .orElseThrow()
                            .has("body"))
                    .isFalse();
            ask("ingress", "GET", backfill + "?v=" + encode(chain.get(9)), "", 400);
            JsonObject unknown = ask("ingress", "GET", backfill + "?limit=5&v=$unknown", "", 404);
            JsonObject wrongRoom = ask(
                    "ingress",
                    "GET",
                    backfill + "?limit=5&v=" + encode(otherRoomsEvent().id().value()),
                    "",
                    404);
            assertThat(wrongRoom).isEqualTo(unknown);

            String body = JsonObject.of(
                            "latest_events",
                                    JsonArray.ofStrings(
                                            List.of(chain.get(8).id().value())),
                            "earliest_events",
                                    JsonArray.ofStrings(
                                            List.of(chain.get(1).id().value(), "$unknown")))
                    .toString();
            JsonObject missing = ask(
                    "ingress", "POST", "/internal/federation/get_missing_events/" + encode(roomId.value()), body, 200);
            assertThat(ids(missing, "events")).isEqualTo(ids(chain, 2, 3, 5, 6, 7));

            ReplyTo address = new ReplyTo(2, "again");
            push(chain.get(4), Optional.of(address));
            producer.flush();
            VerdictReply reply =
                    await(Topics.VERDICT_REPLIES, VerdictReply.class, 1).get(0);
            assertThat(reply.replyTo()).isEqualTo(address);
            assertThat(reply.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(reply.ordinal()).isEqualTo(5);
        } finally {
            judge.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void joinsWithTheStateThatComesInBulk() throws Exception {
        // Given
        RoomId roomId = new RoomId("!joined:peer.example");
        List<Event> chain = chain(roomId, 8);
        int partition = -1;
        long first = 0;
        long last = 0;
        for (Event event : chain.subList(0, 3)) {
            BulkRecord record = new BulkRecord(
                    "bulk", roomId, VERSION, BulkRecord.Role.STATE, event.id(), Optional.of(event.bytes()));
            RecordMetadata place = producer.send(new ProducerRecord<>(
                            Topics.PDU_BULK.name(""),
                            record.key(),
                            RecordCodec.of(BulkRecord.class).encode(record).value()))
                    .get();
            first = partition < 0 ? place.offset() : first;
            last = place.offset();
            partition = place.partition();
        }
        Event join = chain.get(6);
        BulkRange range = new BulkRange("bulk", partition, first, last, 3);

        // When
        log(new ReceivedRecord.JoinBegun(roomId, VERSION, "attempt", new UserId("@alice:ours.example")));
        push(chain.get(7), Optional.empty());
        log(new ReceivedRecord.JoinDone(
                roomId, VERSION, "attempt", join.id(), PEER, range, Optional.empty(), join.bytes()));
        producer.flush();

        // Then
        awaitInRoom(roomId, 3);
        List<ConnectedRecord> told = ofRoom(Topics.PDU_CONNECTED, ConnectedRecord.class, roomId);
        assertThat(told.get(0)).isInstanceOf(ConnectedRecord.JoinBegun.class);
        assertThat(((Connected) told.get(1)).eventId()).isEqualTo(join.id());
        assertThat(((Connected) told.get(1)).seed()).contains(new ConnectedRecord.Seed(true, range));
        assertThat(((Connected) told.get(2)).eventId()).isEqualTo(chain.get(7).id());
        assertThat(events(ids(chain, 0, 1, 2, 3, 6).toArray(EventId[]::new)))
                .containsExactlyInAnyOrderElementsOf(ids(chain, 0, 1, 2, 6));
        JsonObject dag = StrictJson.parseObject(
                get("/admin/v1/rooms/" + encode(roomId.value()) + "/dag").getBytes(StandardCharsets.UTF_8));
        assertThat(dag.integer("last_ordinal")).hasValue(2);
        assertThat(dag.array("events").orElseThrow().size()).isEqualTo(2);
    }

    @Test
    void putsWhatIsNoEventAside() throws Exception {
        // Given
        RoomId roomId = new RoomId("!poison:peer.example");
        List<Event> chain = chain(roomId, 3);
        int before = all(Topics.QUARANTINE).size();

        // When
        push(chain.get(0), Optional.empty());
        producer.send(new ProducerRecord<>(
                Topics.PDU_RECEIVED.name(""), roomId.value(), "nonsense".getBytes(StandardCharsets.UTF_8)));
        push(chain.get(1), Optional.empty());
        push(chain.get(2), Optional.empty());
        producer.flush();

        // Then
        awaitInRoom(roomId, 3);
        awaitRecords(Topics.QUARANTINE, before + 1);
        assertThat(get("/q/health/ready")).contains("\"status\": \"UP\"");
    }

    // The log's other ends.

    /** An event of a test room, with a true ID. */
    record Event(RoomId roomId, EventId id, JsonObject json) {
        PduBytes bytes() {
            return new PduBytes(CanonicalJson.write(json));
        }
    }

    private static List<Event> chain(RoomId roomId, int length) {
        List<Event> chain = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            chain.add(event(roomId, i, chain));
        }
        return chain;
    }

    private static Event event(RoomId roomId, int number, List<Event> before) {
        JsonObject.Builder json = JsonObject.builder()
                .put("room_id", roomId.value())
                .put("sender", "@bob:peer.example")
                .put("type", number == 0 ? "m.room.create" : "m.room.message")
                .put(
                        "content",
                        JsonObject.of(
                                "body", JsonObject.builder().put("n", number).build()))
                .put("depth", number + 1)
                .put("origin_server_ts", 1_700_000_000_000L + number)
                .put("prev_events", ids(before.isEmpty() ? List.of() : before.subList(number - 1, number)))
                .put("auth_events", ids(before.isEmpty() ? List.of() : before.subList(0, 1)));
        JsonObject event = json.build();
        return new Event(roomId, EventHashes.eventId(RoomVersions.require(VERSION), event), event);
    }

    private static JsonArray ids(List<Event> events) {
        return JsonArray.ofStrings(
                events.stream().map(event -> event.id().value()).toList());
    }

    private static List<EventId> ids(List<Event> chain, int... numbers) {
        List<EventId> ids = new ArrayList<>();
        for (int number : numbers) {
            ids.add(chain.get(number).id());
        }
        return ids;
    }

    private static List<EventId> ids(JsonObject answer, String name) {
        return answer.array(name).orElseThrow().values().stream()
                .map(json -> EventHashes.eventId(
                        RoomVersions.require(VERSION), json.asObject().orElseThrow()))
                .toList();
    }

    private Event otherRoomsEvent() throws Exception {
        RoomId other = new RoomId("!other:peer.example");
        Event event = chain(other, 1).get(0);
        push(event, Optional.empty());
        producer.flush();
        awaitInRoom(other, 1);
        judge(event, 1, Verdict.ACCEPTED);
        producer.flush();
        awaitVerdict(other, 1);
        return event;
    }

    private void push(Event event, Optional<ReplyTo> replyTo) {
        log(new ReceivedRecord.Pushed(
                event.roomId(), VERSION, event.id(), PEER, false, replyTo, Optional.empty(), event.bytes()));
    }

    private void log(ReceivedRecord message) {
        producer.send(new ProducerRecord<>(
                Topics.PDU_RECEIVED.name(""),
                message.key(),
                RecordCodec.of(ReceivedRecord.class).encode(message).value()));
    }

    private void judge(Event event, long ordinal, Verdict verdict) {
        JudgedRecord judged = new JudgedRecord.Judged(
                event.roomId(),
                VERSION,
                event.id(),
                ordinal,
                ConnectedRecord.Source.PUSHED,
                PEER,
                verdict,
                verdict == Verdict.ACCEPTED ? "" : "v11/1",
                "",
                ordinal,
                ordinal,
                List.of(),
                "shared",
                false,
                List.of(),
                false,
                ordinal,
                event.bytes());
        producer.send(new ProducerRecord<>(
                Topics.PDU_JUDGED.name(""),
                judged.key(),
                RecordCodec.of(JudgedRecord.class).encode(judged).value()));
    }

    private <T extends ClusterRecord> List<T> await(Topics topic, Class<T> family, int count) {
        return awaitRecords(topic, count).stream()
                .map(record -> RecordCodec.of(family).decode(record.value()))
                .toList();
    }

    private void awaitInRoom(RoomId roomId, int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ofRoom(Topics.PDU_CONNECTED, ConnectedRecord.class, roomId).size() < count) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            poll(Topics.PDU_CONNECTED);
        }
    }

    private void awaitVerdict(RoomId roomId, long ordinal) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (verdicts.find(roomId, List.of(ordinal)).isEmpty()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private <T extends ClusterRecord> List<T> ofRoom(Topics topic, Class<T> family, RoomId roomId) {
        return read.getOrDefault(topic, List.of()).stream()
                .filter(record -> record.key().equals(roomId.value()))
                .map(record -> RecordCodec.of(family).decode(record.value()))
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> awaitRecords(Topics topic, int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (read.getOrDefault(topic, List.of()).size() < count) {
            assertThat(System.nanoTime()).as(topic + " in time").isLessThan(deadline);
            poll(topic);
        }
        return read.get(topic);
    }

    private List<ConsumerRecord<String, byte[]>> all(Topics topic) {
        do {
            poll(topic);
        } while (poll(topic) > 0);
        return read.getOrDefault(topic, List.of());
    }

    private int poll(Topics topic) {
        KafkaConsumer<String, byte[]> consumer = consumers.computeIfAbsent(topic, this::reader);
        int count = 0;
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
            read.computeIfAbsent(topic, any -> new ArrayList<>()).add(record);
            count++;
        }
        return count;
    }

    private KafkaConsumer<String, byte[]> reader(Topics topic) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name("")).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    // HTTP, with the identities of other services.

    private List<EventId> events(EventId... eventIds) throws Exception {
        List<String> asked = List.of(eventIds).stream().map(EventId::value).toList();
        JsonObject body = JsonObject.of("event_ids", JsonArray.ofStrings(asked));
        JsonObject answer = ask("provider", "POST", "/internal/events", body.toString(), 200);
        return answer.object("events").orElseThrow().names().stream()
                .map(EventId::new)
                .toList();
    }

    private JsonObject ask(String caller, String method, String target, String body, int status) throws Exception {
        IssuedCertificate own = RealBrokers.certificate(Path.of(certificates), caller);
        HttpClientOptions options = new HttpClientOptions()
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(own.certificate().toString())
                        .setKeyPath(own.key().toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(certificates + "/ca.crt"))
                .setVerifyHost(false);
        io.vertx.core.http.HttpClient client = vertx.createHttpClient(options);
        try {
            RequestOptions request = new RequestOptions()
                    .setMethod(HttpMethod.valueOf(method))
                    .setHost("127.0.0.1")
                    .setPort(door.getPort())
                    .setSsl(true)
                    .setURI(target)
                    .putHeader("X-Gatehouse-Origin", "peer.example")
                    .putHeader("X-Gatehouse-Destination", "ours.example");
            return client.request(request)
                    .compose(sent -> body.isEmpty() ? sent.send() : sent.send(Buffer.buffer(body)))
                    .compose(response -> response.body().map(bytes -> {
                        assertThat(response.statusCode())
                                .as(target + " " + bytes)
                                .isEqualTo(status);
                        return StrictJson.parseObject(bytes.getBytes());
                    }))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } finally {
            client.close();
        }
    }

    /** A judge that shows everything, and one event redacted. */
    private HttpServer judge(EventId redacted) throws Exception {
        IssuedCertificate own = RealBrokers.certificate(Path.of(certificates), "state-resolution");
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(own.certificate().toString())
                        .setKeyPath(own.key().toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(certificates + "/ca.crt"));
        return vertx.createHttpServer(options)
                .requestHandler(request -> request.body().onSuccess(body -> {
                    JsonObject.Builder sights = JsonObject.builder();
                    StrictJson.parseObject(body.getBytes())
                            .array("event_ids")
                            .orElseThrow()
                            .strings()
                            .forEach(id -> sights.put(id, id.equals(redacted.value()) ? "redacted" : "visible"));
                    request.response()
                            .end(JsonObject.builder()
                                    .put("in_room", true)
                                    .put("events", sights.build())
                                    .build()
                                    .toString());
                }))
                .listen(judgePort, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static String encode(Event event) {
        return encode(event.id().value());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(management.toURI().resolve(path))
                .header("Authorization", "Bearer look-look-look-look")
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
