package org.gatehouse.stateresolution.room;

/** What an event counts for when others cite it as an auth event. */
public enum Standing {
    ACCEPTED,
    REJECTED,
    /** An outlier whose own auth events are not all known: it is judged when they are. */
    UNSETTLED
}
