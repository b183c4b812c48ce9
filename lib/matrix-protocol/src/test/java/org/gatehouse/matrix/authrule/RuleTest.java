package org.gatehouse.matrix.authrule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gatehouse.matrix.roomversion.PowerLevelFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;

/** What the tests of the rule families share: the versions, and how a rule number reads in each. */
abstract class RuleTest {

    /** Versions 1 to 12, and the unstable ones. */
    static List<RoomVersion> versions() {
        return Stream.concat(
                        Stream.of(
                                RoomVersions.V1,
                                RoomVersions.V2,
                                RoomVersions.V3,
                                RoomVersions.V4,
                                RoomVersions.V5,
                                RoomVersions.V6,
                                RoomVersions.V7,
                                RoomVersions.V8,
                                RoomVersions.V9,
                                RoomVersions.V10,
                                RoomVersions.V11,
                                RoomVersions.V12),
                        Stream.of(RoomVersions.HYDRA_11, RoomVersions.MSC1767_10))
                .toList();
    }

    static List<RoomVersion> knockingVersions() {
        return versionsThat(RoomVersion::knocking);
    }

    static List<RoomVersion> restrictedVersions() {
        return versionsThat(RoomVersion::restrictedJoins);
    }

    static List<RoomVersion> integerVersions() {
        return versionsThat(version -> version.powerLevelFormat() == PowerLevelFormat.INTEGERS);
    }

    static List<RoomVersion> versionsThat(Predicate<RoomVersion> are) {
        return versions().stream().filter(are).toList();
    }

    /** Takes a rule by its number in version 11. */
    static String number(RoomVersion version, String rule) {
        return SpecRules.verdict(version, SpecRules.nameOf(RoomVersions.V11, rule));
    }

    static void assertAllowed(AuthVerdict verdict, RoomVersion version, String rule) {
        assertThat(verdict).isInstanceOf(AuthVerdict.Allowed.class);
        assertThat(verdict.rule()).isEqualTo(number(version, rule));
        assertThat(verdict.isAllowed()).isTrue();
    }

    static void assertDenied(AuthVerdict verdict, RoomVersion version, String rule) {
        assertThat(verdict).isInstanceOf(AuthVerdict.Denied.class);
        assertThat(verdict.rule()).isEqualTo(number(version, rule));
        assertThat(verdict.isAllowed()).isFalse();
    }
}
