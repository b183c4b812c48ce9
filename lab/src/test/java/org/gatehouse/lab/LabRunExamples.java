package org.gatehouse.lab;

/** A request that each command answers. */
final class LabRunExamples {

    private static final String KEY = "XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI";
    private static final String CREATE = "{\"type\":\"m.room.create\",\"state_key\":\"\",\"sender\":\"@a:x\","
            + "\"content\":{\"room_version\":\"12\"},\"auth_events\":[]}";

    private LabRunExamples() {}

    static String good(String command) {
        return switch (command) {
            case "canonical" -> "{\"value\":1}";
            case "hash", "event-id", "redact" -> "{\"room_version\":\"11\",\"event\":{\"type\":\"a\"}}";
            case "sign" -> "{\"object\":{},\"server_name\":\"x\",\"key_id\":\"ed25519:1\",\"seed\":\"" + KEY + "\"}";
            case "verify" -> "{\"object\":{},\"server_name\":\"x\",\"keys\":{\"ed25519:1\":\"" + KEY + "\"}}";
            case "auth" -> "{\"room_version\":\"12\",\"event\":" + CREATE + ",\"auth_events\":[]}";
            case "resolve" ->
                "{\"room_version\":\"12\",\"events\":{\"$c\":"
                        + CREATE
                        + "},\"state_sets\":[[\"$c\"]],\"trusted_ids\":true}";
            default -> throw new IllegalArgumentException(command);
        };
    }
}
