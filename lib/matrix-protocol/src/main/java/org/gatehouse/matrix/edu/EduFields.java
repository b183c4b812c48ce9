package org.gatehouse.matrix.edu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNull;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/**
 * The fields of an object inside an EDU, read by the rules that all EDUs share: integers are those of canonical JSON and
 * not negative, a field that may be missing may be null, and users are of the server that sent the EDU.
 */
final class EduFields {

    private final ServerName origin;
    private final JsonObject fields;
    private final List<String> passedOver;

    EduFields(ServerName origin, JsonObject fields) {
        this(origin, fields, new ArrayList<>());
    }

    private EduFields(ServerName origin, JsonObject fields, List<String> passedOver) {
        this.origin = origin;
        this.fields = fields;
        this.passedOver = passedOver;
    }

    /** The fields of an object inside this one; reasons to pass entries over are collected in one place. */
    EduFields inside(JsonObject object) {
        return new EduFields(origin, object, passedOver);
    }

    List<String> passedOver() {
        return passedOver;
    }

    /** One entry of a list, or nothing and the reason noted. */
    <T> Optional<T> entry(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (MalformedEdu fault) {
            passOver(fault.reason());
            return Optional.empty();
        }
    }

    void passOver(String reason) {
        if (passedOver.size() < EduReading.Readable.MAX_REASONS) {
            passedOver.add(reason);
        }
    }

    JsonObject json() {
        return fields;
    }

    String text(String name) {
        return fields.string(name).orElseThrow(() -> new MalformedEdu(name + " is no string"));
    }

    Optional<String> optionalText(String name) {
        return present(name).map(value -> value.asString().orElseThrow(() -> new MalformedEdu(name + " is no string")));
    }

    boolean bool(String name) {
        return fields.bool(name).orElseThrow(() -> new MalformedEdu(name + " is no boolean"));
    }

    boolean boolOrFalse(String name) {
        return present(name).isPresent() && bool(name);
    }

    long integer(String name) {
        return integer(fields.get(name), name);
    }

    /** Integers, in their order; none if the field is missing. */
    List<Long> optionalIntegers(String name) {
        Optional<JsonArray> array =
                present(name).map(value -> value.asArray().orElseThrow(() -> new MalformedEdu(name + " is no array")));
        List<Long> integers = new ArrayList<>();
        for (JsonValue value : array.orElse(JsonArray.EMPTY).values()) {
            integers.add(integer(Optional.of(value), name));
        }
        return integers;
    }

    JsonObject object(String name) {
        return object(name, name);
    }

    /** As {@link #object(String)}, of a key that comes from the sender: the reason calls it something else. */
    JsonObject object(String key, String name) {
        return fields.object(key).orElseThrow(() -> new MalformedEdu(name + " is no object"));
    }

    Optional<JsonObject> optionalObject(String name) {
        return present(name).map(value -> value.asObject().orElseThrow(() -> new MalformedEdu(name + " is no object")));
    }

    JsonArray array(String name) {
        return fields.array(name).orElseThrow(() -> new MalformedEdu(name + " is no array"));
    }

    RoomId room(String name) {
        return RoomId.tryParse(text(name)).orElseThrow(() -> new MalformedEdu(name + " is no room ID"));
    }

    /** A user of the server that sent the EDU. */
    UserId ownUser(String name) {
        return ownUserId(text(name), name);
    }

    /** As {@link #ownUser}, of a user ID that is not a field's value. */
    UserId ownUserId(String text, String name) {
        UserId user = UserId.tryParse(text).orElseThrow(() -> new MalformedEdu(name + " is no user ID"));
        if (!user.serverName().equals(origin)) {
            throw new MalformedEdu(name + " is a user of another server than " + origin);
        }
        if (!user.isCompliant()) {
            throw new MalformedEdu(name + " is a historical user ID, which may not stand outside of events");
        }
        return user;
    }

    private Optional<JsonValue> present(String name) {
        return fields.get(name).filter(value -> !(value instanceof JsonNull));
    }

    private static long integer(Optional<JsonValue> value, String name) {
        OptionalLong number = value.filter(JsonNumber.class::isInstance)
                .map(JsonNumber.class::cast)
                .filter(JsonNumber::isCanonical)
                .map(JsonNumber::asLong)
                .orElse(OptionalLong.empty());
        if (number.isEmpty() || number.getAsLong() < 0) {
            throw new MalformedEdu(name + " is no integer from 0 to 2^53 - 1");
        }
        return number.getAsLong();
    }
}
