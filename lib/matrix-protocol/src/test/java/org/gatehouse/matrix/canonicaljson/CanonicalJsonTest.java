package org.gatehouse.matrix.canonicaljson;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gatehouse.matrix.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    static List<JsonObject> canonicalVectors() {
        return Vectors.list("canonical_json");
    }

    static List<JsonObject> strictnessVectors() {
        return Vectors.list("canonical_json_strictness");
    }

    @ParameterizedTest
    @MethodSource("canonicalVectors")
    void writesTheVectorsOfTheSpecification(JsonObject vector) {
        JsonValue input = parse(Vectors.text(vector, "input"));

        assertThat(CanonicalJson.writeString(input)).isEqualTo(Vectors.text(vector, "canonical"));
    }

    @Test
    void hasAllNineteenVectors() {
        assertThat(canonicalVectors()).hasSize(19);
    }

    @ParameterizedTest
    @MethodSource("strictnessVectors")
    void refusesInStrictRoomVersionsWhatTheVectorsRefuse(JsonObject vector) {
        JsonValue json = parse(Vectors.text(vector, "json"));

        assertThat(CanonicalJson.isStrict(json))
                .isEqualTo(Vectors.text(vector, "v6_plus").equals("accept"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "9007199254740991", "-9007199254740991"})
    void integersWithinTheSafeRangeAreStrict(String number) {
        assertThat(CanonicalJson.isStrict(parse("{\"a\":[" + number + "]}"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0",
                "1.0",
                "1e3",
                "1E0",
                "0e0",
                "-0.0",
                "9007199254740992",
                "-9007199254740992",
                "9007199254740993",
                "99999999999999999999",
                "9223372036854775808",
                "1.5"
            })
    void otherNumbersAreNotStrict(String number) {
        assertThat(CanonicalJson.isStrict(parse("{\"a\":[" + number + "]}"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "-0,                 0",
        "-0e7,               0",
        "1e10,               10000000000",
        "-12e1,              -120",
        "9007199254740991e0, 9007199254740991",
        "1e15,               1000000000000000",
        "1E+2,               100",
        "1e16,               1e16",
        "9007199254740992e0, 9007199254740992e0",
        "1e+16,              1e+16",
        "1e999999999,        1e999999999",
        "1e-1,               1e-1",
        "1.0,                1.0",
        "1.10,               1.10",
        "1.5e3,              1.5e3",
        "-0.0,               -0.0",
        "9007199254740993,   9007199254740993",
    })
    void rewritesOnlyNumbersThatStandForSafeIntegers(String literal, String written) {
        assertThat(CanonicalJson.writeString(parse(literal))).isEqualTo(written);
    }

    @Test
    void reEmitsAFloatAsItWasReadSoThatTheRequestAroundItVerifies() {
        String body = "{\"pdus\":[{\"content\":{\"x\":1.1},\"depth\":1.0}]}";

        assertThat(CanonicalJson.writeString(parse(body))).isEqualTo(body);
    }

    @Test
    void escapesControlCharactersInLowerCaseAndNothingElse() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x20; c++) {
            all.append(c);
        }
        String written = CanonicalJson.writeString(new JsonString(all + "\"\\/\u007F\u0080\u2028\uFFFF\uD83D\uDE00"));

        assertThat(written)
                .isEqualTo(
                        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
                                + "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d"
                                + "\\u001e\\u001f\\\"\\\\/\u007F\u0080\u2028\uFFFF\uD83D\uDE00\"");
    }

    @Test
    void writesHalfASurrogatePairAsItsEscape() {
        assertThat(CanonicalJson.writeString(new JsonString("a\uD800b\uDC00"))).isEqualTo("\"a\\ud800b\\udc00\"");
    }

    private static JsonValue parse(String text) {
        return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
