package org.gatehouse.matrix.receipt;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.EventSizes;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** Check 1 on receipt: a valid event by the format of its room version. */
final class FormatCheck {

    /** In the order in which they are asked. */
    private static final List<Function<FormatCheck, Optional<Fault>>> RULES = List.of(
            FormatCheck::notCanonical,
            FormatCheck::tooLarge,
            check -> check.fieldTooLong("sender"),
            check -> check.fieldTooLong("room_id"),
            check -> check.slotTooLong("type"),
            check -> check.slotTooLong("state_key"),
            FormatCheck::wrongId,
            FormatCheck::wrongNames,
            FormatCheck::wrongRoom,
            check -> wrongReferences("prev_events", check.pdu.fields().prevEvents(), EventSizes.MAX_PREV_EVENTS),
            check -> wrongReferences("auth_events", check.pdu.fields().authEvents(), EventSizes.MAX_AUTH_EVENTS),
            FormatCheck::wrongNumbers,
            FormatCheck::wrongSignatures,
            FormatCheck::noHash);

    private final UnverifiedPdu pdu;
    private final RoomVersion version;
    private final JsonObject event;

    private FormatCheck(UnverifiedPdu pdu) {
        this.pdu = pdu;
        this.version = pdu.version();
        this.event = pdu.event();
    }

    static Optional<Fault> fault(UnverifiedPdu pdu) {
        return new FormatCheck(pdu).fault();
    }

    private Optional<Fault> fault() {
        for (Function<FormatCheck, Optional<Fault>> rule : RULES) {
            Optional<Fault> fault = rule.apply(this);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private Optional<Fault> notCanonical() {
        if (event.defect().isPresent()) {
            return Optional.of(new Fault(
                    DropReason.NOT_CANONICAL, "JSON defect " + event.defect().get()));
        }
        return version.strictJson() && !CanonicalJson.isStrict(event)
                ? Optional.of(new Fault(DropReason.NOT_CANONICAL, "a number that canonical JSON does not know"))
                : Optional.empty();
    }

    private Optional<Fault> tooLarge() {
        return pdu.canonicalBytes().length > EventSizes.MAX_EVENT_BYTES
                ? Optional.of(new Fault(DropReason.TOO_LARGE, "over " + EventSizes.MAX_EVENT_BYTES + " bytes"))
                : Optional.empty();
    }

    private Optional<Fault> fieldTooLong(String field) {
        return event.string(field)
                .filter(value -> !EventSizes.fits(value))
                .map(value ->
                        new Fault(DropReason.TOO_LARGE, field + " over " + EventSizes.MAX_FIELD_BYTES + " bytes"));
    }

    /**
     * Before version 11 a type or state key of too many bytes, but not of too many code points, does not drop an event:
     * servers keep such events as rejected, and so do we, lest theirs and ours be different graphs. The auth rules
     * refuse it, see {@link EventSizes#slotFits}.
     */
    private Optional<Fault> slotTooLong(String field) {
        return version.fieldLimitsInBytes()
                ? fieldTooLong(field)
                : event.string(field)
                        .filter(value -> !EventSizes.fitsInCodePoints(value))
                        .map(value -> new Fault(
                                DropReason.TOO_LARGE,
                                field + " over " + EventSizes.MAX_FIELD_CODE_POINTS + " code points"));
    }

    /** In room versions 1 and 2 the event names itself, and the server that made it. */
    private Optional<Fault> wrongId() {
        if (version.eventIdFormat() != EventIdFormat.FIELD) {
            return Optional.empty();
        }
        return event.string("event_id")
                        .flatMap(EventId::tryParse)
                        .filter(version.eventIdFormat()::accepts)
                        .isEmpty()
                ? format("event_id")
                : Optional.empty();
    }

    private Optional<Fault> wrongNames() {
        if (event.string("type").isEmpty()) {
            return format("type");
        }
        if (pdu.fields().sender().isEmpty()) {
            return format("sender");
        }
        if (event.has("state_key") && event.string("state_key").isEmpty()) {
            return format("state_key");
        }
        return event.object("content").isEmpty() ? format("content") : Optional.empty();
    }

    /** Since room version 12 the create event makes the room ID and has none itself. */
    private Optional<Fault> wrongRoom() {
        if (version.roomIdIsCreateHash() && event.string("type").equals(Optional.of(EventTypes.CREATE))) {
            return event.has("room_id") ? format("room_id on a create event") : Optional.empty();
        }
        return pdu.fields().roomId().filter(version::accepts).isEmpty() ? format("room_id") : Optional.empty();
    }

    private static Optional<Fault> wrongReferences(String field, Optional<List<EventId>> ids, int most) {
        if (ids.isEmpty()) {
            return format(field);
        }
        return ids.get().size() > most ? format("more than " + most + " " + field) : Optional.empty();
    }

    private Optional<Fault> wrongNumbers() {
        OptionalLong depth = event.integer("depth");
        if (depth.isEmpty() || depth.getAsLong() < 0 || depth.getAsLong() > version.maxDepth()) {
            return format("depth");
        }
        return event.integer("origin_server_ts").isEmpty() ? format("origin_server_ts") : Optional.empty();
    }

    private Optional<Fault> wrongSignatures() {
        Optional<JsonObject> signatures = event.object("signatures");
        if (signatures.isEmpty()) {
            return format("signatures");
        }
        for (String server : signatures.get().names()) {
            Optional<JsonObject> ofServer = signatures.get().object(server);
            if (ofServer.isEmpty() || !holdsOnlyStrings(ofServer.get())) {
                return format("signatures");
            }
        }
        return Optional.empty();
    }

    private Optional<Fault> noHash() {
        return EventHashes.claimedContentHash(event).isEmpty()
                ? Optional.of(new Fault(DropReason.HASH_MISSING, "no SHA-256 in hashes"))
                : Optional.empty();
    }

    private static boolean holdsOnlyStrings(JsonObject object) {
        return object.names().stream().allMatch(name -> isString(object.get(name)));
    }

    private static boolean isString(Optional<JsonValue> value) {
        return value.filter(JsonString.class::isInstance).isPresent();
    }

    private static Optional<Fault> format(String field) {
        return Optional.of(new Fault(DropReason.FORMAT, field));
    }
}
