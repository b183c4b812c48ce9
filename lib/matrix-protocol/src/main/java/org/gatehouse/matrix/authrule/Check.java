package org.gatehouse.matrix.authrule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.identifier.EventId;
import org.jspecify.annotations.Nullable;

/**
 * One event held against one state: what the rule families ask, in the words of the rules. Reads each slot when a rule
 * first asks for it, and once. For one thread.
 */
final class Check {
    private final EventFacts event;
    private final AuthState state;
    private final RuleNumbers rules;
    private final EventFacts create;

    private @Nullable Levels levels;
    private @Nullable Optional<? extends EventFacts> senderMember;
    private @Nullable Optional<? extends EventFacts> targetMember;
    private @Nullable Optional<? extends EventFacts> joinRules;

    Check(EventFacts event, AuthState state, RuleNumbers rules, EventFacts create) {
        this.event = event;
        this.state = state;
        this.rules = rules;
        this.create = create;
    }

    EventFacts event() {
        return event;
    }

    JsonObject content() {
        return event.content();
    }

    String sender() {
        return event.sender().value();
    }

    /** The {@code state_key}, in rules on memberships also the target user; only asked for where there is one. */
    String target() {
        return event.stateKey().orElseThrow();
    }

    boolean senderIsTarget() {
        return event.isOfItsSender();
    }

    RuleNumbers rules() {
        return rules;
    }

    EventFacts create() {
        return create;
    }

    Optional<? extends EventFacts> createEvent() {
        return Optional.of(create);
    }

    Optional<? extends EventFacts> powerLevelsEvent() {
        return levels().event;
    }

    PowerLevels powerLevels() {
        return levels().powerLevels;
    }

    long senderLevel() {
        return levels().ofSender;
    }

    Optional<? extends EventFacts> senderMember() {
        Optional<? extends EventFacts> member = senderMember;
        if (member == null) {
            member = state.senderMember(event);
            senderMember = member;
        }
        return member;
    }

    Optional<? extends EventFacts> targetMember() {
        if (senderIsTarget()) {
            return senderMember();
        }
        Optional<? extends EventFacts> member = targetMember;
        if (member == null) {
            member = state.member(target());
            targetMember = member;
        }
        return member;
    }

    Optional<? extends EventFacts> member(String user) {
        return state.member(user);
    }

    boolean senderIsJoined() {
        return isJoined(senderMember());
    }

    String targetMembership() {
        return membership(targetMember());
    }

    Optional<? extends EventFacts> joinRules() {
        Optional<? extends EventFacts> found = joinRules;
        if (found == null) {
            found = state.joinRules();
            joinRules = found;
        }
        return found;
    }

    /** The current join rule; {@code invite} if the room has none, and an empty word if it is no string. */
    String joinRule() {
        Optional<? extends EventFacts> event = joinRules();
        if (event.isEmpty() || !event.get().content().has("join_rule")) {
            return "invite";
        }
        return event.get().content().string("join_rule").orElse("");
    }

    Optional<? extends EventFacts> thirdPartyInvite(String token) {
        return state.event(AuthSlots.thirdPartyInvite(token));
    }

    static boolean isJoined(Optional<? extends EventFacts> member) {
        return membership(member).equals("join");
    }

    /** The membership that a member event gives; {@code leave} for a user who has none. */
    static String membership(Optional<? extends EventFacts> member) {
        return member.isEmpty()
                ? "leave"
                : member.get().content().string("membership").orElse("");
    }

    @SafeVarargs
    final AuthVerdict allow(Rule rule, Optional<? extends EventFacts>... lookedAt) {
        return rules.allow(rule, ids(new ArrayList<>(lookedAt.length), lookedAt));
    }

    @SafeVarargs
    final AuthVerdict deny(Rule rule, String reason, Optional<? extends EventFacts>... lookedAt) {
        return rules.deny(rule, reason, ids(new ArrayList<>(lookedAt.length), lookedAt));
    }

    /** Allowed by a rule that compares levels, and looked at other events before. */
    @SafeVarargs
    final AuthVerdict allowByLevels(Rule rule, Optional<? extends EventFacts>... lookedAt) {
        return rules.allow(rule, withLevels(lookedAt));
    }

    /** Denied by a rule that compares levels, and looked at other events before. */
    @SafeVarargs
    final AuthVerdict denyByLevels(Rule rule, String reason, Optional<? extends EventFacts>... lookedAt) {
        return rules.deny(rule, reason, withLevels(lookedAt));
    }

    /** The create event says who stands above all levels (12), or who has which if there is no power levels event. */
    @SafeVarargs
    private List<EventId> withLevels(Optional<? extends EventFacts>... lookedAt) {
        List<EventId> ids = ids(new ArrayList<>(lookedAt.length + 2), lookedAt);
        Optional<? extends EventFacts> power = powerLevelsEvent();
        if (power.isEmpty() || rules.version().privilegedCreators()) {
            ids.add(create.eventId());
        }
        if (power.isPresent()) {
            ids.add(power.get().eventId());
        }
        return ids;
    }

    @SafeVarargs
    private static List<EventId> ids(List<EventId> ids, Optional<? extends EventFacts>... lookedAt) {
        for (Optional<? extends EventFacts> event : lookedAt) {
            if (event.isPresent()) {
                ids.add(event.get().eventId());
            }
        }
        return ids;
    }

    private Levels levels() {
        Levels found = levels;
        if (found == null) {
            Optional<? extends EventFacts> power = state.powerLevels();
            PowerLevels powerLevels = PowerLevels.of(event.roomVersion(), create, power);
            found = new Levels(power, powerLevels, powerLevels.userLevel(sender()));
            levels = found;
        }
        return found;
    }

    private record Levels(Optional<? extends EventFacts> event, PowerLevels powerLevels, long ofSender) {}
}
