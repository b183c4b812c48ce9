package org.gatehouse.matrix.canonicaljson;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The writer and the reader against independent means, over random JSON from fixed seeds. */
class CanonicalWriterAgainstPlainWriterTest {

    private static final int[] INTERESTING = {
        0, 1, 8, 9, 10, 11, 12, 13, 0x1F, ' ', '"', '\\', '/', 'a', 'z', 0x7F, 0x80, 0xFF, 0x100, 0x7FF, 0x800, 0x2028,
        0xD7FF, 0xE000, 0xFB01, 0xFFFF, 0x1_0000, 0x1_F600, 0x10_FFFF
    };

    private static final String[] NUMBERS = {
        "0",
        "-0",
        "1",
        "-1",
        "9007199254740991",
        "9007199254740992",
        "-9007199254740993",
        "1e10",
        "1E5",
        "1e+3",
        "1e20",
        "12e-1",
        "1.0",
        "0.1",
        "-1.5e3",
        "123456789012345678901234567890",
        "1e300",
        "0e9"
    };

    @Test
    void bothWritersAgree() {
        Random random = new Random(42);
        for (int i = 0; i < 5_000; i++) {
            JsonValue value = value(random, 4);

            assertThat(CanonicalJson.write(value)).isEqualTo(PlainWriter.write(value));
        }
    }

    @Test
    void whatIsWrittenReadsBackToWhatIsWritten() {
        Random random = new Random(43);
        for (int i = 0; i < 5_000; i++) {
            byte[] written = CanonicalJson.write(value(random, 4));
            JsonValue readBack = StrictJson.parse(written);

            assertThat(CanonicalJson.write(readBack)).isEqualTo(written);
            assertThat(readBack.defect()).isEmpty();
        }
    }

    @Test
    void looseFormsReadToTheSameValue() {
        Random random = new Random(44);
        for (int i = 0; i < 5_000; i++) {
            JsonValue value = value(random, 4);
            String loose = loose(random, value);

            assertThat(StrictJson.parse(loose.getBytes(StandardCharsets.UTF_8))).isEqualTo(value);
        }
    }

    @Test
    void changedBytesAreReadOrRefusedButNeverCrash() {
        Random random = new Random(45);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = CanonicalJson.write(value(random, 3));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                JsonValue value = StrictJson.parse(bytes);
                assertThat(StrictJson.parse(CanonicalJson.write(value)).toString())
                        .isEqualTo(value.toString());
                read++;
            } catch (MalformedJson refused) {
                assertThat(refused.errcode()).isIn("M_NOT_JSON", "M_BAD_JSON");
            }
        }
        assertThat(read).isPositive();
    }

    private static JsonValue value(Random random, int depth) {
        switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0:
                return JsonNull.NULL;
            case 1:
                return JsonBoolean.of(random.nextBoolean());
            case 2:
                return number(random);
            case 3:
                return new JsonString(text(random));
            case 4:
                return array(random, depth);
            default:
                return object(random, depth);
        }
    }

    private static JsonNumber number(Random random) {
        return random.nextBoolean()
                ? JsonNumber.of(random.nextLong() >> random.nextInt(64))
                : new JsonNumber(NUMBERS[random.nextInt(NUMBERS.length)]);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            text.appendCodePoint(
                    random.nextInt(3) == 0
                            ? INTERESTING[random.nextInt(INTERESTING.length)]
                            : 'a' + random.nextInt(26));
        }
        return text.toString();
    }

    private static JsonArray array(Random random, int depth) {
        List<JsonValue> values = new ArrayList<>();
        for (int size = random.nextInt(5); size > 0; size--) {
            values.add(value(random, depth - 1));
        }
        return JsonArray.of(values);
    }

    private static JsonObject object(Random random, int depth) {
        JsonObject.Builder object = JsonObject.builder();
        for (int size = random.nextInt(12); size > 0; size--) {
            object.put(text(random), value(random, depth - 1));
        }
        return object.build();
    }

    /** The value with white space, escapes and key order chosen at random. */
    private static String loose(Random random, JsonValue value) {
        String space = " \n\t\r".substring(0, random.nextInt(5));
        if (value instanceof JsonObject object) {
            List<String> members = new ArrayList<>();
            object.forEach((name, member) -> members.add(
                    random.nextInt(members.size() + 1),
                    looseString(random, name) + space + ":" + loose(random, member)));
            return space + "{" + String.join(space + ",", members) + space + "}" + space;
        }
        if (value instanceof JsonArray array) {
            List<String> entries =
                    array.values().stream().map(each -> loose(random, each)).toList();
            return "[" + space + String.join(",", entries) + space + "]";
        }
        if (value instanceof JsonString string) {
            return space + looseString(random, string.value());
        }
        return space + (value instanceof JsonNumber number ? number.literal() : value.toString()) + space;
    }

    private static String looseString(Random random, String text) {
        StringBuilder loose = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean must = unit < 0x20 || unit == '"' || unit == '\\';
            // Halves of a pair are both escaped or both not.
            boolean may = !Character.isSurrogate(unit) && random.nextInt(4) == 0;
            loose.append(
                    must || may ? String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) unit) : "" + unit);
        }
        return loose.append('"').toString();
    }
}
