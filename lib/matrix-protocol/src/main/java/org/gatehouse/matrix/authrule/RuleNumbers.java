package org.gatehouse.matrix.authrule;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * The number of each rule in one room version: its place among those {@link Rule}s under the same parent that the
 * version has. These are the numbers that a reader of the published page sees, where a list is counted through whatever
 * its source says: that of version 12 goes from 3.3 to "5", which is shown as 3.4, and has two rules "10.10", of which
 * the second is shown as 10.11.
 */
final class RuleNumbers {

    /** More versions than there are; beyond it the numbers are counted each time. */
    private static final int KNOWN_VERSIONS = 64;

    private static final Rule[] RULES = Rule.values();

    private static volatile RuleNumbers[] known = {};

    private final RoomVersion version;
    private final String[] names;

    private RuleNumbers(RoomVersion version) {
        this.version = version;
        this.names = names(version);
    }

    /** The numbers of a version, counted once. */
    static RuleNumbers of(RoomVersion version) {
        for (RuleNumbers numbers : known) {
            if (numbers.version == version) {
                return numbers;
            }
        }
        return learn(version);
    }

    RoomVersion version() {
        return version;
    }

    boolean has(Rule rule) {
        return !names[rule.ordinal()].isEmpty();
    }

    /** The rule as verdicts name it, such as {@code v6/5.2.1}; empty if the version does not have it. */
    String name(Rule rule) {
        return names[rule.ordinal()];
    }

    /** The verdict on an event that breaks a size limit, which is no numbered rule. */
    AuthVerdict denySize() {
        return new AuthVerdict.Denied("v" + version + "/size", "type or state_key has more than 255 bytes", List.of());
    }

    AuthVerdict allow(Rule rule, List<EventId> decidedBy) {
        return new AuthVerdict.Allowed(name(rule), decidedBy);
    }

    AuthVerdict deny(Rule rule, String reason, List<EventId> decidedBy) {
        return new AuthVerdict.Denied(name(rule), reason, decidedBy);
    }

    private static synchronized RuleNumbers learn(RoomVersion version) {
        RuleNumbers numbers = new RuleNumbers(version);
        if (known.length < KNOWN_VERSIONS) {
            RuleNumbers[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = numbers;
            known = more;
        }
        return numbers;
    }

    private static String[] names(RoomVersion version) {
        String[] names = new String[RULES.length];
        Arrays.fill(names, "");
        Map<Rule, Integer> under = new EnumMap<>(Rule.class);
        int atTop = 0;
        for (Rule rule : RULES) {
            if (!rule.isIn(version)) {
                continue;
            }
            Optional<Rule> parent = rule.parent();
            names[rule.ordinal()] = parent.isEmpty()
                    ? "v" + version + "/" + ++atTop
                    : names[parent.get().ordinal()] + "." + under.merge(parent.get(), 1, Integer::sum);
        }
        return names;
    }
}
