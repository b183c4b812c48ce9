package org.gatehouse.matrix.authrule;

import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.CHARLIE;
import static org.gatehouse.matrix.authrule.TestRoom.DAN;

import java.util.List;
import java.util.stream.Stream;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 4 of version 11, by its numbers there, but for third-party invites. */
class MemberRulesTest extends RuleTest {

    @ParameterizedTest
    @MethodSource("versions")
    void wantsAUserAndAMembership(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);

        assertDenied(room.check(room.member(BOB, BOB, "join").withoutKey()), version, "4.1");
        assertDenied(room.check(room.member(BOB, BOB, "join").content("{}")), version, "4.1");
        assertDenied(room.check(room.member(ALICE, "", "ban")), version, "4.1");
        assertDenied(room.check(room.member(ALICE, "bob", "ban")), version, "4.1");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void refusesUnknownMemberships(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);

        assertDenied(room.check(room.member(BOB, BOB, "JOIN")), version, "4.8");
        assertDenied(room.check(room.member(BOB, BOB, "join").content("{'membership':5}")), version, "4.8");
        assertDenied(room.check(room.member(BOB, BOB, "join").content("{'membership':null}")), version, "4.8");
    }

    @ParameterizedTest
    @MethodSource("restrictedVersions")
    void wantsTheSignatureOfTheAuthorisingServer(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        String content = "{'membership':'join','join_authorised_via_users_server':'@alice:a.example'}";

        assertAllowed(
                room.check(room.member(BOB, BOB, "join").content(content).signedBy("a.example")), version, "4.3.6");
        assertDenied(
                room.check(room.member(BOB, BOB, "join").content(content).signedBy("b.example")), version, "4.2.1");
        assertDenied(
                room.check(room.member(BOB, BOB, "join")
                        .content("{'membership':'join','join_authorised_via_users_server':5}")
                        .signedBy("a.example")),
                version,
                "4.2.1");
    }

    @ParameterizedTest
    @MethodSource("restrictedVersions")
    void aServerWithoutASignatureHasNotSigned(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu signed = room.member(BOB, BOB, "join")
                .content("{'membership':'join','join_authorised_via_users_server':'@alice:a.example'}")
                .build();
        JsonObject json = signed.json().with("signatures", TestRoom.json("{'a.example':{},'b.example':{'x':'y'}}"));

        AuthVerdict verdict = AuthRules.check(StoredPdus.of(version, signed.eventId(), json), room::current);

        assertDenied(verdict, version, "4.2.1");
    }

    /** An event on paper has no signatures; whoever compares rules on such events takes them for given. */
    @ParameterizedTest
    @MethodSource("restrictedVersions")
    void takesTheSignaturesOfSymbolicEventsForGiven(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        String content = "{'membership':'join','join_authorised_via_users_server':'@alice:a.example'}";
        Pdu unsigned = room.member(BOB, BOB, "join").content(content).build();

        Pdu symbolic = StoredPdus.symbolic(version, unsigned.eventId(), unsigned.json());

        assertDenied(AuthRules.check(unsigned, room::current), version, "4.2.1");
        assertAllowed(AuthRules.check(symbolic, room::current), version, "4.3.6");
    }

    @Nested
    class Join {

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void theCreatorJoinsRightAfterTheCreateEvent(RoomVersion version) {
            TestRoom room = new TestRoom(version);
            Pdu create = room.putCreate("{}");
            Pdu other = room.message(ALICE).add();

            assertAllowed(room.check(room.member(ALICE, ALICE, "join").prev(create)), version, "4.3.1");
            assertDenied(room.check(room.member(BOB, BOB, "join").prev(create)), version, "4.3.7");
            assertDenied(room.check(room.member(ALICE, ALICE, "join").prev(other)), version, "4.3.7");
            assertDenied(room.check(room.member(ALICE, ALICE, "join").prev(create, other)), version, "4.3.7");
        }

        @Test
        void theCreatorOfVersion10IsNamedInTheContent() {
            TestRoom room = new TestRoom(RoomVersions.V10);
            Pdu create = room.create("{}")
                    .content("{'creator':'" + BOB + "','room_version':'10'}")
                    .put();

            assertAllowed(room.check(room.member(BOB, BOB, "join").prev(create)), RoomVersions.V10, "4.3.1");
            assertDenied(room.check(room.member(ALICE, ALICE, "join").prev(create)), RoomVersions.V10, "4.3.7");
        }

        @Test
        void additionalCreatorsDoNotJoinFirst() {
            TestRoom room = new TestRoom(RoomVersions.V12);
            Pdu create = room.putCreate("{'additional_creators':['" + BOB + "']}");

            assertDenied(room.check(room.member(BOB, BOB, "join").prev(create)), RoomVersions.V12, "4.3.7");
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void nobodyJoinsForAnother(RoomVersion version) {
            TestRoom room = TestRoom.publicRoom(version);

            assertDenied(room.check(room.member(ALICE, BOB, "join")), version, "4.3.2");
            assertAllowed(room.check(room.member(BOB, BOB, "join")), version, "4.3.6");
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void theBannedStayOut(RoomVersion version) {
            TestRoom room = TestRoom.publicRoom(version);
            room.member(ALICE, BOB, "ban").put();

            assertDenied(room.check(room.member(BOB, BOB, "join")), version, "4.3.3");
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void inviteAndKnockRoomsWantAnInvite(RoomVersion version) {
            for (String rule : version.knocking() ? List.of("invite", "knock") : List.of("invite")) {
                TestRoom room = TestRoom.publicRoom(version);
                room.joinRule(ALICE, rule).put();
                room.member(ALICE, BOB, "invite").put();
                room.member(CHARLIE, CHARLIE, "join").put();
                room.member(DAN, DAN, "knock").put();

                assertAllowed(room.check(room.member(BOB, BOB, "join")), version, "4.3.4");
                assertAllowed(room.check(room.member(CHARLIE, CHARLIE, "join")), version, "4.3.4");
                assertDenied(room.check(room.member(DAN, DAN, "join")), version, "4.3.7");
            }
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void withoutJoinRulesARoomIsForTheInvited(RoomVersion version) {
            TestRoom room = TestRoom.publicRoom(version);
            room.remove(AuthSlots.JOIN_RULES);
            room.member(ALICE, BOB, "invite").put();

            assertAllowed(room.check(room.member(BOB, BOB, "join")), version, "4.3.4");
            assertDenied(room.check(room.member(CHARLIE, CHARLIE, "join")), version, "4.3.7");
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#restrictedVersions")
        void restrictedRoomsLetMembersAndTheInvitedIn(RoomVersion version) {
            for (String rule : version.knockRestrictedJoins()
                    ? List.of("restricted", "knock_restricted")
                    : List.of("restricted")) {
                TestRoom room = TestRoom.publicRoom(version);
                room.joinRule(ALICE, rule).put();
                room.member(ALICE, BOB, "invite").put();
                room.member(CHARLIE, CHARLIE, "join").put();

                assertAllowed(room.check(room.member(BOB, BOB, "join")), version, "4.3.5.1");
                assertAllowed(room.check(room.member(CHARLIE, CHARLIE, "join")), version, "4.3.5.1");
                assertDenied(room.check(room.member(DAN, DAN, "join")), version, "4.3.5.2");
            }
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#restrictedVersions")
        void restrictedRoomsLetInWhomAMemberAuthorises(RoomVersion version) {
            TestRoom room = TestRoom.publicRoom(version);
            room.powerLevels(ALICE, "{'invite':50,'users':{'@charlie:c.example':50,'@gone:a.example':50}}")
                    .put();
            room.joinRule(ALICE, "restricted").put();
            room.member(CHARLIE, CHARLIE, "join").put();
            room.member(DAN, DAN, "join").put();
            room.member("@gone:a.example", "@gone:a.example", "leave").put();

            assertAllowed(room.check(authorised(room, CHARLIE)), version, "4.3.5.3");
            assertDenied(room.check(authorised(room, DAN)), version, "4.3.5.2");
            assertDenied(room.check(authorised(room, "@gone:a.example")), version, "4.3.5.2");
            assertDenied(room.check(authorised(room, BOB)), version, "4.3.5.2");
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void otherJoinRulesLetNobodyIn(RoomVersion version) {
            TestRoom room = TestRoom.publicRoom(version);
            room.member(ALICE, BOB, "invite").put();
            room.joinRule(ALICE, "private").put();

            assertDenied(room.check(room.member(BOB, BOB, "join")), version, "4.3.7");
            room.joinRule(ALICE, "x").content("{'join_rule':{}}").put();
            assertDenied(room.check(room.member(BOB, BOB, "join")), version, "4.3.7");
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void joinRulesOfLaterVersionsLetNobodyIn(RoomVersion version) {
            TestRoom room = TestRoom.publicRoom(version);
            room.member(ALICE, BOB, "invite").put();

            List<String> unknown = Stream.of("knock", "restricted", "knock_restricted")
                    .filter(rule -> !List.of(
                                    version.knocking() ? "knock" : "",
                                    version.restrictedJoins() ? "restricted" : "",
                                    version.knockRestrictedJoins() ? "knock_restricted" : "")
                            .contains(rule))
                    .toList();

            for (String rule : unknown) {
                room.joinRule(ALICE, rule).put();
                assertDenied(room.check(room.member(BOB, BOB, "join")), version, "4.3.7");
            }
        }

        private TestRoom.Draft authorised(TestRoom room, String by) {
            return room.member(BOB, BOB, "join")
                    .content("{'membership':'join','join_authorised_via_users_server':'" + by + "'}")
                    .signedBy(by.substring(by.indexOf(':') + 1));
        }
    }

    @Nested
    class Invite {

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void onlyMembersInvite(RoomVersion version) {
            TestRoom room = withBobAndCharlie(version, "{}");

            assertAllowed(room.check(room.member(BOB, DAN, "invite")), version, "4.4.4");
            assertDenied(room.check(room.member("@x:b.example", DAN, "invite")), version, "4.4.2");
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void membersAndTheBannedAreNotInvited(RoomVersion version) {
            TestRoom room = withBobAndCharlie(version, "{}");
            room.member(ALICE, DAN, "ban").put();
            room.member(ALICE, "@kicked:b.example", "leave").put();

            assertDenied(room.check(room.member(BOB, CHARLIE, "invite")), version, "4.4.3");
            assertDenied(room.check(room.member(BOB, DAN, "invite")), version, "4.4.3");
            assertAllowed(room.check(room.member(BOB, "@kicked:b.example", "invite")), version, "4.4.4");
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void invitingNeedsTheInviteLevel(RoomVersion version) {
            TestRoom room = withBobAndCharlie(version, "{'invite':50,'users':{'@bob:b.example':50}}");

            assertAllowed(room.check(room.member(BOB, DAN, "invite")), version, "4.4.4");
            assertDenied(room.check(room.member(CHARLIE, DAN, "invite")), version, "4.4.5");
        }
    }

    @Nested
    class Leave {

        @ParameterizedTest
        @ValueSource(strings = {"invite", "join", "knock", "leave", "ban"})
        void oneLeavesWhereOneIs(String membership) {
            for (RoomVersion version : versions()) {
                TestRoom room = TestRoom.publicRoom(version);
                room.member(ALICE, BOB, membership).put();
                boolean isThere = List.of("invite", "join").contains(membership)
                        || (membership.equals("knock") && version.knocking());

                AuthVerdict verdict = room.check(room.member(BOB, BOB, "leave"));

                if (isThere) {
                    assertAllowed(verdict, version, "4.5.1");
                } else {
                    assertDenied(verdict, version, "4.5.1");
                }
                assertDenied(room.check(room.member(DAN, DAN, "leave")), version, "4.5.1");
            }
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void onlyMembersKick(RoomVersion version) {
            TestRoom room = withBobAndCharlie(version, "{'users':{'@bob:b.example':50,'@gone:b.example':50}}");

            assertAllowed(room.check(room.member(BOB, CHARLIE, "leave")), version, "4.5.4");
            assertDenied(room.check(room.member("@gone:b.example", CHARLIE, "leave")), version, "4.5.2");
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void unbanningNeedsTheBanLevel(RoomVersion version) {
            TestRoom room =
                    withBobAndCharlie(version, "{'ban':60,'users':{'@bob:b.example':60,'@charlie:c.example':50}}");
            room.member(BOB, DAN, "ban").put();

            assertAllowed(room.check(room.member(BOB, DAN, "leave")), version, "4.5.4");
            assertDenied(room.check(room.member(CHARLIE, DAN, "leave")), version, "4.5.3");
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void kickingNeedsTheKickLevelAndALesserTarget(RoomVersion version) {
            TestRoom room = withBobAndCharlie(version, "{'users':{'@bob:b.example':50,'@dan:d.example':50}}");
            room.member(DAN, DAN, "join").put();

            assertAllowed(room.check(room.member(BOB, CHARLIE, "leave")), version, "4.5.4");
            assertDenied(room.check(room.member(BOB, DAN, "leave")), version, "4.5.5");
            assertDenied(room.check(room.member(CHARLIE, "@x:b.example", "leave")), version, "4.5.5");
        }
    }

    @Nested
    class Ban {

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void onlyMembersBan(RoomVersion version) {
            TestRoom room = withBobAndCharlie(version, "{'users':{'@bob:b.example':50,'@gone:b.example':50}}");

            assertAllowed(room.check(room.member(BOB, CHARLIE, "ban")), version, "4.6.2");
            assertDenied(room.check(room.member("@gone:b.example", CHARLIE, "ban")), version, "4.6.1");
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#versions")
        void banningNeedsTheBanLevelAndALesserTarget(RoomVersion version) {
            TestRoom room = withBobAndCharlie(version, "{'ban':60,'users':{'@bob:b.example':60,'@dan:d.example':60}}");

            assertAllowed(room.check(room.member(BOB, CHARLIE, "ban")), version, "4.6.2");
            assertDenied(room.check(room.member(BOB, DAN, "ban")), version, "4.6.3");
            assertDenied(room.check(room.member(BOB, BOB, "ban")), version, "4.6.3");
            assertDenied(room.check(room.member(CHARLIE, "@x:b.example", "ban")), version, "4.6.3");
        }

        @Test
        void creatorsOfVersion12CannotBeBannedOrKicked() {
            TestRoom room = new TestRoom(RoomVersions.V12);
            room.putCreate("{'additional_creators':['" + BOB + "']}");
            room.member(ALICE, ALICE, "join").put();
            room.member(BOB, BOB, "join").put();
            room.member(CHARLIE, CHARLIE, "join").put();
            room.powerLevels(ALICE, "{'users':{'" + CHARLIE + "':9007199254740991}}")
                    .put();

            assertDenied(room.check(room.member(CHARLIE, BOB, "ban")), RoomVersions.V12, "4.6.3");
            assertDenied(room.check(room.member(CHARLIE, ALICE, "leave")), RoomVersions.V12, "4.5.5");
            assertDenied(room.check(room.member(ALICE, BOB, "ban")), RoomVersions.V12, "4.6.3");
            assertAllowed(room.check(room.member(BOB, CHARLIE, "ban")), RoomVersions.V12, "4.6.2");
        }
    }

    @Nested
    class Knock {

        @ParameterizedTest
        @ValueSource(strings = {"knock", "knock_restricted", "public", "invite", "restricted", "private"})
        void knockingNeedsAJoinRuleForIt(String joinRule) {
            for (RoomVersion version : knockingVersions()) {
                TestRoom room = TestRoom.publicRoom(version);
                room.joinRule(ALICE, joinRule).put();

                AuthVerdict verdict = room.check(room.member(BOB, BOB, "knock"));

                boolean isForKnocks = joinRule.equals("knock")
                        || (joinRule.equals("knock_restricted") && version.knockRestrictedJoins());
                if (isForKnocks) {
                    assertAllowed(verdict, version, "4.7.3");
                } else {
                    assertDenied(verdict, version, "4.7.1");
                }
            }
        }

        @ParameterizedTest
        @MethodSource("org.gatehouse.matrix.authrule.RuleTest#knockingVersions")
        void nobodyKnocksForAnother(RoomVersion version) {
            TestRoom room = TestRoom.publicRoom(version);
            room.joinRule(ALICE, "knock").put();

            assertDenied(room.check(room.member(ALICE, BOB, "knock")), version, "4.7.2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ban", "invite", "join", "leave", "knock"})
        void oneKnocksFromOutside(String membership) {
            for (RoomVersion version : knockingVersions()) {
                TestRoom room = TestRoom.publicRoom(version);
                room.joinRule(ALICE, "knock").put();
                room.member(ALICE, BOB, membership).put();

                AuthVerdict verdict = room.check(room.member(BOB, BOB, "knock"));

                if (membership.equals("leave") || membership.equals("knock")) {
                    assertAllowed(verdict, version, "4.7.3");
                } else {
                    assertDenied(verdict, version, "4.7.4");
                }
            }
        }
    }

    private static TestRoom withBobAndCharlie(RoomVersion version, String powerLevels) {
        TestRoom room = TestRoom.publicRoom(version);
        room.powerLevels(ALICE, powerLevels).put();
        room.member(BOB, BOB, "join").put();
        room.member(CHARLIE, CHARLIE, "join").put();
        return room;
    }
}
