package org.gatehouse.provider.door;

/**
 * Paths of the Client-Server API. All its resources have the same class path and say the rest on their methods: classes
 * whose own paths hold regular expressions would hide each other's methods.
 */
public final class ClientPath {

    public static final String BASE = "/_matrix/client";

    /** Endpoints that the specification has had since before it had version numbers. */
    public static final String V3 = "/{version:r0|v3}";

    public static final String ROOM = V3 + "/rooms/{roomId}";

    private ClientPath() {}
}
