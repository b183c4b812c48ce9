package org.gatehouse.runtime.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tokens of the operators, kept as digests. */
final class AdminTokens {

    private static final int SHORTEST = 16;

    /** @param fingerprint the beginning of the token's digest: names the bearer in the audit log */
    record Bearer(AdminRole role, String fingerprint) {}

    private static final class Entry {
        private final byte[] digest;
        private final AdminRole role;

        Entry(byte[] digest, AdminRole role) {
            this.digest = digest;
            this.role = role;
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    /** @param configured each {@code role:token}; a token has at least 16 characters */
    AdminTokens(List<String> configured) {
        for (String entry : configured) {
            int colon = entry.indexOf(':');
            if (colon < 0 || entry.length() - colon - 1 < SHORTEST) {
                throw new IllegalArgumentException("gatehouse.admin.tokens: each is role:token, the token with "
                        + SHORTEST + " characters or more");
            }
            AdminRole role = AdminRole.valueOf(entry.substring(0, colon).strip().toUpperCase(Locale.ROOT));
            entries.add(new Entry(digest(entry.substring(colon + 1)), role));
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Compares with every token, each in constant time. */
    Optional<Bearer> find(String token) {
        byte[] digest = digest(token);
        Optional<Bearer> found = Optional.empty();
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.digest, digest)) {
                found = Optional.of(new Bearer(entry.role, HexFormat.of().formatHex(digest, 0, 4)));
            }
        }
        return found;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
