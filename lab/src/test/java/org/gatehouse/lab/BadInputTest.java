package org.gatehouse.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a request, the answer is one line that says what, and the exit code 1. */
class BadInputTest {

    private static final String SEED = "YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1";
    private static final String CREATE = "{\"type\":\"m.room.create\",\"state_key\":\"\",\"sender\":\"@a:x\","
            + "\"room_id\":\"!r:x\",\"content\":{},\"auth_events\":[]}";

    private static String citing(String... ids) {
        return CREATE.replace(
                "[]", Stream.of(ids).map(id -> '"' + id + '"').collect(Collectors.joining(",", "[", "]")));
    }

    private static String resolve(String events, String sets) {
        return "{\"room_version\":\"11\",\"trusted_ids\":true,\"events\":{" + events + "},\"state_sets\":" + sets + "}";
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                // No JSON, or not an object.
                Arguments.of("canonical", "", "not a JSON object"),
                Arguments.of("canonical", "{", "not a JSON object"),
                Arguments.of("canonical", "[1]", "not an object"),
                Arguments.of("canonical", "{\"value\":1} x", "bytes after the value"),
                Arguments.of("canonical", "{\"value\":01}", "not a number"),
                Arguments.of("canonical", "{\"value\":" + "[".repeat(100_000), "deeper"),
                Arguments.of("canonical", "{\"value\":{\"a\":1,\"a\":2}}", "DUPLICATE_KEY"),
                Arguments.of("canonical", "{\"value\":\"\\ud800\"}", "LONE_SURROGATE"),
                // Keys that are missing, unknown or of the wrong type.
                Arguments.of("canonical", "{}", "value is missing"),
                Arguments.of("canonical", "{\"b\":1,\"a\":1}", "unknown key \"a\"; there are value, room_version"),
                Arguments.of("hash", "{\"event\":{}}", "room_version is missing"),
                Arguments.of("hash", "{\"room_version\":11,\"event\":{}}", "room_version is not a string"),
                Arguments.of("hash", "{\"room_version\":\"11\",\"event\":[]}", "event is not an object"),
                Arguments.of("redact", "{\"room_version\":\"11\",\"event\":{},\"x\":1}", "unknown key \"x\""),
                Arguments.of("redact", "{\"room_version\":\"13\",\"event\":{}}", "\"13\" is not known"),
                Arguments.of("event-id", "{\"room_version\":\"1\",\"event\":{}}", "event_id is missing"),
                // Keys and signatures.
                Arguments.of(
                        "sign", "{\"object\":{},\"server_name\":\"x\",\"key_id\":\"ed25519:1\"}", "seed is missing"),
                Arguments.of("sign", signing("??", "x", "ed25519:1"), "seed: not base64"),
                Arguments.of("sign", signing("AAAA", "x", "ed25519:1"), "seed: a seed is not 32 bytes"),
                Arguments.of("sign", signing(SEED, "x y", "ed25519:1"), "server_name: "),
                Arguments.of("sign", signing(SEED, "x", "rsa:1"), "not ed25519"),
                Arguments.of("sign", signing(SEED, "x", "one"), "key_id: \"one\""),
                Arguments.of("verify", "{\"object\":{},\"server_name\":\"x\",\"keys\":[]}", "keys is not an object"),
                Arguments.of(
                        "verify",
                        "{\"object\":{},\"server_name\":\"x\",\"keys\":{\"ed25519:1\":\"AAAA\"}}",
                        "keys: \"ed25519:1\": not 32 bytes"),
                Arguments.of(
                        "verify", "{\"object\":{},\"server_name\":\"x\",\"keys\":{\"ed25519:1\":1}}", "not a string"),
                // Events.
                Arguments.of(
                        "auth", "{\"room_version\":\"11\",\"event\":{},\"auth_events\":[]}", "event: type is missing"),
                Arguments.of(
                        "auth",
                        "{\"room_version\":\"11\",\"event\":" + CREATE + ",\"auth_events\":[1]}",
                        "auth_events[0]"),
                Arguments.of(
                        "auth",
                        "{\"room_version\":\"11\",\"event\":"
                                + citing("$x").replace("create", "name")
                                + ",\"auth_events\":[]}",
                        "auth_events: $x is missing"),
                // State sets, and the graph.
                Arguments.of(
                        "resolve",
                        resolve("\"$m\":" + citing().replace("create", "member"), "[]")
                                .replace("\"11\"", "\"12\""),
                        "the room ID is the create event's ID with !"),
                Arguments.of(
                        "resolve",
                        resolve("\"$m\":" + citing().replace("create", "member").replace("!r:x", "!c"), "[]")
                                .replace("\"11\"", "\"12\""),
                        "events: $c is missing, which $m cites"),
                Arguments.of("resolve", resolve("", "{}"), "state_sets is not an array"),
                Arguments.of("resolve", resolve("", "[1]"), "state_sets[0] is not an array"),
                Arguments.of("resolve", resolve("", "[[1]]"), "state_sets[0] holds what is not a string"),
                Arguments.of("resolve", resolve("", "[[],[\"c\"]]"), "state_sets[1]: \"c\" is no event ID"),
                Arguments.of("resolve", resolve("", "[[\"$c\"]]"), "state_sets[0]: $c is not among the events"),
                Arguments.of("resolve", resolve("\"c\":" + CREATE, "[]"), "events: \"c\" is no event ID"),
                Arguments.of("resolve", resolve("\"$c\":1", "[]"), "$c is not an object"),
                Arguments.of("resolve", resolve("\"$c\":{}", "[]"), "$c: type is missing"),
                Arguments.of(
                        "resolve",
                        resolve("\"$c\":" + CREATE.replace("{\"type", "{\"event_id\":\"$d\",\"type"), "[]"),
                        "another event_id"),
                Arguments.of(
                        "resolve",
                        resolve("\"$c\":" + CREATE + ",\"$d\":" + CREATE, "[[\"$c\",\"$d\"]]"),
                        "state_sets[0]: $c and $d stand in one slot"),
                Arguments.of(
                        "resolve",
                        resolve("\"$c\":" + CREATE.replace("\"state_key\":\"\",", ""), "[[\"$c\"]]"),
                        "$c is no state event"),
                Arguments.of(
                        "resolve", resolve("\"$c\":" + citing("$x"), "[[\"$c\"]]"), "$x is missing, which $c cites"),
                Arguments.of("resolve", resolve("\"$c\":" + citing("$c"), "[]"), "auth_events of $c lead back"),
                Arguments.of(
                        "resolve",
                        resolve("\"$a\":" + citing("$b") + ",\"$b\":" + citing("$c") + ",\"$c\":" + citing("$a"), "[]"),
                        "lead back to it"),
                Arguments.of(
                        "resolve",
                        resolve("\"$c\":" + CREATE, "[]").replace("\"trusted_ids\":true", "\"trusted_ids\":false"),
                        "events: the event under $c is $"),
                Arguments.of("resolve", resolve("", "[]").replace("true", "1"), "trusted_ids is not true or false"));
    }

    private static String signing(String seed, String server, String keyId) {
        return "{\"object\":{},\"server_name\":\"%s\",\"key_id\":\"%s\",\"seed\":\"%s\"}"
                .formatted(server, keyId, seed);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("requests")
    void isAnError(String command, String input, String expected) {
        LabRun run = LabRun.of(input, command);

        assertThat(run.error()).contains(expected).doesNotContain("bug");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("requests")
    void isAnErrorInABatchWhichGoesOn(String command, String input, String expected) {
        String good = LabRunExamples.good(command);

        LabRun run = LabRun.of(input + "\n" + good + "\n", command, "--batch");

        List<String> answers = run.lines();
        assertThat(run.exitCode()).isEqualTo(input.isEmpty() ? 0 : 1);
        assertThat(answers.get(answers.size() - 1)).doesNotContain("error");
        assertThat(answers).hasSize(input.isEmpty() ? 1 : 2);
    }

    static Stream<Arguments> commandLines() {
        return Stream.of(
                Arguments.of(List.of("guess"), "no command \"guess\"; there are auth, canonical"),
                Arguments.of(List.of("--batch"), "no command is given"),
                Arguments.of(List.of("hash", "--fast"), "no flag --fast"),
                Arguments.of(List.of("hash", "--explain"), "no --explain"),
                Arguments.of(List.of("hash", "a", "b"), "one word too many: b"),
                Arguments.of(List.of("hash", "/nowhere/at/all"), "the file cannot be read"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commandLines")
    void aWrongCommandLineIsAnErrorToo(List<String> arguments, String expected) {
        assertThat(LabRun.of("{}", arguments.toArray(String[]::new)).error()).contains(expected);
    }

    @Test
    void bytesThatAreNotUtf8() {
        LabRun run = LabRun.of(new byte[] {'{', '"', (byte) 0xC3, '"', '}'}, 100, "canonical");

        assertThat(run.error()).contains("not UTF-8 at byte 2");
    }

    @Test
    void anInputOverTheLimit() {
        byte[] limit = "{\"value\":\"12345\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(LabRun.of(limit, limit.length, "canonical").exitCode()).isZero();
        assertThat(LabRun.of(limit, limit.length - 1, "canonical").error()).contains("longer than 16 bytes");
    }

    @Test
    void aLineOverTheLimitIsPassedOver() {
        String small = "{\"value\":1}";
        String large = "{\"value\":\"" + "x".repeat(100_000) + "\"}";
        byte[] input = (small + "\n" + large + "\r\n\n" + small + "\n" + large + "xx\n" + small)
                .getBytes(StandardCharsets.UTF_8);

        LabRun run = LabRun.of(input, large.length() + 1, "canonical", "--batch");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines()).hasSize(5);
        assertThat(run.lines().get(1)).hasSizeGreaterThan(100_000);
        assertThat(run.lines().get(3)).contains("the line is longer than");
        assertThat(run.lines()).element(4).isEqualTo("{\"canonical\":\"1\"}");
    }

    @Test
    void aLongPathOfAuthEventsIsFollowedWithoutRecursion() {
        String events = IntStream.range(1, 50_000)
                .mapToObj(i -> "\"$" + i + "\":" + citing("$" + (i - 1)).replace("\"state_key\":\"\",", ""))
                .collect(Collectors.joining(","));

        LabRun run = LabRun.of(resolve("\"$0\":" + citing("$49999") + "," + events, "[]"), "resolve");

        assertThat(run.error()).contains("lead back");
    }
}
