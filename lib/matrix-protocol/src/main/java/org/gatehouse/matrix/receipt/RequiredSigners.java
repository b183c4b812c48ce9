package org.gatehouse.matrix.receipt;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Redaction;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** Which servers must have signed an event (Server-Server API, "Validating hashes and signatures on received events"). */
final class RequiredSigners {

    private static final String AUTHORISING_USER = "join_authorised_via_users_server";

    private RequiredSigners() {}

    /**
     * The servers whose signature the event needs: as it came, and as we shall keep it. The two differ where a wrong
     * content hash makes us redact: the redacted form of an invite by e-mail may be a plain invite, which its sender's
     * server must have signed; else anyone could invite in anyone's name.
     */
    static NavigableSet<ServerName> of(UnverifiedPdu pdu) {
        JsonObject event = pdu.event();
        Optional<ServerName> originating = pdu.fields().sender().map(UserId::serverName);
        NavigableSet<ServerName> signers = of(event, originating, pdu.version());
        if (isThirdPartyInvite(event) && !pdu.hasTrueContentHash()) {
            signers.addAll(of(Redaction.redact(pdu.version(), event), originating, pdu.version()));
        }
        return signers;
    }

    private static NavigableSet<ServerName> of(
            JsonObject event, Optional<ServerName> originating, RoomVersion version) {
        NavigableSet<ServerName> signers = new TreeSet<>();
        if (!isThirdPartyInvite(event)) {
            originating.ifPresent(signers::add);
        }
        if (version.eventIdFormat() == EventIdFormat.FIELD) {
            eventIdServer(event)
                    .filter(server -> !originating.equals(Optional.of(server)))
                    .ifPresent(signers::add);
        }
        if (version.restrictedJoins() && isMember(event)) {
            userServer(content(event).string(AUTHORISING_USER)).ifPresent(signers::add);
        }
        return signers;
    }

    /** Whether the event names an authorising user who is no user, so that nobody can have signed for him. */
    static boolean authoriserIsNoUser(RoomVersion version, JsonObject event) {
        return version.restrictedJoins()
                && isMember(event)
                && content(event).has(AUTHORISING_USER)
                && userServer(content(event).string(AUTHORISING_USER)).isEmpty();
    }

    /** An invite that came of a third-party invite is vouched for by the identity server's signature inside it. */
    private static boolean isThirdPartyInvite(JsonObject event) {
        return isMember(event)
                && content(event).string("membership").equals(Optional.of("invite"))
                && content(event).has("third_party_invite");
    }

    private static boolean isMember(JsonObject event) {
        return event.string("type").equals(Optional.of(EventTypes.MEMBER));
    }

    private static JsonObject content(JsonObject event) {
        return event.object("content").orElse(JsonObject.EMPTY);
    }

    private static Optional<ServerName> userServer(Optional<String> userId) {
        return userId.flatMap(UserId::tryParse).map(UserId::serverName);
    }

    private static Optional<ServerName> eventIdServer(JsonObject event) {
        return event.string("event_id").flatMap(EventId::tryParse).flatMap(EventId::serverName);
    }
}
