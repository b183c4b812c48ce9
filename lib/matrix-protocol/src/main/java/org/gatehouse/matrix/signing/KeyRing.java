package org.gatehouse.matrix.signing;

import java.util.Optional;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** Keys of other servers that are at hand. A key that is unknown, or not valid for the purpose, is absent. */
public interface KeyRing {

    /**
     * The key for a signature on an event. Since room version 5 it must be valid at the event's {@code
     * origin_server_ts}; before, only the end of a key that is no longer in use counts.
     */
    Optional<VerifyKey> keyForEvent(ServerName server, KeyId keyId, long originServerTs, RoomVersion version);

    /** The key for a signature on a request: in use, and valid now (milliseconds since the epoch). */
    Optional<VerifyKey> keyForRequest(ServerName server, KeyId keyId, long now);
}
