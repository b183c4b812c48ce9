package org.gatehouse.keys.verifykey;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.ServerKeys.OldKey;
import org.gatehouse.matrix.signing.VerifyKey;

/**
 * All that a server ever said of its keys. A key ID once seen with a key keeps that key for good.
 *
 * @param current keys of its newest answer
 * @param old keys that it says it used before, and keys that its newest answer no longer names
 * @param validUntilTs until when {@code current} may be used: what the answer says, but at most 7 days after it came
 * @param fetchedTs when the newest answer came; all times in milliseconds since the epoch
 */
public record KnownKeys(
        ServerName server,
        SortedMap<KeyId, VerifyKey> current,
        SortedMap<KeyId, OldKey> old,
        long validUntilTs,
        long fetchedTs) {

    static final Duration LONGEST_VALIDITY = Duration.ofDays(7);

    public KnownKeys {
        current = Collections.unmodifiableSortedMap(new TreeMap<>(current));
        old = Collections.unmodifiableSortedMap(new TreeMap<>(old));
    }

    static KnownKeys of(ServerKeys answer, long now) {
        long latest = now + LONGEST_VALIDITY.toMillis();
        return new KnownKeys(
                answer.server(),
                answer.verifyKeys(),
                answer.oldVerifyKeys(),
                Math.min(answer.validUntilTs(), latest),
                now);
    }

    /** What is known after a newer answer, and which of its key IDs were known with another key. */
    Merged merge(KnownKeys newer) {
        SortedMap<KeyId, VerifyKey> nextCurrent = new TreeMap<>();
        SortedMap<KeyId, OldKey> nextOld = new TreeMap<>();
        List<KeyId> conflicts = new java.util.ArrayList<>();
        newer.current.forEach((id, key) -> {
            if (contradicts(id, key)) {
                conflicts.add(id);
            } else {
                nextCurrent.put(id, key);
            }
        });
        newer.old.forEach((id, key) -> {
            if (contradicts(id, key.key())) {
                conflicts.add(id);
            } else {
                nextOld.put(id, key);
            }
        });
        keepWhatIsNoLongerNamed(nextCurrent.keySet(), nextOld);
        KnownKeys merged = new KnownKeys(server, nextCurrent, nextOld, newer.validUntilTs, newer.fetchedTs);
        return new Merged(merged, List.copyOf(conflicts));
    }

    private void keepWhatIsNoLongerNamed(Collection<KeyId> named, SortedMap<KeyId, OldKey> nextOld) {
        old.forEach((id, key) -> {
            if (!named.contains(id)) {
                nextOld.putIfAbsent(id, key);
            }
        });
        current.forEach((id, key) -> {
            if (!named.contains(id)) {
                nextOld.putIfAbsent(id, new OldKey(key, validUntilTs));
            }
        });
    }

    private boolean contradicts(KeyId id, VerifyKey key) {
        VerifyKey now = current.get(id);
        OldKey then = old.get(id);
        return (now != null && !now.equals(key)) || (then != null && !then.key().equals(key));
    }

    /** Whether nothing more is to be learnt for these key IDs, valid until then. No IDs ask for any key. */
    boolean suffices(Collection<KeyId> ids, long minimumValidUntilTs) {
        boolean fresh = validUntilTs >= minimumValidUntilTs;
        if (ids.isEmpty()) {
            return fresh && !current.isEmpty();
        }
        return ids.stream().allMatch(id -> old.containsKey(id) || (fresh && current.containsKey(id)));
    }

    ServerKeys asServerKeys() {
        return new ServerKeys(server, current, old, validUntilTs, JsonObject.EMPTY);
    }

    /** The form of VERIFY_KEYS and of the store: as Matrix writes keys, plus {@code fetched_ts}. */
    JsonObject toJson() {
        JsonObject.Builder verifyKeys = JsonObject.builder();
        current.forEach((id, key) -> verifyKeys.put(id.toString(), entry(key)));
        JsonObject.Builder oldVerifyKeys = JsonObject.builder();
        old.forEach(
                (id, key) -> oldVerifyKeys.put(id.toString(), entry(key.key()).with("expired_ts", key.expiredTs())));
        return JsonObject.builder()
                .put("verify_keys", verifyKeys.build())
                .put("old_verify_keys", oldVerifyKeys.build())
                .put("valid_until_ts", validUntilTs)
                .put("fetched_ts", fetchedTs)
                .build();
    }

    static KnownKeys fromJson(ServerName server, JsonObject json) {
        SortedMap<KeyId, VerifyKey> current = new TreeMap<>();
        SortedMap<KeyId, OldKey> old = new TreeMap<>();
        entries(json, "verify_keys").forEach((id, entry) -> current.put(id, key(entry)));
        entries(json, "old_verify_keys")
                .forEach((id, entry) -> old.put(
                        id, new OldKey(key(entry), entry.integer("expired_ts").orElseThrow())));
        return new KnownKeys(
                server,
                current,
                old,
                json.integer("valid_until_ts").orElseThrow(),
                json.integer("fetched_ts").orElseThrow());
    }

    private static Map<KeyId, JsonObject> entries(JsonObject json, String field) {
        Map<KeyId, JsonObject> entries = new TreeMap<>();
        json.object(field)
                .orElse(JsonObject.EMPTY)
                .forEach((id, entry) ->
                        entries.put(new KeyId(id), entry.asObject().orElseThrow()));
        return entries;
    }

    private static VerifyKey key(JsonObject entry) {
        return VerifyKey.fromBase64(entry.string("key").orElseThrow());
    }

    private static JsonObject entry(VerifyKey key) {
        return JsonObject.builder().put("key", key.toBase64()).build();
    }

    record Merged(KnownKeys keys, List<KeyId> conflicts) {}
}
