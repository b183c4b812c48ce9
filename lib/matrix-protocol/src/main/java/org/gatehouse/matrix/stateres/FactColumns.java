package org.gatehouse.matrix.stateres;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What the rules read of each event of a graph, in columns that share what they can. A few events are kept whole: create
 * events, redactions, what is no state event, and what was rejected, for which the rules on auth events are asked again.
 */
final class FactColumns {
    private final AuthContents contents = new AuthContents();
    /** Few events are in either map, and the rules ask for each, so that a bit says which are. */
    private final BitSet isWhole = new BitSet();

    private final Map<Integer, Pdu> whole = new TreeMap<>();
    private final BitSet followsCreate = new BitSet();
    private final Map<Integer, EventId> followedCreate = new TreeMap<>();
    private final BitSet withoutParents = new BitSet();
    private final BitSet signedByAuthoriser = new BitSet();

    private @Nullable JsonObject[] contentOf = new JsonObject[16];
    private @Nullable RoomId[] roomOf = new RoomId[16];
    /** By the slot of the user's membership. */
    private @Nullable UserId[] userOf = new UserId[16];

    private @Nullable RoomId lastRoom;

    /** @param followed the create event, if it is the only parent */
    void add(int number, Pdu event, int senderSlot, @Nullable EventId followed) {
        if (number == contentOf.length) {
            contentOf = Arrays.copyOf(contentOf, 2 * number);
            roomOf = Arrays.copyOf(roomOf, 2 * number);
        }
        if (senderSlot >= userOf.length) {
            userOf = Arrays.copyOf(userOf, 2 * senderSlot);
        }
        if (userOf[senderSlot] == null) {
            userOf[senderSlot] = event.sender();
        }
        contentOf[number] = contents.of(event);
        roomOf[number] = sharedRoom(event.roomId());
        withoutParents.set(number, event.isWithoutParents());
        signedByAuthoriser.set(number, isSignedByAuthoriser(event));
        if (followed != null) {
            followsCreate.set(number);
            followedCreate.put(number, followed);
        }
        if (!event.isState()
                || event.type().equals(EventTypes.CREATE)
                || event.type().equals(EventTypes.REDACTION)) {
            keepWhole(number, event);
        }
    }

    void keepWhole(int number, Pdu event) {
        isWhole.set(number);
        whole.put(number, event);
    }

    @Nullable
    Pdu whole(int number) {
        return isWhole.get(number) ? whole.get(number) : null;
    }

    JsonObject contentOf(int number) {
        return Objects.requireNonNull(contentOf[number]);
    }

    RoomId roomOf(int number) {
        return Objects.requireNonNull(roomOf[number]);
    }

    UserId userOf(int memberSlot) {
        return Objects.requireNonNull(userOf[memberSlot]);
    }

    boolean isWithoutParents(int number) {
        return withoutParents.get(number);
    }

    boolean followsOnly(int number, EventId create) {
        return followsCreate.get(number) && create.equals(followedCreate.get(number));
    }

    boolean isSignedByAuthoriser(int number) {
        return signedByAuthoriser.get(number);
    }

    private RoomId sharedRoom(RoomId room) {
        RoomId last = lastRoom;
        if (last != null && last.equals(room)) {
            return last;
        }
        lastRoom = room;
        return room;
    }

    private static boolean isSignedByAuthoriser(Pdu event) {
        return event.type().equals(EventTypes.MEMBER)
                && event.content()
                        .string("join_authorised_via_users_server")
                        .flatMap(UserId::tryParse)
                        .filter(user -> event.isSignedBy(user.serverName()))
                        .isPresent();
    }
}
