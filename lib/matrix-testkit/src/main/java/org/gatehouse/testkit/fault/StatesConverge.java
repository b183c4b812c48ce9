package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.testkit.fault.Evidence.StateAnswer;

/** Rule of {@link Invariant#STATES_CONVERGE}. */
final class StatesConverge implements Rule {

    @Override
    public List<Finding> findings(Joined evidence) {
        List<Finding> findings = new ArrayList<>();
        Map<List<Object>, StateAnswer> first = new LinkedHashMap<>();
        for (StateAnswer answer : evidence.evidence().states()) {
            StateAnswer before = first.putIfAbsent(List.of(answer.room(), answer.at()), answer);
            if (before != null && !before.state().equals(answer.state())) {
                findings.add(new Finding(
                        Invariant.STATES_CONVERGE,
                        answer.room() + " at " + answer.at(),
                        "has for %s alone %s, for %s alone %s"
                                .formatted(
                                        before.told(),
                                        without(before.state(), answer.state()),
                                        answer.told(),
                                        without(answer.state(), before.state()))));
            }
        }
        return findings;
    }

    private static Set<EventId> without(Set<EventId> all, Set<EventId> others) {
        Set<EventId> left = new LinkedHashSet<>(all);
        left.removeAll(others);
        return left;
    }
}
