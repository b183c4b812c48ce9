package org.gatehouse.matrix.event;

import org.gatehouse.matrix.identifier.CodePointOrder;

/**
 * A slot of room state: the pair under which a state event stands.
 *
 * @param type the event type
 * @param stateKey the {@code state_key}, often empty
 */
public record StateKey(String type, String stateKey) implements Comparable<StateKey> {

    /** The slot of a type whose state key is empty. */
    public static StateKey of(String type) {
        return new StateKey(type, "");
    }

    /** By type, then by state key, both in code-point order. */
    @Override
    public int compareTo(StateKey other) {
        int byType = CodePointOrder.compare(type, other.type);
        return byType != 0 ? byType : CodePointOrder.compare(stateKey, other.stateKey);
    }
}
