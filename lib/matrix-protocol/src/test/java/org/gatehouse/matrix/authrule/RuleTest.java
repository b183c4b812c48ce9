package org.gatehouse.matrix.authrule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;

/** What the tests of the rule families share: the versions, and how a rule number reads in each. */
abstract class RuleTest {

    static List<RoomVersion> versions() {
        return List.of(RoomVersions.V10, RoomVersions.V11, RoomVersions.V12);
    }

    /** Takes a rule by its number in version 11: version 12 has one rule more before the second. */
    static String number(RoomVersion version, String rule) {
        if (!version.roomIdIsCreateHash()) {
            return "v" + version + "/" + rule;
        }
        int dot = rule.indexOf('.');
        int family = Integer.parseInt(dot < 0 ? rule : rule.substring(0, dot));
        return "v12/" + (family + 1) + (dot < 0 ? "" : rule.substring(dot));
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
