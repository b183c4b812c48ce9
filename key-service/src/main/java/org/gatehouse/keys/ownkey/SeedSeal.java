package org.gatehouse.keys.ownkey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;

/** Encrypts seeds under the master key: AES-256-GCM, bound to the server name and the key ID. */
final class SeedSeal {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec masterKey;
    private final SecureRandom random;

    /** @throws IllegalArgumentException if the text is not 32 bytes in base64; it is not in the message */
    SeedSeal(String masterKeyBase64, SecureRandom random) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(masterKeyBase64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("gatehouse.keys.master-key is not base64");
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("gatehouse.keys.master-key is not " + KEY_BYTES + " bytes in base64");
        }
        boolean placeholder = true;
        for (byte b : key) {
            placeholder &= b == key[0];
        }
        if (placeholder) {
            throw new IllegalArgumentException(
                    "gatehouse.keys.master-key is a placeholder: make one from random bytes");
        }
        this.masterKey = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    byte[] seal(byte[] seed, ServerName server, KeyId keyId) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, seed, server, keyId);
        byte[] stored = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, stored, NONCE_BYTES, sealed.length);
        return stored;
    }

    /** @throws IllegalStateException if the bytes were not sealed with this master key for this server and key */
    byte[] open(byte[] stored, ServerName server, KeyId keyId) {
        byte[] nonce = Arrays.copyOf(stored, NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(stored, Math.min(NONCE_BYTES, stored.length), stored.length);
        return run(Cipher.DECRYPT_MODE, nonce, sealed, server, keyId);
    }

    private byte[] run(int mode, byte[] nonce, byte[] input, ServerName server, KeyId keyId) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, masterKey, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((server + " " + keyId).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the signing key " + keyId + " of " + server + " cannot be opened with gatehouse.keys.master-key",
                    e);
        }
    }

    @Override
    public String toString() {
        return "SeedSeal[REDACTED]";
    }
}
