package org.gatehouse.matrix.roomversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gatehouse.matrix.identifier.RoomId;
import org.junit.jupiter.api.Test;

class RoomVersionsTest {

    @Test
    void speaksTenElevenAndTwelve() {
        assertThat(RoomVersions.supported()).extracting(RoomVersion::id).containsExactly("10", "11", "12");
        assertThat(RoomVersions.find("12")).contains(RoomVersions.V12);
        assertThat(RoomVersions.DEFAULT).isEqualTo(RoomVersions.V12);
    }

    @Test
    void refusesAVersionItDoesNotSpeak() {
        assertThat(RoomVersions.find("org.matrix.hydra.11")).isEmpty();
        assertThatThrownBy(() -> RoomVersions.require("99")).isInstanceOf(UnknownRoomVersion.class);
    }

    @Test
    void twelveIsElevenExceptForCreatorsRoomIdAndStateResolution() {
        RoomVersion back = RoomVersions.V12.except("11", rules -> {
            rules.creatorRule = CreatorRule.SENDER;
            rules.roomIdIsCreateHash = false;
            rules.stateResolution = StateResolutionAlgorithm.V2;
        });

        assertThat(back).isEqualTo(RoomVersions.V11);
        assertThat(RoomVersions.V12.privilegedCreators()).isTrue();
        assertThat(RoomVersions.V11.privilegedCreators()).isFalse();
    }

    @Test
    void anOlderVersionCanBeWrittenAsTenExcept() {
        RoomVersion one = RoomVersions.V10.except("1", rules -> {
            rules.eventIdFormat = EventIdFormat.FIELD;
            rules.maxDepth = Long.MAX_VALUE;
            rules.strictJson = false;
            rules.keyValidityEnforced = false;
            rules.redactionIsAuthorised = true;
            rules.aliasesRule = true;
            rules.notificationLevelsChecked = false;
            rules.powerLevelFormat = PowerLevelFormat.LENIENT;
            rules.knocking = false;
            rules.restrictedJoins = false;
            rules.knockRestrictedJoins = false;
            rules.stateResolution = StateResolutionAlgorithm.V1;
        });

        assertThat(one).isNotEqualTo(RoomVersions.V10);
        assertThat(one.id()).isEqualTo("1");
        assertThat(RoomVersions.V10.strictJson()).isTrue();
    }

    @Test
    void roomIdsAreOfTheFormOfTheirVersion() {
        RoomId named = new RoomId("!a:example.org");
        RoomId hash = new RoomId("!L58ME6ufiP49v97UIOBIpvWKEgj4912JmECPuDzlvCI");

        assertThat(RoomVersions.V11.accepts(named)).isTrue();
        assertThat(RoomVersions.V11.accepts(hash)).isFalse();
        assertThat(RoomVersions.V12.accepts(named)).isFalse();
        assertThat(RoomVersions.V12.accepts(hash)).isTrue();
    }
}
