package org.gatehouse.matrix.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.XMatrixParse.Absent;
import org.gatehouse.matrix.request.XMatrixParse.Malformed;
import org.gatehouse.matrix.request.XMatrixParse.Parsed;
import org.gatehouse.matrix.request.XMatrixParse.RequestSignature;

/** Reads the X-Matrix authorization scheme. Several headers may come, one for each key of the one origin. */
public final class XMatrix {

    private XMatrix() {}

    /**
     * Reads all that the headers of one request say.
     *
     * @param authorizationHeaders the values of all its Authorization headers; other schemes are passed over
     */
    public static XMatrixParse parse(List<String> authorizationHeaders) {
        try {
            return parseAll(authorizationHeaders.stream()
                    .filter(AuthorizationParameters::isXMatrix)
                    .toList());
        } catch (MalformedAuthorization fault) {
            return new Malformed(fault.getMessage());
        }
    }

    private static XMatrixParse parseAll(List<String> headers) {
        if (headers.isEmpty()) {
            return new Absent();
        }
        List<Parsed> single = headers.stream().map(XMatrix::parseOne).toList();
        Parsed first = single.get(0);
        List<RequestSignature> signatures = new ArrayList<>();
        for (Parsed each : single) {
            if (!each.origin().equals(first.origin()) || !each.destination().equals(first.destination())) {
                throw new MalformedAuthorization("headers of different origin or destination");
            }
            each.signatures().stream()
                    .filter(signature -> signature.keyId().isEd25519())
                    .forEach(signatures::add);
        }
        if (signatures.isEmpty()) {
            throw new MalformedAuthorization("no key of a known algorithm");
        }
        return new Parsed(first.origin(), first.destination(), signatures);
    }

    private static Parsed parseOne(String header) {
        AuthorizationParameters parameters = AuthorizationParameters.parse(header);
        ServerName origin = ServerName.tryParse(parameters.require("origin"))
                .orElseThrow(() -> new MalformedAuthorization("origin is no server name"));
        KeyId keyId = KeyId.tryParse(parameters.require("key"))
                .orElseThrow(() -> new MalformedAuthorization("key is no key ID"));
        Optional<ServerName> destination = parameters
                .find("destination")
                .map(value -> ServerName.tryParse(value)
                        .orElseThrow(() -> new MalformedAuthorization("destination is no server name")));
        // Everyone sends "sig"; the specification's list of parameters says "signature".
        String signature = parameters.find("signature").orElseGet(() -> parameters.require("sig"));
        return new Parsed(origin, destination, List.of(new RequestSignature(keyId, signature)));
    }
}
