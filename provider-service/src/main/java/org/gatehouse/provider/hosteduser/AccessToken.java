package org.gatehouse.provider.hosteduser;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret that stands for a session. It is shown to its owner once, and kept only as a hash. */
public record AccessToken(String secret) {

    private static final int RANDOM_BYTES = 32;

    /** A new token of 256 random bits. */
    public static AccessToken generate(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new AccessToken("gh_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What is stored: a random token needs no salt. */
    public TokenHash hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return new TokenHash(java.util.HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
