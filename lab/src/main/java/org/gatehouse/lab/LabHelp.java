package org.gatehouse.lab;

/** What {@code gatehouse lab help} prints. */
final class LabHelp {

    static final String TEXT = """
            gatehouse lab COMMAND [FILE] [--batch] [--explain]

            Reads one JSON object from FILE or standard input and writes one line of JSON. With --batch each line is
            a request, and is answered before the next is read. What cannot be answered is {"error":"…"}, and the
            exit code 1.

            canonical   {"value", "room_version"?}                    → {"canonical"}
            hash        {"room_version", "event"}                     → {"content_hash", "reference_hash"}
            event-id    {"room_version", "event"}                     → {"event_id"}
            redact      {"room_version", "event"}                     → {"event"}
            sign        {"room_version", "event", "server_name", "key_id", "seed"} → {"event"}
                        {"object", "server_name", "key_id", "seed"}   → {"object"}
            verify      {"room_version", "event", "server_name", "keys": {KEY_ID: BASE64}}
                                                                      → {"valid", "reason", "content_hash_matches"}
                        {"object", "server_name", "keys"}             → {"valid", "reason"}
            auth        {"room_version", "event", "auth_events": [EVENT, …], "trusted_ids"?, "rejected"?: [ID, …]}
                                                                      → {"allowed", "rule", "reason"}
                        with --explain also the events that decided
            resolve     {"room_version", "events": {ID: EVENT}, "state_sets": [[ID, …], …], "trusted_ids"?}
                                                                      → {"state": [ID, …], "cpu_ms", "build_cpu_ms"}
                        with --explain also the conflicted events, the orders, the mainline and every verdict

            docs/lab.md has an example of each.
            """;

    private LabHelp() {}
}
