package org.gatehouse.testkit.fault;

/** What must hold whatever happens; each says as much of it as the {@link Auditor} can show. */
public enum Invariant {

    /** What a 200 took has one place in its room, one verdict, and is found by its ID. */
    ACKNOWLEDGED_IS_DURABLE("I1"),

    /** Nothing of a peer is stored that this peer did not send. */
    STORED_WAS_SENT("I2"),

    /** One row an event; a feed has each accepted event once, and leaves none out. */
    NOTHING_TWICE("I3"),

    /** Whatever is stored has the ID, the content hash and the signatures that it claims. */
    STORED_IS_VERIFIED("I4"),

    /** No accepted event rests on an auth event that is rejected or not there. The rules themselves are not run. */
    ACCEPTED_IS_AUTHORISED("I5"),

    /** Whoever was asked for the state at one event of a room, the answer is the same. */
    STATES_CONVERGE("I6"),

    /** Neither a room's order nor a feed has a child before a parent that it has. */
    PARENTS_FIRST("I7"),

    /** We signed events of our users, and co-signed what may be co-signed, and nothing else that can be seen. */
    SIGNED_IS_OURS("I8"),

    /** Each accepted event of our users came to each server that was in the room, in the room's order. */
    EVERYTHING_WENT_OUT("I9");

    private final String number;

    Invariant(String number) {
        this.number = number;
    }

    @Override
    public String toString() {
        return number + " " + name();
    }
}
