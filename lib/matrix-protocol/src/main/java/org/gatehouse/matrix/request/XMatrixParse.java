package org.gatehouse.matrix.request;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;

/** What the Authorization headers of a request say. Nothing in it is verified yet. */
public sealed interface XMatrixParse {

    /** The parsed headers, if that is what this is. */
    default Optional<Parsed> parsed() {
        return Optional.empty();
    }

    /**
     * Headers that can be read.
     *
     * @param destination the server that the sender meant, absent from old servers
     * @param signatures at least one, of Ed25519 keys
     */
    record Parsed(ServerName origin, Optional<ServerName> destination, List<RequestSignature> signatures)
            implements XMatrixParse {

        public Parsed {
            signatures = List.copyOf(signatures);
        }

        @Override
        public Optional<Parsed> parsed() {
            return Optional.of(this);
        }
    }

    /**
     * One signature on a request.
     *
     * @param signature in base64, not yet decoded
     */
    record RequestSignature(KeyId keyId, String signature) {}

    /**
     * Headers that are not as they should be.
     *
     * @param reason fit for an error message; holds nothing of the header
     */
    record Malformed(String reason) implements XMatrixParse {}

    /** No Authorization header of the scheme X-Matrix. */
    record Absent() implements XMatrixParse {}
}
