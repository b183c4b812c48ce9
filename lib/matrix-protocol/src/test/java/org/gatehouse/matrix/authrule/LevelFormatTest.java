package org.gatehouse.matrix.authrule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.json;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.PowerLevelFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a power level in which versions: 1 to 5, 6 to 9, and 10 and later. */
class LevelFormatTest extends RuleTest {

    /** The value as JSON, and the level in versions 1 to 5, 6 to 9, from 10 on; a minus where it is none. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "100                     | 100 | 100 | 100",
                "-100                    | -100 | -100 | -100",
                "0                       | 0 | 0 | 0",
                "9007199254740991        | 9007199254740991 | 9007199254740991 | 9007199254740991",
                "9223372036854775807     | 9223372036854775807 | 9223372036854775807 | 9223372036854775807",
                "-9223372036854775808    | -9223372036854775808 | -9223372036854775808 | -9223372036854775808",
                // Integers beyond a long: the end of the range in versions 1 to 5; others do not have them.
                "9223372036854775808     | 9223372036854775807 | - | -",
                "-9223372036854775809    | -9223372036854775808 | - | -",
                "1000000000000000000000  | 9223372036854775807 | - | -",
                "-1000000000000000000000 | -9223372036854775808 | - | -",
                // Strings, until version 9.
                "\"100\"                 | 100 | 100 | -",
                "\"000100\"              | 100 | 100 | -",
                "\"+100\"                | 100 | 100 | -",
                "\"-100\"                | -100 | -100 | -",
                "\" 100 \"               | 100 | 100 | -",
                "\" +0100 \"             | 100 | 100 | -",
                "\" -00100 \"            | -100 | -100 | -",
                "\"\\t\\n\\u000b\\f\\r100\\u0085\\u00a0\\u3000\" | 100 | 100 | -",
                "\"0\"                   | 0 | 0 | -",
                "\"-0\"                  | 0 | 0 | -",
                "\"000\"                 | 0 | 0 | -",
                "\"9\"                   | 9 | 9 | -",
                "\"9223372036854775807\" | 9223372036854775807 | 9223372036854775807 | -",
                "\"9223372036854775805\" | 9223372036854775805 | 9223372036854775805 | -",
                "\"9223372036854775808\" | 9223372036854775807 | 9223372036854775807 | -",
                "\"-9223372036854775808\" | -9223372036854775808 | -9223372036854775808 | -",
                "\"-9223372036854775809\" | -9223372036854775808 | -9223372036854775808 | -",
                "\"99999999999999999999\" | 9223372036854775807 | 9223372036854775807 | -",
                "\"\"                    | - | - | -",
                "\" \"                   | - | - | -",
                "\"+\"                   | - | - | -",
                "\"-\"                   | - | - | -",
                "\"+-100\"               | - | - | -",
                "\"+ 100\"               | - | - | -",
                "\"1 00\"                | - | - | -",
                "\"1_00\"                | - | - | -",
                "\"100.0\"               | - | - | -",
                "\"1e2\"                 | - | - | -",
                "\"0x64\"                | - | - | -",
                "\"/\"                   | - | - | -",
                "\":\"                   | - | - | -",
                "\"\\u0008100\"          | - | - | -",
                "\"\\u000e100\"          | - | - | -",
                "\"\\u0661\"             | - | - | -",
                "\"a hundred\"           | - | - | -",
                // Floats, until version 5: the exponent first, then cut at the point.
                "50.57                   | 50 | - | -",
                "-50.57                  | -50 | - | -",
                "0.99                    | 0 | - | -",
                "-0.99                   | 0 | - | -",
                "-0                      | 0 | 0 | 0",
                "-0.0                    | 0 | - | -",
                "100.0                   | 100 | - | -",
                "5.114698E4              | 51146 | - | -",
                "5.114698e+4             | 51146 | - | -",
                "511469.8e-1             | 51146 | - | -",
                "1e2                     | 100 | - | -",
                "1E0                     | 1 | - | -",
                "1e-1                    | 0 | - | -",
                "12345e-3                | 12 | - | -",
                "0.00123e5               | 123 | - | -",
                "0.1e1                   | 1 | - | -",
                "9.99999999999999999999  | 9 | - | -",
                "4503599627370497.5      | 4503599627370497 | - | -",
                "9223372036854775807.9   | 9223372036854775807 | - | -",
                "1e18                    | 1000000000000000000 | - | -",
                "9.223372036854775807e18 | 9223372036854775807 | - | -",
                "9.223372036854775808e18 | 9223372036854775807 | - | -",
                "-9.223372036854775808e18 | -9223372036854775808 | - | -",
                "1e19                    | 9223372036854775807 | - | -",
                "-1e19                   | -9223372036854775808 | - | -",
                "1e308                   | 9223372036854775807 | - | -",
                "-1.7976931348623157e308 | -9223372036854775808 | - | -",
                "0e999999999999999999999 | 0 | - | -",
                "1e-999999999999999999999 | 0 | - | -",
                // Beyond a double.
                "1e309                   | - | - | -",
                "-1e309                  | - | - | -",
                "1e999999999999999999999 | - | - | -",
                // No levels in any version.
                "true                    | - | - | -",
                "null                    | - | - | -",
                "[100]                   | - | - | -",
                "{}                      | - | - | -",
            },
            delimiter = '|')
    void readsAsTheVersionDoes(String value, String lenient, String strings, String integers) {
        assertThat(read(PowerLevelFormat.LENIENT, value)).isEqualTo(level(lenient));
        assertThat(read(PowerLevelFormat.INTEGERS_AND_STRINGS, value)).isEqualTo(level(strings));
        assertThat(read(PowerLevelFormat.INTEGERS, value)).isEqualTo(level(integers));
    }

    @Test
    void readsNothingWhereNothingIs() {
        assertThat(LevelFormat.read(PowerLevelFormat.LENIENT, json("{}"), "level"))
                .isEmpty();
    }

    /** As many digits as an event can hold. */
    @ParameterizedTest
    @ValueSource(strings = {"%s", "'%s'", "0.%s", "%s.5", "1e%s", "1e-%s", "' %s '", "0.%se1"})
    void takesTimeInProportionToTheDigits(String form) {
        for (String digit : List.of("0", "1", "9")) {
            String number = form.contains("'") || form.startsWith("0.") || form.startsWith("1e") || !digit.equals("0")
                    ? form.formatted(digit.repeat(60_000))
                    : form.formatted("0");
            Assertions.assertTimeout(
                    Duration.ofMillis(500), () -> read(PowerLevelFormat.LENIENT, number.replace('\'', '"')));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void powerLevelsAreReadInTheFormatOfTheVersion(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        room.powerLevels(
                        ALICE,
                        "{'users':{'@bob:b.example':' +060 '},'users_default':'7','events':{'org.a':60.9},'kick':'8','ban':9.1}")
                .put();
        PowerLevels levels = PowerLevels.of(
                version, room.current(AuthSlots.CREATE).orElseThrow(), room.current(AuthSlots.POWER_LEVELS));
        boolean strings = version.powerLevelFormat() != PowerLevelFormat.INTEGERS;
        boolean floats = version.powerLevelFormat() == PowerLevelFormat.LENIENT;

        assertThat(levels.userLevel(new UserId(BOB))).isEqualTo(strings ? 60 : 0);
        assertThat(levels.userLevel(new UserId("@zoe:z.example"))).isEqualTo(strings ? 7 : 0);
        assertThat(levels.kick()).isEqualTo(strings ? 8 : 50);
        assertThat(levels.ban()).isEqualTo(floats ? 9 : 50);
        assertThat(levels.required("org.a", true)).isEqualTo(floats ? 60 : 50);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatIsNoLevelForAUserIsRefused(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);

        for (String value : List.of("'fifty'", "true", "null", "[]", "1e400")) {
            AuthVerdict verdict = room.check(room.powerLevels(ALICE, "{'users':{'@bob:b.example':" + value + "}}"));
            assertDenied(verdict, version, "9.3");
        }
        for (String users : List.of("5", "[]", "null", "{'bob':5}", "{'@bob':5}")) {
            assertDenied(room.check(room.powerLevels(ALICE, "{'users':" + users + "}")), version, "9.3");
        }
        AuthVerdict string = room.check(room.powerLevels(ALICE, "{'users':{'@bob:b.example':'50'}}"));
        AuthVerdict number = room.check(room.powerLevels(ALICE, "{'users':{'@bob:b.example':50.5}}"));
        assertThat(string.isAllowed()).isEqualTo(version.powerLevelFormat() != PowerLevelFormat.INTEGERS);
        assertThat(number.isAllowed()).isEqualTo(version.powerLevelFormat() == PowerLevelFormat.LENIENT);
    }

    /** The rules of versions 1 to 9 ask only users for levels: elsewhere the first event may hold anything. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "5", "6", "9"})
    void theFirstPowerLevelsOfOldVersionsMayHoldWhatIsNoLevel(String id) {
        RoomVersion version = RoomVersions.require(id);
        TestRoom room = TestRoom.publicRoom(version);
        room.remove(AuthSlots.POWER_LEVELS);
        String content = "{'ban':'x','events':{'m.room.topic':true,'m.room.name':100},'notifications':[],"
                + "'users':{'@alice:a.example':100,'@bob:b.example':50}}";

        assertAllowed(room.check(room.powerLevels(ALICE, content)), version, "9.4");
        room.powerLevels(ALICE, content).put();
        room.member(BOB, BOB, "join").put();
        assertAllowed(room.check(room.topic(BOB, "state_default holds")), version, "10");
        assertDenied(room.check(room.draft(BOB, "m.room.name").key("")), version, "7");
        assertAllowed(room.check(room.member(BOB, "@c:c.example", "ban")), version, "4.6.2");
    }

    /** Such values cannot be compared with what was before. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "5", "6", "9"})
    void laterPowerLevelsOfOldVersionsMayNot(String id) {
        RoomVersion version = RoomVersions.require(id);
        TestRoom room = TestRoom.publicRoom(version);

        for (String value : List.of("'x'", "null", "true", "[]")) {
            assertDenied(room.check(room.powerLevels(ALICE, "{'ban':" + value + "}")), version, "9.5.2");
            assertDenied(room.check(room.powerLevels(ALICE, "{'events':{'x':" + value + "}}")), version, "9.7.1");
            assertDenied(room.check(room.powerLevels(ALICE, "{'events':" + value + "}")), version, "9.7.1");
            AuthVerdict notifications = room.check(room.powerLevels(ALICE, "{'notifications':{'room':" + value + "}}"));
            assertThat(notifications.isAllowed()).isEqualTo(!version.notificationLevelsChecked());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5"})
    void aNumberBeyondADoubleAnywhereRefusesTheEvent(String id) {
        RoomVersion version = RoomVersions.require(id);
        TestRoom room = TestRoom.publicRoom(version);

        for (String content : List.of(
                "{'users_default':1e400}",
                "{'ban':-1e400}",
                "{'events':{'x':1e400}}",
                "{'notifications':{'room':1e400}}")) {
            assertDenied(room.check(room.powerLevels(ALICE, content)), version, "9.3");
        }
        assertAllowed(room.check(room.powerLevels(ALICE, "{'other':1e400,'events':{'x':1e1}}")), version, "9.10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "5", "6", "9"})
    void anotherWritingOfTheSameLevelIsNoChange(String id) {
        RoomVersion version = RoomVersions.require(id);
        TestRoom room = TestRoom.publicRoom(version);
        room.powerLevels(ALICE, "{'ban':'100','users':{'@alice:a.example':'100','@bob:b.example':'60'}}")
                .put();
        room.member(BOB, BOB, "join").put();

        AuthVerdict same = room.check(
                room.powerLevels(BOB, "{'ban':100,'users':{'@alice:a.example':100,'@bob:b.example':' 060'}}"));
        AuthVerdict lower =
                room.check(room.powerLevels(BOB, "{'ban':99,'users':{'@alice:a.example':100,'@bob:b.example':60}}"));

        assertAllowed(same, version, "9.10");
        assertDenied(lower, version, "9.5.1");
    }

    /** Levels at the ends of the range are compared, not counted with. */
    @Test
    void theLeastLevelIsAtLeastItself() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V1);
        String least = "-99999999999999999999";
        String rest = "'events':{'m.room.power_levels':" + least + "}";
        room.powerLevels(ALICE, "{" + rest + ",'users':{'@bob:b.example':" + least + ",'@c:c.example':" + least + "}}")
                .put();
        room.member(BOB, BOB, "join").put();

        AuthVerdict verdict =
                room.check(room.powerLevels(BOB, "{" + rest + ",'users':{'@bob:b.example':" + least + "}}"));

        assertDenied(verdict, RoomVersions.V1, "9.8.1");
    }

    private static OptionalLong read(PowerLevelFormat format, String value) {
        return LevelFormat.read(format, StrictJson.parse(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static OptionalLong level(String text) {
        return text.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }
}
