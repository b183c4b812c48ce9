package org.gatehouse.matrix.stateres;

import java.util.BitSet;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;

/**
 * The "power events": those that might take from someone the ability to do something. Of power levels and join rules
 * only the ones with an empty state key do; the others govern nothing.
 */
final class PowerEvents {
    private PowerEvents() {}

    static boolean isPowerEvent(Pdu event) {
        if (event.isState(EventTypes.POWER_LEVELS) || event.isState(EventTypes.JOIN_RULES)) {
            return true;
        }
        if (!event.type().equals(EventTypes.MEMBER) || !event.isState()) {
            return false;
        }
        String membership = event.content().string("membership").orElse("");
        return (membership.equals("leave") || membership.equals("ban"))
                && !event.stateKey().orElseThrow().equals(event.sender().value());
    }

    /**
     * The power events of the full conflicted set, and what of their auth chains is in that set: as the specification
     * says it, also what is reached over events outside of the set. Some servers stop at the first event outside. In
     * version 2.1 there is no difference, since every path between two conflicted events is in the set.
     */
    static BitSet withTheirChains(BitSet fullConflictedSet, InternedEvents events, AuthWalk chains) {
        BitSet power = new BitSet();
        fullConflictedSet.stream()
                .filter(event -> isPowerEvent(events.event(event)))
                .forEach(power::set);
        BitSet picked = chains.chainsOf(power);
        picked.and(fullConflictedSet);
        picked.or(power);
        return picked;
    }
}
