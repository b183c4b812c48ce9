package org.gatehouse.matrix.authrule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The "auth events selection" of the Server-Server API. */
class AuthEventSelectionTest extends RuleTest {
    private static final UserId SENDER = new UserId(ALICE);
    private static final StateKey SENDERS = AuthSlots.member(SENDER);
    private static final StateKey TARGETS = AuthSlots.member(new UserId(BOB));

    @ParameterizedTest
    @MethodSource("versions")
    void theCreateEventCitesNothing(RoomVersion version) {
        assertThat(AuthEventSelection.keys(version, "m.room.create", SENDER, Optional.of(""), json("{}")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyEventCitesPowerAndTheSender(RoomVersion version) {
        assertThat(AuthEventSelection.keys(version, "m.room.message", SENDER, Optional.empty(), json("{}")))
                .isEqualTo(expected(version));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void membershipsCiteTheTargetAndSomeTheJoinRules(RoomVersion version) {
        for (String membership : List.of("join", "invite", "knock")) {
            assertThat(member(version, "{'membership':'" + membership + "'}"))
                    .isEqualTo(expected(version, TARGETS, AuthSlots.JOIN_RULES));
        }
        for (String content : List.of("{'membership':'leave'}", "{'membership':'ban'}", "{}", "{'membership':5}")) {
            assertThat(member(version, content)).isEqualTo(expected(version, TARGETS));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void invitesCiteTheThirdPartyInvite(RoomVersion version) {
        String invite = ",'third_party_invite':{'signed':{'token':'t'}}}";

        assertThat(member(version, "{'membership':'invite'" + invite))
                .isEqualTo(expected(version, TARGETS, AuthSlots.JOIN_RULES, AuthSlots.thirdPartyInvite("t")));
        assertThat(member(version, "{'membership':'join'" + invite))
                .isEqualTo(expected(version, TARGETS, AuthSlots.JOIN_RULES));
        assertThat(member(version, "{'membership':'invite','third_party_invite':{'signed':{'token':5}}}"))
                .isEqualTo(expected(version, TARGETS, AuthSlots.JOIN_RULES));
    }

    @ParameterizedTest
    @MethodSource("restrictedVersions")
    void restrictedJoinsCiteTheAuthoriser(RoomVersion version) {
        String authoriser = ",'join_authorised_via_users_server':'@carl:c.example'}";

        assertThat(member(version, "{'membership':'join'" + authoriser))
                .isEqualTo(expected(
                        version, TARGETS, AuthSlots.JOIN_RULES, new StateKey("m.room.member", "@carl:c.example")));
        assertThat(member(version, "{'membership':'leave'" + authoriser)).isEqualTo(expected(version, TARGETS));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void onlyVersionsWithRestrictedJoinsLookForAnAuthoriser(RoomVersion version) {
        List<StateKey> keys =
                member(version, "{'membership':'join','join_authorised_via_users_server':'@carl:c.example'}");

        assertThat(keys.contains(AuthSlots.member(new UserId("@carl:c.example"))))
                .isEqualTo(version.restrictedJoins());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void oneSlotIsCitedOnce(RoomVersion version) {
        assertThat(AuthEventSelection.keys(
                        version, "m.room.member", SENDER, Optional.of(ALICE), json("{'membership':'join'}")))
                .isEqualTo(expected(version, AuthSlots.JOIN_RULES));
    }

    private static List<StateKey> member(RoomVersion version, String content) {
        return AuthEventSelection.keys(version, "m.room.member", SENDER, Optional.of(BOB), json(content));
    }

    private static List<StateKey> expected(RoomVersion version, StateKey... more) {
        List<StateKey> keys = new ArrayList<>();
        if (!version.roomIdIsCreateHash()) {
            keys.add(AuthSlots.CREATE);
        }
        keys.add(AuthSlots.POWER_LEVELS);
        keys.add(SENDERS);
        keys.addAll(List.of(more));
        return keys;
    }
}
