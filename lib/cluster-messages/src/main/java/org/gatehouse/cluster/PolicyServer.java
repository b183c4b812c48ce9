package org.gatehouse.cluster;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * The policy server that a room uses.
 *
 * @param via the server that is asked
 * @param ed25519 its public key, in base64, as the state event has it
 */
public record PolicyServer(ServerName via, String ed25519) {

    /** What a valid {@code m.room.policy} names; whether that server has a user in the room is another question. */
    public static Optional<PolicyServer> of(JsonObject content) {
        Optional<ServerName> via = content.string("via").flatMap(ServerName::tryParse);
        Optional<String> key = content.object("public_keys").flatMap(keys -> keys.string("ed25519"));
        return via.flatMap(server -> key.map(text -> new PolicyServer(server, text)));
    }
}
