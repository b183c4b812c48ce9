package org.gatehouse.matrix.roomversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gatehouse.matrix.identifier.RoomId;
import org.junit.jupiter.api.Test;

class RoomVersionsTest {

    private static final List<RoomVersion> STABLE = IntStream.rangeClosed(1, 12)
            .mapToObj(number -> RoomVersions.require(Integer.toString(number)))
            .toList();

    @Test
    void speaksTheTwelveStableVersions() {
        assertThat(RoomVersions.supported()).isEqualTo(STABLE);
        assertThat(STABLE)
                .extracting(RoomVersion::id)
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
        assertThat(RoomVersions.DEFAULT).isEqualTo(RoomVersions.V12);
    }

    @Test
    void knowsTheUnstableVersionsAndDoesNotOfferThem() {
        assertThat(RoomVersions.find("org.matrix.hydra.11")).contains(RoomVersions.HYDRA_11);
        assertThat(RoomVersions.find("org.matrix.msc1767.10")).contains(RoomVersions.MSC1767_10);
        assertThat(RoomVersions.unstable()).containsExactly(RoomVersions.HYDRA_11, RoomVersions.MSC1767_10);
        assertThat(RoomVersions.unstable()).noneMatch(RoomVersions.supported()::contains);
        assertThat(RoomVersions.findSupported("org.matrix.hydra.11")).isEmpty();
    }

    @Test
    void refusesAVersionItDoesNotKnow() {
        for (String id : List.of("", "0", "01", "1.0", "13", "99", "V12", "org.matrix.hydra.12")) {
            assertThat(RoomVersions.find(id)).as(id).isEmpty();
            assertThatThrownBy(() -> RoomVersions.require(id)).isInstanceOf(UnknownRoomVersion.class);
        }
    }

    @Test
    void eachRuleComesAndGoesWithItsVersion() {
        holdsFrom(3, version -> version.eventIdFormat() != EventIdFormat.FIELD);
        holdsFrom(4, version -> version.eventIdFormat() == EventIdFormat.HASH_URL_SAFE_BASE64);
        holdsFrom(5, RoomVersion::keyValidityEnforced);
        holdsFrom(6, RoomVersion::strictJson);
        holdsFrom(6, version -> version.maxDepth() == 9_007_199_254_740_991L);
        holdsFrom(6, RoomVersion::notificationLevelsChecked);
        holdsFrom(6, version -> !version.aliasesRule());
        holdsFrom(6, version -> version.powerLevelFormat() != PowerLevelFormat.LENIENT);
        holdsFrom(3, version -> !version.redactionIsAuthorised());
        holdsFrom(7, RoomVersion::knocking);
        holdsFrom(8, RoomVersion::restrictedJoins);
        holdsFrom(10, RoomVersion::knockRestrictedJoins);
        holdsFrom(10, version -> version.powerLevelFormat() == PowerLevelFormat.INTEGERS);
        holdsFrom(11, RoomVersion::fieldLimitsInBytes);
        holdsFrom(11, RoomVersion::redactionTargetInContent);
        holdsFrom(11, version -> version.creatorRule() != CreatorRule.CONTENT);
        holdsFrom(12, RoomVersion::privilegedCreators);
        holdsFrom(12, RoomVersion::roomIdIsCreateHash);
        holdsFrom(2, version -> version.stateResolution() != StateResolutionAlgorithm.V1);
        holdsFrom(12, version -> version.stateResolution() == StateResolutionAlgorithm.V2_1);
    }

    @Test
    void anUnstableVersionIsWrittenInTenLines() {
        RoomVersion mine = RoomVersions.V11.except("org.example.mine", rules -> rules.knocking = false);

        assertThat(mine.id()).isEqualTo("org.example.mine");
        assertThat(mine.knocking()).isFalse();
        assertThat(mine.except("11", rules -> rules.knocking = true)).isEqualTo(RoomVersions.V11);
    }

    @Test
    void theUnstableVersionsHaveTheRulesOfTheOnesTheyWereTriedOn() {
        assertThat(RoomVersions.HYDRA_11.except("12", rules -> {})).isEqualTo(RoomVersions.V12);
        assertThat(RoomVersions.MSC1767_10.except("10", rules -> {})).isEqualTo(RoomVersions.V10);
    }

    @Test
    void roomIdsAreOfTheFormOfTheirVersion() {
        RoomId named = new RoomId("!a:example.org");
        RoomId hash = new RoomId("!L58ME6ufiP49v97UIOBIpvWKEgj4912JmECPuDzlvCI");

        holdsFrom(12, version -> version.accepts(hash));
        holdsFrom(12, version -> !version.accepts(named));
    }

    private static void holdsFrom(int first, Function<RoomVersion, Boolean> rule) {
        Stream<Boolean> expected = IntStream.rangeClosed(1, 12).mapToObj(number -> number >= first);

        assertThat(STABLE.stream().map(rule)).containsExactlyElementsOf(expected.toList());
    }
}
