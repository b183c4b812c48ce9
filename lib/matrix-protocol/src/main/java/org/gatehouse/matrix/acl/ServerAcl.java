package org.gatehouse.matrix.acl;

import java.util.List;
import java.util.Locale;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.ServerName;

/** The access control list of a room, read once from the content of its {@code m.room.server_acl} event. */
public final class ServerAcl {

    /** The list of a room that has none: everyone is allowed. */
    public static final ServerAcl OPEN = new ServerAcl(true, List.of(new Glob("*")), List.of());

    private final boolean allowIpLiterals;
    private final List<Glob> allow;
    private final List<Glob> deny;

    private ServerAcl(boolean allowIpLiterals, List<Glob> allow, List<Glob> deny) {
        this.allowIpLiterals = allowIpLiterals;
        this.allow = allow;
        this.deny = deny;
    }

    /**
     * Reads the content of the room's list. Entries that are not strings are passed over; {@code allow_ip_literals}
     * that is no boolean counts as true; a missing or empty {@code allow} allows nobody.
     */
    public static ServerAcl of(JsonObject content) {
        return new ServerAcl(
                content.bool("allow_ip_literals").orElse(true), globs(content, "allow"), globs(content, "deny"));
    }

    /** Whether the server may take part. Its port does not count. */
    public boolean allows(ServerName server) {
        if (!allowIpLiterals && server.isIpLiteral()) {
            return false;
        }
        String host = server.host().toLowerCase(Locale.ROOT);
        return !anyMatches(deny, host) && anyMatches(allow, host);
    }

    private static boolean anyMatches(List<Glob> globs, String host) {
        for (Glob glob : globs) {
            if (glob.matches(host)) {
                return true;
            }
        }
        return false;
    }

    private static List<Glob> globs(JsonObject content, String field) {
        return content.array(field).orElse(JsonArray.EMPTY).strings().stream()
                .distinct()
                .map(Glob::new)
                .toList();
    }
}
