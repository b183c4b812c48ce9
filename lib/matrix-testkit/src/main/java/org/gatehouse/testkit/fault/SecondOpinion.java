package org.gatehouse.testkit.fault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/**
 * Checks an event's ID, content hash and signatures without the code that the services do it with: its own canonical form
 * and redaction, the JDK's SHA-256 and Ed25519. Whether a key was valid at the time it does not ask.
 */
final class SecondOpinion {

    private static final byte[] ED25519_HEADER = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int SIGNATURE_BYTES = 64;

    private final Map<ServerName, Map<String, String>> keys;

    /** @param keys public keys in unpadded base64, by server and key ID */
    SecondOpinion(Map<ServerName, Map<String, String>> keys) {
        this.keys = keys;
    }

    /** A sentence for each thing that is not as it claims. */
    List<String> wrongWith(String version, EventId id, JsonObject event) {
        List<String> wrong = new ArrayList<>();
        JsonObject redacted = PlainRedaction.redact(version, event);
        if (!idOf(version, event, redacted).equals(id.toString())) {
            wrong.add("has the bytes of another event: " + idOf(version, event, redacted));
        }
        // Of an event that was redacted the hash is over what is gone.
        if (!event.without("unsigned").equals(redacted.without("unsigned")) && !hasTrueHash(event)) {
            wrong.add("has a wrong content hash");
        }
        byte[] signed = bytes(redacted.without("signatures", "unsigned"));
        for (ServerName signer : signers(version, event)) {
            if (!isSignedBy(signer, event, signed)) {
                wrong.add("has no good signature of " + signer);
            }
        }
        return wrong;
    }

    private static String idOf(String version, JsonObject event, JsonObject redacted) {
        if (version.equals("1") || version.equals("2")) {
            return event.string("event_id").orElse("");
        }
        byte[] hash = sha256(bytes(redacted.without("signatures", "unsigned", "age_ts")));
        Base64.Encoder base64 = version.equals("3") ? Base64.getEncoder() : Base64.getUrlEncoder();
        return "$" + base64.withoutPadding().encodeToString(hash);
    }

    private static boolean hasTrueHash(JsonObject event) {
        byte[] hash = sha256(bytes(event.without("signatures", "unsigned", "hashes")));
        return event.object("hashes")
                .flatMap(hashes -> hashes.string("sha256"))
                .filter(Base64.getEncoder().withoutPadding().encodeToString(hash)::equals)
                .isPresent();
    }

    private static Set<ServerName> signers(String version, JsonObject event) {
        Set<ServerName> signers = new LinkedHashSet<>();
        JsonObject content = event.object("content").orElse(JsonObject.EMPTY);
        boolean isMember = event.string("type").filter("m.room.member"::equals).isPresent();
        boolean isByThirdParty = isMember
                && content.string("membership").filter("invite"::equals).isPresent()
                && content.has("third_party_invite");
        if (!isByThirdParty) {
            event.string("sender").flatMap(UserId::tryParse).ifPresent(sender -> signers.add(sender.serverName()));
        }
        if (version.equals("1") || version.equals("2")) {
            event.string("event_id")
                    .map(id -> new ServerName(id.substring(id.indexOf(':') + 1)))
                    .ifPresent(signers::add);
        }
        if (isMember && PlainRedaction.isAtLeast(version, 8)) {
            content.string("join_authorised_via_users_server")
                    .flatMap(UserId::tryParse)
                    .ifPresent(user -> signers.add(user.serverName()));
        }
        return signers;
    }

    private boolean isSignedBy(ServerName signer, JsonObject event, byte[] signed) {
        Optional<JsonObject> signatures = event.object("signatures").flatMap(all -> all.object(signer.toString()));
        return signatures.isPresent()
                && keys.getOrDefault(signer, Map.of()).entrySet().stream()
                        .anyMatch(key -> signatures
                                .get()
                                .string(key.getKey())
                                .filter(signature -> verifies(key.getValue(), signed, signature))
                                .isPresent());
    }

    private static boolean verifies(String key, byte[] signed, String signature) {
        try {
            byte[] raw = Base64.getDecoder().decode(key);
            byte[] encoded = new byte[ED25519_HEADER.length + raw.length];
            System.arraycopy(ED25519_HEADER, 0, encoded, 0, ED25519_HEADER.length);
            System.arraycopy(raw, 0, encoded, ED25519_HEADER.length, raw.length);
            PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey);
            ed25519.update(signed);
            byte[] bytes = Base64.getDecoder().decode(signature);
            return bytes.length == SIGNATURE_BYTES && ed25519.verify(bytes);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] bytes(JsonObject object) {
        return PlainCanonicalJson.write(object).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
