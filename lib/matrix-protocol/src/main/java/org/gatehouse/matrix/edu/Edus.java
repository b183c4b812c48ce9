package org.gatehouse.matrix.edu;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.edu.EduReading.Readable;
import org.gatehouse.matrix.edu.EduReading.Refused;
import org.gatehouse.matrix.identifier.ServerName;

/** Reads EDUs. */
public final class Edus {

    /**
     * The largest EDU that is read, in bytes of canonical JSON. The specification has no limit; 65,536 bytes are what
     * senders keep to, and what is still taken is far above.
     */
    public static final int MAX_BYTES = 1 << 20;

    private static final Map<String, Function<EduFields, Edu>> READERS = Map.of(
            Typing.TYPE, Typing::read,
            Receipts.TYPE, Receipts::read,
            PresenceUpdates.TYPE, PresenceUpdates::read,
            DeviceListUpdate.TYPE, DeviceListUpdate::read,
            SigningKeyUpdate.TYPE, SigningKeyUpdate::read,
            SigningKeyUpdate.FORMER_TYPE, SigningKeyUpdate::read,
            ToDeviceMessages.TYPE, ToDeviceMessages::read);

    private Edus() {}

    /**
     * Reads one entry of a transaction's {@code edus}.
     *
     * @param origin the server that sent the transaction, as it was authenticated
     */
    public static EduReading read(ServerName origin, JsonValue edu) {
        try {
            return readable(origin, edu);
        } catch (MalformedEdu fault) {
            return new Refused(fault.reason());
        }
    }

    private static EduReading readable(ServerName origin, JsonValue edu) {
        JsonObject object = edu.asObject().orElseThrow(() -> new MalformedEdu("the EDU is no object"));
        String type = object.string("edu_type").orElseThrow(() -> new MalformedEdu("edu_type is no string"));
        Function<EduFields, Edu> reader = READERS.get(type);
        if (reader == null) {
            return new Readable(new UnknownEdu(type), List.of());
        }
        edu.defect().ifPresent(defect -> {
            throw new MalformedEdu("JSON defect " + defect);
        });
        if (CanonicalJson.write(object).length > MAX_BYTES) {
            throw new MalformedEdu("over " + MAX_BYTES + " bytes");
        }
        JsonObject content = object.object("content").orElseThrow(() -> new MalformedEdu("content is no object"));
        EduFields fields = new EduFields(origin, content);
        Edu read = reader.apply(fields);
        return new Readable(read, fields.passedOver());
    }
}
