package org.gatehouse.matrix.authrule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * One rule with an event that is allowed and a neighbour that is refused. The rule itself decides at least one of the
 * two; the other shows what is on the far side of it.
 *
 * @param rule the rule's name in {@link SpecRules}
 */
record RuleCase(String rule, Side allowed, Side refused) {

    /**
     * An event in a room.
     *
     * @param by the name of the rule that decides on it
     */
    record Side(String by, Function<TestRoom, Asked> ask) {

        void holdsIn(RoomVersion version, boolean isAllowed) {
            Asked asked = ask.apply(TestRoom.publicRoom(version));

            AuthVerdict verdict = asked.verdict();

            assertThat(verdict.isAllowed()).as(verdict.toString()).isEqualTo(isAllowed);
            assertThat(verdict.rule()).as(verdict.toString()).isEqualTo(SpecRules.verdict(version, by));
            assertThat(verdict.decidedBy()).as(verdict.toString()).isEqualTo(asked.decidedBy(by));
        }
    }

    /** What was asked and answered. */
    record Asked(AuthVerdict verdict, Function<String, List<EventId>> deciders) {

        /** An event in the room's current state; its auth events, chosen from that state, must tell the same. */
        static Asked current(TestRoom room, TestRoom.Draft draft) {
            AuthVerdict verdict = room.check(draft);
            assertThat(room.checkAgainstAuthEvents(draft)).isEqualTo(verdict);
            return new Asked(
                    verdict,
                    rule -> RuleCases.decidersOf(rule).stream()
                            .flatMap(name -> slots(room, draft, name).stream())
                            .flatMap(slot -> room.current(slot).stream())
                            .map(Pdu::eventId)
                            .toList());
        }

        /** An event held against its auth events, of which some offend. */
        static Asked citing(TestRoom room, TestRoom.Draft draft, Pdu... offending) {
            List<EventId> ids = List.of(offending).stream().map(Pdu::eventId).toList();
            return new Asked(room.checkAgainstAuthEvents(draft), rule -> ids);
        }

        List<EventId> decidedBy(String rule) {
            return deciders.apply(rule);
        }

        private static List<StateKey> slots(TestRoom room, TestRoom.Draft draft, String name) {
            return switch (name) {
                case "create" -> List.of(AuthSlots.CREATE);
                case "join_rules" -> List.of(AuthSlots.JOIN_RULES);
                case "sender" -> List.of(AuthSlots.member(draft.sender()));
                case "target" -> List.of(AuthSlots.member(draft.key().orElseThrow()));
                case "authoriser" ->
                    draft.content().string("join_authorised_via_users_server").stream()
                            .map(AuthSlots::member)
                            .toList();
                case "invite" -> List.of(AuthSlots.thirdPartyInvite("t"));
                case "levels" -> levels(room);
                default -> throw new AssertionError(name);
            };
        }

        private static List<StateKey> levels(TestRoom room) {
            List<StateKey> slots = new ArrayList<>();
            Optional<Pdu> power = room.current(AuthSlots.POWER_LEVELS);
            if (power.isEmpty() || room.version().privilegedCreators()) {
                slots.add(AuthSlots.CREATE);
            }
            slots.add(AuthSlots.POWER_LEVELS);
            return slots;
        }
    }
}
