package org.gatehouse.matrix.canonicaljson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "]",
                "}",
                "{]",
                "[}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "nul",
                "nulll",
                "tru",
                "True",
                "NaN",
                "Infinity",
                "-Infinity",
                "0x10",
                "01",
                "-01",
                "+1",
                "-",
                ".5",
                "1.",
                "1.e1",
                "1e",
                "1e+",
                "--1",
                "1-1",
                "\"a",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u+123\"",
                "\"\\\"",
                "\"\t\"",
                "\"\n\"",
                "{} x",
                "{}{}",
                "1 2",
                "// c\n1",
                "/**/1",
                "[1]#",
                "\u00A01",
                "\u000B1",
                "'a'",
                "undefined"
            })
    void refusesWhatIsNotJson(String text) {
        assertNotJson(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C080",
                "E08080",
                "F0808080",
                "EDA080",
                "EDBFBF",
                "F4908080",
                "F5808080",
                "FF",
                "FE",
                "80",
                "C3",
                "E282",
                "F09F98",
                "C1BF",
                "E0809F",
                "C328"
            })
    void refusesWhatIsNotUtf8(String hex) {
        byte[] fault = HexFormat.of().parseHex(hex);
        byte[] body = new byte[fault.length + 2];
        body[0] = '"';
        System.arraycopy(fault, 0, body, 1, fault.length);
        body[body.length - 1] = '"';

        assertNotJson(body);
        assertNotJson(Arrays.copyOf(body, body.length - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
    void refusesABodyInAnotherEncoding(String charset) {
        assertNotJson("{\"a\":1}".getBytes(Charset.forName(charset)));
    }

    @Test
    void refusesAByteOrderMark() {
        assertNotJson("\uFEFF{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void acceptsTheEdgesOfUtf8() {
        String edges = "\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\uD800\uDC00\uDBFF\uDFFF";

        assertThat(parse("\"" + edges + "\"").asString()).contains(edges);
    }

    @Test
    void acceptsNulInAString() {
        assertThat(parse("\"\\u0000\"").asString()).contains("\u0000");
    }

    @Test
    void readsAllEscapes() {
        assertThat(parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00\\u002f\"")
                        .asString())
                .contains("\"\\/\b\f\n\r\t\u00e9\uD83D\uDE00/");
    }

    @Test
    void acceptsWhiteSpaceBetweenTokens() {
        assertThat(parse(" {\t\"a\" :\r[ 1 , 2 ]\n, \"b\": { } } ")).hasToString("{\"a\":[1,2],\"b\":{}}");
    }

    @Test
    void nestsAThousandDeepAndNoDeeper() {
        assertThat(parse(nested(1_000))).isInstanceOf(JsonArray.class);
        assertBadJson(nested(1_001));
        assertBadJson("{\"a\":".repeat(1_001) + "1" + "}".repeat(1_001));
    }

    @Test
    void overflowsNoStackOnMillionsOfBrackets() {
        assertBadJson("[".repeat(5_000_000));
    }

    @Test
    void aDeepValueIsWrittenAndComparedWithoutOverflow() {
        JsonValue deep = parse(nested(1_000));

        assertThat(CanonicalJson.isStrict(deep)).isTrue();
        assertThat(parse(deep.toString())).isEqualTo(deep).hasSameHashCodeAs(deep);
    }

    @Test
    void anArrayIsNoObject() {
        MalformedJson fault = catchThrowableOfType(
                MalformedJson.class, () -> StrictJson.parseObject("[]".getBytes(StandardCharsets.UTF_8)));

        assertThat(fault.errcode()).isEqualTo("M_BAD_JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "[{\"b\":{\"x\":1,\"y\":2,\"x\":1}}]",
                "{\"\":1,\"\":1}"
            })
    void marksADuplicateKeyAsADefectOfItsSubtree(String text) {
        assertThat(parse(text).defect()).contains(JsonDefect.DUPLICATE_KEY);
        assertThat(CanonicalJson.isStrict(parse(text))).isFalse();
    }

    @Test
    void keepsTheLastOfDuplicates() {
        assertThat(parse("{\"a\":1,\"b\":0,\"a\":2}")).hasToString("{\"a\":2,\"b\":0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00x\"", "\"\\udc00\\ud800\"", "{\"\\ud800\":1}", "[[\"\\uD83Dx\"]]"})
    void marksHalfASurrogatePairAsADefect(String text) {
        assertThat(parse(text).defect()).contains(JsonDefect.LONE_SURROGATE);
    }

    @Test
    void aDefectStaysWithItsSubtree() {
        JsonObject body = StrictJson.parseObject("{\"pdus\":[{\"a\":1,\"a\":1},{\"b\":1}],\"origin\":\"x\"}");

        assertThat(body.defect()).isPresent();
        assertThat(body.array("pdus").orElseThrow().values().get(1).defect()).isEmpty();
        assertThat(body.without("pdus").defect()).isEmpty();
    }

    @Test
    void aDefectOfTheKeysStaysWhenAValueIsReplaced() {
        JsonObject object = StrictJson.parseObject("{\"a\":1,\"a\":2}");

        assertThat(object.with("a", 3).defect()).contains(JsonDefect.DUPLICATE_KEY);
    }

    @Test
    void keepsTheLiteralTextOfNumbers() {
        for (String literal : new String[] {"1.0", "-0", "1e3", "1E+00", "123456789012345678901234567890"}) {
            assertThat(((JsonNumber) parse(literal)).literal()).isEqualTo(literal);
        }
    }

    @Test
    @Timeout(60)
    void readsAMillionDigitsInLinearTime() {
        JsonObject object = StrictJson.parseObject("{\"a\":" + "9".repeat(1_000_000) + "}");

        assertThat(object.integer("a")).isEmpty();
        assertThat(CanonicalJson.isStrict(object)).isFalse();
        assertThat(CanonicalJson.write(object)).hasSize(1_000_006);
    }

    @Test
    void readsAMillionKeysOfOneHash() {
        // "Aa" and "BB" have one hash code, and so have all strings of twenty such pairs.
        StringBuilder body = new StringBuilder("{");
        for (int i = 0; i < 1 << 20; i++) {
            body.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 20; bit++) {
                body.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            body.append("\":0");
        }
        byte[] bytes = body.append('}').toString().getBytes(StandardCharsets.UTF_8);

        assertThat(cpuTime(
                        () -> assertThat(StrictJson.parseObject(bytes).size()).isEqualTo(1 << 20)))
                .isLessThan(Duration.ofSeconds(10));
    }

    /** The tests run with a heap of 512 MB, which a tree of ten times the body fits into. */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "0", "\"\"", "null", "{\"a\":0}", "[[]]"})
    void twelveMegabytesOfSmallValuesFitIntoTheHeap(String entry) {
        int count = 12_000_000 / (entry.length() + 1);
        byte[] body = ("[" + (entry + ",").repeat(count - 1) + entry + "]").getBytes(StandardCharsets.UTF_8);

        assertThat(StrictJson.parse(body).asArray().orElseThrow().size()).isEqualTo(count);
    }

    @Test
    void aStringOfTwelveMegabytesIsRead() {
        assertThat(parse("\"" + "x".repeat(12_000_000) + "\"").asString().orElseThrow())
                .hasSize(12_000_000);
    }

    @Test
    void faultsShowNoContent() {
        assertThatThrownBy(() -> parse("{\"secret\":\"hunter2\",}")).hasMessageNotContaining("hunter2");
    }

    /** Of this thread alone: the machine may be busy with other things. */
    private static Duration cpuTime(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static void assertNotJson(byte[] body) {
        MalformedJson fault = catchThrowableOfType(MalformedJson.class, () -> StrictJson.parse(body));
        assertThat(fault).isNotNull();
        assertThat(fault.errcode()).isEqualTo("M_NOT_JSON");
    }

    private static void assertBadJson(String text) {
        MalformedJson fault = catchThrowableOfType(MalformedJson.class, () -> parse(text));
        assertThat(fault).isNotNull();
        assertThat(fault.errcode()).isEqualTo("M_BAD_JSON");
    }

    private static JsonValue parse(String text) {
        return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
