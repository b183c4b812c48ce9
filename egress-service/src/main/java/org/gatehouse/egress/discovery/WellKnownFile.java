package org.gatehouse.egress.discovery;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;

/** The body of /.well-known/matrix/server, read as JSON whatever its Content-Type says. */
final class WellKnownFile {

    private WellKnownFile() {}

    static Optional<ServerName> server(byte[] body) {
        try {
            return StrictJson.parseObject(body).string("m.server").flatMap(ServerName::tryParse);
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }
}
