package org.gatehouse.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.TestServer;
import org.gatehouse.matrix.Vectors;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;

class PduTest {

    private static final TestServer SERVER = new TestServer("origin.example");
    private static final UserId ALICE = SERVER.user("alice");
    private static final RoomId OLD_ROOM = new RoomId("!old:origin.example");

    private static Pdu create(RoomVersion version) {
        EventDraft.Builder draft = EventDraft.builder(version, ALICE, EventTypes.CREATE)
                .stateKey("")
                .content(JsonObject.of("room_version", new JsonString(version.id())))
                .depth(1)
                .originServerTs(1_700_000_000_000L);
        if (!version.roomIdIsCreateHash()) {
            draft.roomId(OLD_ROOM);
        }
        return StoredPdus.of(version, SERVER.sign(version, draft.build().toJson()));
    }

    private static EventDraft.Builder message(RoomVersion version, RoomId room) {
        return EventDraft.builder(version, ALICE, "m.room.message")
                .roomId(room)
                .content(JsonObject.of("body", new JsonString("hello")))
                .prevEvents(List.of(new EventId("$prev")))
                .authEvents(List.of(new EventId("$auth")))
                .depth(7)
                .originServerTs(1_700_000_000_001L);
    }

    private static Pdu signed(RoomVersion version, EventDraft.Builder draft) {
        return StoredPdus.of(version, SERVER.sign(version, draft.build().toJson()));
    }

    @Test
    void theIdOfAVersion12RoomIsTheHashOfItsCreateEvent() {
        Pdu create = create(RoomVersions.V12);

        assertThat(create.json().has("room_id")).isFalse();
        assertThat(create.roomId().value().substring(1))
                .isEqualTo(create.eventId().value().substring(1))
                .hasSize(43);
        assertThat(create.eventId()).isEqualTo(EventHashes.eventId(RoomVersions.V12, create.json()));
        assertThat(RoomVersions.V12.accepts(create.roomId())).isTrue();
    }

    @Test
    void makesTheVersion12CreateEventThatAnotherImplementationMade() {
        JsonObject vector = StrictJson.parseObject(Vectors.bytes("vectors/create-event-v12.json"));

        Pdu create = create(RoomVersions.V12);

        assertThat(create.json()).isEqualTo(vector.object("event").orElseThrow());
        assertThat(create.eventId()).hasToString(Vectors.text(vector, "event_id"));
        assertThat(create.roomId()).hasToString(Vectors.text(vector, "room_id"));
        assertThat(SERVER.key().seedBase64()).isEqualTo(Vectors.text(vector, "seed_b64"));
    }

    @Test
    void theContentOfAVersion12CreateEventDecidesTheRoomId() {
        JsonObject json = create(RoomVersions.V12).json();
        JsonObject other =
                json.with("content", JsonObject.of("room_version", new JsonString("12"), "x", new JsonString("y")));

        assertThat(EventHashes.eventId(RoomVersions.V12, other))
                .isNotEqualTo(create(RoomVersions.V12).eventId());
    }

    @Test
    void aVersion12RoomIdImpliesTheCreateEventAsAuthEvent() {
        Pdu create = create(RoomVersions.V12);
        Pdu message = signed(RoomVersions.V12, message(RoomVersions.V12, create.roomId()));

        assertThat(message.authEvents()).containsExactly(new EventId("$auth"));
        assertThat(message.effectiveAuthEvents()).containsExactly(create.eventId(), new EventId("$auth"));
        assertThat(create.effectiveAuthEvents()).isEmpty();
    }

    @Test
    void beforeVersion12NothingIsImplied() {
        Pdu message = signed(RoomVersions.V11, message(RoomVersions.V11, OLD_ROOM));

        assertThat(message.effectiveAuthEvents()).isEqualTo(message.authEvents());
        assertThat(create(RoomVersions.V11).roomId()).isEqualTo(OLD_ROOM);
    }

    @Test
    void readsItsFields() {
        Pdu message = signed(RoomVersions.V11, message(RoomVersions.V11, OLD_ROOM));

        assertThat(message.sender()).isEqualTo(ALICE);
        assertThat(message.type()).isEqualTo("m.room.message");
        assertThat(message.stateKey()).isEmpty();
        assertThat(message.isState()).isFalse();
        assertThat(message.stateSlot()).isEmpty();
        assertThat(message.content().string("body")).contains("hello");
        assertThat(message.prevEvents()).containsExactly(new EventId("$prev"));
        assertThat(message.depth()).isEqualTo(7);
        assertThat(message.originServerTs()).isEqualTo(1_700_000_000_001L);
        assertThat(create(RoomVersions.V11).stateSlot()).contains(StateKey.of(EventTypes.CREATE));
        assertThat(create(RoomVersions.V11).isState(EventTypes.CREATE)).isTrue();
    }

    @Test
    void theTargetOfARedactionStandsWhereTheVersionPutsIt() {
        EventId target = new EventId("$target");
        for (RoomVersion version : List.of(RoomVersions.V10, RoomVersions.V11)) {
            Pdu redaction = signed(
                    version,
                    EventDraft.builder(version, ALICE, EventTypes.REDACTION)
                            .roomId(OLD_ROOM)
                            .redacts(target));

            assertThat(redaction.redacts()).contains(target);
            assertThat(redaction.json().has("redacts")).isEqualTo(version == RoomVersions.V10);
            assertThat(redaction.content().has("redacts")).isEqualTo(version == RoomVersions.V11);
        }
    }

    @Test
    void aMessageWithRedactsRedactsNothing() {
        JsonObject draft = message(RoomVersions.V10, OLD_ROOM).build().toJson().with("redacts", "$x");

        assertThat(StoredPdus.of(RoomVersions.V10, SERVER.sign(RoomVersions.V10, draft))
                        .redacts())
                .isEmpty();
    }

    @Test
    void isReadFromItsBytesAsItWas() {
        Pdu create = create(RoomVersions.V12);

        Pdu read = StoredPdus.read(RoomVersions.V12, create.canonicalBytes());

        assertThat(read).isEqualTo(create).hasSameHashCodeAs(create);
        assertThat(read.json()).isEqualTo(create.json());
        assertThat(StoredPdus.read(RoomVersions.V12, create.eventId(), create.canonicalBytes())
                        .roomId())
                .isEqualTo(create.roomId());
    }

    @Test
    void bytesThatAreNoEventAreRefused() {
        JsonObject json = create(RoomVersions.V11).json();
        for (String field : List.of(
                "type", "sender", "room_id", "content", "prev_events", "auth_events", "depth", "origin_server_ts")) {
            assertThatThrownBy(() -> StoredPdus.of(RoomVersions.V11, json.without(field)))
                    .isInstanceOf(MalformedEvent.class)
                    .hasMessageContaining(field);
        }
    }

    @Test
    void keepsNoUnsigned() {
        JsonObject json = create(RoomVersions.V11).json().with("unsigned", JsonObject.EMPTY.with("age", 5));

        assertThat(StoredPdus.of(RoomVersions.V11, json).json().has("unsigned")).isFalse();
    }

    @Test
    void showsNoContent() {
        assertThat(signed(RoomVersions.V11, message(RoomVersions.V11, OLD_ROOM)).toString())
                .doesNotContain("hello");
    }

    @Test
    void aDraftNeedsARoomUnlessItMakesOne() {
        assertThatThrownBy(() -> EventDraft.builder(RoomVersions.V12, ALICE, "m.room.message")
                        .build())
                .isInstanceOf(MalformedEvent.class);
        assertThatThrownBy(() -> EventDraft.builder(RoomVersions.V12, ALICE, EventTypes.CREATE)
                        .roomId(OLD_ROOM)
                        .build())
                .isInstanceOf(MalformedEvent.class);
        assertThatThrownBy(() -> EventDraft.builder(RoomVersions.V11, ALICE, EventTypes.CREATE)
                        .build())
                .isInstanceOf(MalformedEvent.class);
    }

    private static Optional<EventId> idOf(JsonObject json) {
        return new UnverifiedPdu(RoomVersions.V11, json).eventId();
    }

    @Test
    void computesAnIdOnlyWhereThereCanBeOne() {
        JsonObject json = create(RoomVersions.V11).json();
        EventId id = create(RoomVersions.V11).eventId();

        assertThat(idOf(json)).contains(id);
        assertThat(idOf(json.with("unsigned", 5))).contains(id);
        assertThat(idOf(json.without("content"))).isEmpty();
        assertThat(idOf(json.with("content", "x"))).isEmpty();
        assertThat(idOf(json.without("type"))).isEmpty();
        assertThat(idOf(JsonObject.EMPTY)).isEmpty();
        assertThat(idOf(StrictJson.parseObject("{\"type\":\"t\",\"content\":{\"a\":1,\"a\":2}}")))
                .isEmpty();
    }

    @Test
    void aClaimedEventIdIsNotTheId() {
        JsonObject json = create(RoomVersions.V11).json().with("event_id", "$forged");

        assertThat(idOf(json).orElseThrow()).isNotEqualTo(new EventId("$forged"));
    }

    @Test
    void clientsSeeTheFormatOfTheClientApi() {
        Pdu create = create(RoomVersions.V12);
        JsonObject seen = ClientEvents.toClientFormat(create);

        assertThat(seen.names())
                .containsExactly(
                        "content",
                        "event_id",
                        "origin_server_ts",
                        "room_id",
                        "sender",
                        "state_key",
                        "type",
                        "unsigned");
        assertThat(seen.string("event_id")).contains(create.eventId().value());
        assertThat(seen.string("room_id")).contains(create.roomId().value());
        assertThat(ClientEvents.stripped(create).names()).containsExactly("content", "sender", "state_key", "type");
        assertThat(ClientEvents.stripped(create.json())).isEqualTo(ClientEvents.stripped(create));
    }

    @Test
    void clientsSeeTheTargetOfARedactionInBothPlaces() {
        for (RoomVersion version : List.of(RoomVersions.V10, RoomVersions.V11)) {
            JsonObject seen = ClientEvents.toClientFormat(signed(
                    version,
                    EventDraft.builder(version, ALICE, EventTypes.REDACTION)
                            .roomId(OLD_ROOM)
                            .redacts(new EventId("$target"))));

            assertThat(seen.string("redacts")).contains("$target");
            assertThat(seen.object("content").orElseThrow().string("redacts")).contains("$target");
        }
    }

    @Test
    void stateSlotsAreOrderedByTypeThenKeyInCodePoints() {
        assertThat(new StateKey("a", "z")).isLessThan(new StateKey("b", "a"));
        assertThat(new StateKey("a", "\uFB01")).isLessThan(new StateKey("a", "\uD83D\uDE00"));
    }

    @Test
    void fieldsAreMeasuredInBytes() {
        assertThat(EventSizes.fits("a".repeat(255))).isTrue();
        assertThat(EventSizes.fits("a".repeat(256))).isFalse();
        assertThat(EventSizes.fits("é".repeat(127) + "a")).isTrue();
        assertThat(EventSizes.fits("é".repeat(128))).isFalse();
        assertThat(EventSizes.fits("\uFFFF".repeat(85))).isTrue();
        assertThat(EventSizes.fits("\uFFFF".repeat(86))).isFalse();
    }

    @Test
    void aDraftOfVersion1NamesItselfAndPairsItsReferences() {
        EventId parent = new EventId("$parent:origin.example");
        EventDraft.Builder draft = message(RoomVersions.V1, OLD_ROOM).prevEvents(List.of(parent));
        draft.eventId(new EventId("$named"));
        assertThatThrownBy(draft::build).isInstanceOf(MalformedEvent.class).hasMessage("event_id");

        JsonObject json = draft.eventId(new EventId("$named:origin.example"))
                .referenceHashes(new TreeMap<>(Map.of(parent, "aGFzaA")))
                .build()
                .toJson();

        assertThat(json.array("prev_events"))
                .hasToString("Optional[[[\"$parent:origin.example\",{\"sha256\":\"aGFzaA\"}]]]");
        assertThat(json.array("auth_events")).hasToString("Optional[[[\"$auth\",{}]]]");
        Pdu pdu = StoredPdus.of(RoomVersions.V1, SERVER.sign(RoomVersions.V1, json));
        assertThat(pdu.eventId()).isEqualTo(new EventId("$named:origin.example"));
        assertThat(pdu.prevEvents()).containsExactly(parent);
    }

    @Test
    void aDraftOfVersion1ThatIsGivenNoNameIsNamedByItsHash() {
        EventDraft.Builder draft = message(RoomVersions.V1, OLD_ROOM);
        String name = Vectors.text(draft.build().toJson(), "event_id");

        assertThat(name).matches("\\$[A-Za-z0-9_-]{43}:origin\\.example");
        assertThat(Vectors.text(draft.build().toJson(), "event_id")).isEqualTo(name);
        assertThat(Vectors.text(draft.originServerTs(1).build().toJson(), "event_id"))
                .isNotEqualTo(name);
    }

    @Test
    void aDraftOfALaterVersionMayNotNameItself() {
        EventDraft.Builder draft = message(RoomVersions.V3, OLD_ROOM).eventId(new EventId("$named:origin.example"));

        assertThatThrownBy(draft::build).isInstanceOf(MalformedEvent.class).hasMessage("event_id");
    }

    @Test
    void aSymbolicEventHasTheIdThatItIsGiven() {
        JsonObject json = StrictJson.parseObject("{\"type\":\"m.room.create\",\"state_key\":\"\",\"sender\":\"@a:x\","
                + "\"content\":{},\"auth_events\":[],\"room_id\":\"!create\"}");

        Pdu create = StoredPdus.symbolic(RoomVersions.V12, new EventId("$create"), json.without("room_id"));
        Pdu topic = StoredPdus.symbolic(RoomVersions.V12, new EventId("$topic"), json.with("type", "m.room.topic"));

        assertThat(create.eventId()).hasToString("$create");
        assertThat(create.roomId()).hasToString("!create").isEqualTo(topic.roomId());
        assertThat(topic.effectiveAuthEvents()).containsExactly(create.eventId());
        assertThat(topic.depth()).isZero();
        assertThat(topic.prevEvents()).isEmpty();
        assertThatThrownBy(() ->
                        StoredPdus.symbolic(RoomVersions.V12, new EventId("$x"), json.with("prev_events", "$create")))
                .isInstanceOf(MalformedEvent.class);
    }
}
