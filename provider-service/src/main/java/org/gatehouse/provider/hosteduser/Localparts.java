package org.gatehouse.provider.hosteduser;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;
import org.gatehouse.matrix.identifier.InvalidIdentifier;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.runtime.http.MatrixError;

/** The names that new users may have (Appendices, "User Identifiers"). */
final class Localparts {

    private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9._=/+-]+");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int GENERATED_LENGTH = 16;

    private Localparts() {}

    /**
     * The user ID for a wished name. Capitals are lowered, as the specification lets a server do.
     *
     * @throws MatrixError 400 M_INVALID_USERNAME
     */
    static UserId userId(String wished, ServerName server) {
        String localpart = wished.toLowerCase(Locale.ROOT);
        if (!GRAMMAR.matcher(localpart).matches()) {
            throw invalid("A user name consists of a-z, 0-9 and ._=-/+");
        }
        try {
            return new UserId("@" + localpart + ":" + server.value());
        } catch (InvalidIdentifier e) {
            throw invalid("The user name is too long");
        }
    }

    /** A name for who wishes none. */
    static String generate(SecureRandom random) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < GENERATED_LENGTH; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    private static MatrixError invalid(String message) {
        return new MatrixError(400, "M_INVALID_USERNAME", message);
    }
}
