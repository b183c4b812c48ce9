package org.gatehouse.stateresolution.testroom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gatehouse.matrix.authrule.AuthEventSelection;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.SigningKey;
import org.jspecify.annotations.Nullable;

/** A room whose events are hashed and signed. Alice of a.example makes it, public, with Bob of b.example in it. */
public final class SignedRoom {

    public static final UserId ALICE = new UserId("@alice:a.example");
    public static final UserId BOB = new UserId("@bob:b.example");
    public static final UserId CAROL = new UserId("@carol:c.example");

    private static final SigningKey KEY = SigningKey.fromSeed(seed(), new KeyId("ed25519:test"));

    public final RoomVersion version;
    public final List<Pdu> beginning = new ArrayList<>();
    private final Map<EventId, Pdu> events = new TreeMap<>();
    private final RoomId roomId;
    private Tip tip;
    private long clock = 1_700_000_000_000L;

    public SignedRoom(RoomVersion version) {
        this.version = version;
        JsonObject create =
                JsonObject.builder().put("room_version", version.id()).build();
        if (version.id().equals("10")) {
            create = create.with("creator", ALICE.value());
        }
        EventDraft.Builder draft = EventDraft.builder(version, ALICE, "m.room.create")
                .stateKey("")
                .content(create)
                .depth(1)
                .originServerTs(clock++);
        if (!version.roomIdIsCreateHash()) {
            draft.roomId(new RoomId("!room:a.example"));
        }
        Pdu made = signed(draft.build(), ALICE);
        roomId = made.roomId();
        tip = Tip.NONE.after(made);
        begin(made);
        begin(join(tip, ALICE));
        JsonObject users = version.privilegedCreators()
                ? JsonObject.builder().put(BOB.value(), 50).build()
                : JsonObject.builder()
                        .put(ALICE.value(), 100)
                        .put(BOB.value(), 50)
                        .build();
        begin(state(
                tip,
                ALICE,
                "m.room.power_levels",
                JsonObject.builder().put("users", users).build()));
        begin(state(tip, ALICE, "m.room.join_rules", text("join_rule", "public")));
        begin(join(tip, BOB));
    }

    public RoomId roomId() {
        return roomId;
    }

    /** After the beginning. */
    public Tip tip() {
        return tip;
    }

    public Tip after(Tip before, Pdu event) {
        return before.after(event);
    }

    public Pdu event(EventId eventId) {
        return java.util.Objects.requireNonNull(events.get(eventId));
    }

    public Pdu message(Tip on, UserId sender, String body) {
        return make(on, sender, "m.room.message", null, text("body", body));
    }

    public Pdu topic(Tip on, UserId sender, String topic) {
        return state(on, sender, "m.room.topic", text("topic", topic));
    }

    public Pdu join(Tip on, UserId user) {
        return member(on, user, user, "join");
    }

    public Pdu member(Tip on, UserId sender, UserId target, String membership) {
        return make(on, sender, "m.room.member", target.value(), text("membership", membership));
    }

    public Pdu state(Tip on, UserId sender, String type, JsonObject content) {
        return make(on, sender, type, "", content);
    }

    /** An event on top of a tip, citing the auth events that its state selects. */
    public Pdu make(Tip on, UserId sender, String type, @Nullable String stateKey, JsonObject content) {
        List<EventId> authEvents =
                AuthEventSelection.keys(version, type, sender, java.util.Optional.ofNullable(stateKey), content)
                        .stream()
                        .filter(on.state()::containsKey)
                        .map(on.state()::get)
                        .toList();
        return make(on, sender, type, stateKey, content, authEvents);
    }

    public Pdu make(
            Tip on,
            UserId sender,
            String type,
            @Nullable String stateKey,
            JsonObject content,
            List<EventId> authEvents) {
        EventDraft.Builder draft = EventDraft.builder(version, sender, type)
                .roomId(roomId)
                .content(content)
                .prevEvents(on.parents())
                .authEvents(authEvents)
                .depth(on.depth() + 1)
                .originServerTs(clock++);
        if (stateKey != null) {
            draft.stateKey(stateKey);
        }
        return signed(draft.build(), sender);
    }

    public static JsonObject text(String name, String value) {
        return JsonObject.builder().put(name, value).build();
    }

    private void begin(Pdu event) {
        beginning.add(event);
        tip = event.depth() == 1 ? tip : tip.after(event);
    }

    private Pdu signed(EventDraft draft, UserId sender) {
        Pdu event = StoredPdus.of(version, EventSigning.hashAndSign(version, draft.toJson(), sender.serverName(), KEY));
        events.put(event.eventId(), event);
        return event;
    }

    private static byte[] seed() {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 7);
        return seed;
    }
}
