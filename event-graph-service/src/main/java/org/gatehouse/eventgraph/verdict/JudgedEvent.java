package org.gatehouse.eventgraph.verdict;

import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.identifier.EventId;

/**
 * An event's verdict, for good.
 *
 * @param rule the rule that it broke; empty if it was accepted
 * @param historyVisibility of the state after it
 * @param stateBefore version of the state before it
 * @param currentState version of the room's current state after it
 */
public record JudgedEvent(
        long ordinal,
        EventId eventId,
        Verdict verdict,
        String rule,
        String reason,
        String historyVisibility,
        long stateBefore,
        long currentState) {}
