package org.gatehouse.matrix.canonicaljson;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys that most events have, each as one string for all of them: nothing is made to read it, its hash is known,
 * and a look-up by the same constant ends at the reference. A key whose place another has is read like any other.
 */
final class KnownNames {

    private static final String[] NAMES = {
        "auth_events",
        "prev_events",
        "content",
        "depth",
        "event_id",
        "hashes",
        "origin_server_ts",
        "room_id",
        "sender",
        "signatures",
        "state_key",
        "type",
        "unsigned",
        "sha256",
        "body",
        "msgtype",
        "membership",
        "displayname",
        "avatar_url",
        "origin",
        "pdus",
        "edus",
        "edu_type",
        "redacts",
        "reason",
        "url",
        "info",
        "m.relates_to",
        "m.mentions",
        "algorithm",
        "ciphertext",
        "session_id",
        "device_id",
        "sender_key",
        "user_id",
        "rel_type",
        "format",
        "formatted_body",
        "prev_content",
        "age",
        "age_ts"
    };

    private static final int SLOTS = 512;
    private static final String[] BY_SLOT = new String[SLOTS];
    private static final byte[][] SPELLINGS = new byte[SLOTS][];

    static {
        Arrays.fill(SPELLINGS, new byte[0]);
        Arrays.fill(BY_SLOT, "");
        for (String name : NAMES) {
            byte[] spelling = name.getBytes(StandardCharsets.US_ASCII);
            int slot = slot(hash(spelling, 0, spelling.length));
            if (BY_SLOT[slot].isEmpty()) {
                BY_SLOT[slot] = name;
                SPELLINGS[slot] = spelling;
            }
        }
    }

    private KnownNames() {}

    /** The name that is spelled so, if it is one of these. */
    @Nullable
    static String find(int hash, byte[] bytes, int from, int to) {
        int slot = slot(hash);
        byte[] spelling = SPELLINGS[slot];
        return to > from && Arrays.equals(spelling, 0, spelling.length, bytes, from, to) ? BY_SLOT[slot] : null;
    }

    static int hash(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> 9 ^ hash >>> 18;
    }

    private static int slot(int hash) {
        return hash & (SLOTS - 1);
    }
}
