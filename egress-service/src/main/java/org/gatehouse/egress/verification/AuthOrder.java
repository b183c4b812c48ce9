package org.gatehouse.egress.verification;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;

/** Puts events in the order in which they need each other, the same for the same events. */
public final class AuthOrder {

    private AuthOrder() {}

    /** Auth events before those that cite them; events that lack one, even further up, are left out. */
    public static List<Pdu> complete(Collection<Pdu> events, Predicate<EventId> alsoThere) {
        return new Walk(events, Pdu::effectiveAuthEvents, Optional.of(alsoThere)).all();
    }

    /** Parents before children, as far as they are among the events. */
    public static List<Pdu> parentsFirst(Collection<Pdu> events) {
        return new Walk(events, Pdu::prevEvents, Optional.empty()).all();
    }

    /** A walk without recursion: a hostile chain may be long. */
    private static final class Walk {
        private enum Mark {
            OPEN,
            IN,
            OUT
        }

        private final Map<EventId, Pdu> byId = new TreeMap<>();
        private final Function<Pdu, List<EventId>> needs;
        private final Optional<Predicate<EventId>> required;
        private final Map<EventId, Mark> marks = new HashMap<>();
        private final List<Pdu> ordered = new ArrayList<>();

        Walk(Collection<Pdu> events, Function<Pdu, List<EventId>> needs, Optional<Predicate<EventId>> required) {
            events.forEach(event -> byId.put(event.eventId(), event));
            this.needs = needs;
            this.required = required;
        }

        List<Pdu> all() {
            byId.keySet().forEach(this::visit);
            return ordered;
        }

        private void visit(EventId start) {
            if (marks.containsKey(start)) {
                return;
            }
            List<Step> stack = new ArrayList<>();
            push(stack, start);
            while (!stack.isEmpty()) {
                Step step = stack.get(stack.size() - 1);
                if (step.next.hasNext()) {
                    follow(stack, step.next.next());
                } else {
                    stack.remove(stack.size() - 1);
                    finish(step.event);
                }
            }
        }

        private void push(List<Step> stack, EventId id) {
            Pdu event = byId.get(id);
            if (event != null) {
                marks.put(id, Mark.OPEN);
                stack.add(new Step(event, needs.apply(event).iterator()));
            }
        }

        private void follow(List<Step> stack, EventId id) {
            if (!marks.containsKey(id)) {
                push(stack, id);
            }
        }

        private void finish(Pdu event) {
            boolean complete = required.isEmpty()
                    || needs.apply(event).stream()
                            .allMatch(id -> marks.get(id) == Mark.IN
                                    || (!byId.containsKey(id) && required.get().test(id)));
            marks.put(event.eventId(), complete ? Mark.IN : Mark.OUT);
            if (complete) {
                ordered.add(event);
            }
        }

        private record Step(Pdu event, Iterator<EventId> next) {}
    }
}
