package org.gatehouse.stateresolution.room;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.authrule.AuthState;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.stateres.StateMap;
import org.jspecify.annotations.Nullable;

/** One room in memory. For one thread at a time. */
public final class Room {

    private static final int JUDGED_IN_MEMORY = 1_000;
    private static final int VERSIONS_IN_MEMORY = 500;

    private final RoomId id;
    private final RoomRows rows;
    private final int authEventsInMemory;
    private final RowCache<EventId, JudgedRow> judged = new RowCache<>(JUDGED_IN_MEMORY);
    private RoomHead head;
    private @Nullable Content content;

    Room(RoomId id, RoomHead head, RoomRows rows, int authEventsInMemory) {
        this.id = id;
        this.head = head;
        this.rows = rows;
        this.authEventsInMemory = authEventsInMemory;
    }

    public RoomId id() {
        return id;
    }

    public RoomHead head() {
        return head;
    }

    /** @throws UnknownContent if no record has named the room's version yet */
    public RoomVersion version() {
        return content().version;
    }

    public AuthEvents authEvents() {
        return content().authEvents;
    }

    public StateVersions versions() {
        return content().versions;
    }

    public JoinedServers joinedServers() {
        return content().joinedServers;
    }

    public StateMap state(long version) {
        return version == 0 ? StateMap.EMPTY : content().versions.state(version);
    }

    /** The current state: the resolution over the forward extremities. */
    public StateMap currentState() {
        return state(head.current());
    }

    /** A state as the auth rules ask it. */
    public AuthState authState(StateMap state) {
        return key -> state.get(key).map(authEvents()::event);
    }

    /** The event in a slot of a state. */
    public Optional<Pdu> event(StateMap state, StateKey key) {
        return state.get(key).map(authEvents()::event);
    }

    /** The membership of a user in a state; LEAVE if there is none. */
    public Membership membership(StateMap state, String userId) {
        return state.get(new StateKey(EventTypes.MEMBER, userId))
                .map(authEvents()::membership)
                .orElse(Membership.LEAVE);
    }

    public boolean isJoined(StateMap state, ServerName server) {
        return joinedServers().has(state, server);
    }

    /** The verdict of an event that was judged in its place in this room. */
    public Optional<JudgedRow> judged(EventId eventId) {
        JudgedRow inMemory = judged.get(eventId);
        if (inMemory != null) {
            return Optional.of(inMemory);
        }
        Optional<JudgedRow> row = rows.place(eventId)
                .filter(place -> place.roomId().equals(id))
                .filter(place -> place.cause() <= head.offset())
                .flatMap(place -> rows.judged(id, place.ordinal()))
                .filter(found -> found.eventId().equals(eventId));
        row.ifPresent(found -> judged.add(eventId, found));
        return row;
    }

    /** Whether any room has an event of this ID in its place. */
    public boolean isJudgedSomewhere(EventId eventId) {
        return judged.get(eventId) != null || rows.place(eventId).isPresent();
    }

    /** What became of the out-of-band membership that a record brought. */
    public Optional<OutOfBandRow> outOfBand(UserId userId, long loggedAt) {
        return rows.outOfBand(id, userId, loggedAt);
    }

    /** Adds a verdict. */
    public void add(JudgedRow row, RoomWrites writes) {
        judged.addFresh(row.eventId(), row);
        writes.add(row);
        writes.add(new PlaceRow(row.eventId(), id, row.ordinal(), row.cause()));
    }

    /** The room's version as a record names it; kept with the first. */
    public void named(String roomVersion) {
        if (head.roomVersion().isEmpty()) {
            head = head.withRoomVersion(RoomVersions.require(roomVersion).id());
        }
    }

    /** Moves the head after a record was worked. */
    public void moved(RoomHead newHead, RoomWrites writes) {
        head = newHead;
        if (content != null) {
            content.authEvents.keepSettled(newHead.offset(), writes);
            content.authEvents.knownUpTo(newHead.offset());
        }
        writes.head(newHead);
    }

    /** What was written is stored. */
    public void stored() {
        judged.stored();
        if (content != null) {
            content.authEvents.stored();
            content.versions.stored();
        }
    }

    /** Takes over a head that another owner of the room stored. */
    void refresh(RoomHead stored) {
        if (stored.offset() == head.offset()) {
            return;
        }
        head = stored;
        if (content != null) {
            content.authEvents.forget();
            content.authEvents.knownUpTo(stored.offset());
            content.versions.last(stored.lastVersion());
        }
    }

    private Content content() {
        Content existing = content;
        if (existing == null) {
            existing = new Content(RoomVersions.require(head.roomVersion().orElseThrow(() -> new UnknownContent(id))));
            content = existing;
        }
        return existing;
    }

    /** What can only be read when the room's version is known. */
    private final class Content {
        private final RoomVersion version;
        private final AuthEvents authEvents;
        private final StateVersions versions;
        private final JoinedServers joinedServers;

        private Content(RoomVersion version) {
            this.version = version;
            this.authEvents = new AuthEvents(id, version, rows, authEventsInMemory, head.offset());
            this.versions = new StateVersions(id, rows, authEvents, VERSIONS_IN_MEMORY, head.lastVersion());
            this.joinedServers = new JoinedServers(authEvents);
        }
    }

    /** Nothing is known of the room. */
    public static final class UnknownContent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownContent(RoomId roomId) {
            super("nothing is known of " + roomId);
        }
    }

    /** Versions of the extremities' states, each once, in order. */
    public List<Long> extremityStates() {
        return head.extremities().stream()
                .map(Extremity::stateAfter)
                .distinct()
                .sorted()
                .toList();
    }
}
