package org.gatehouse.matrix.roomversion;

/** The state resolution algorithms, by their names in the specification. */
public enum StateResolutionAlgorithm {
    V1,
    V2,
    /** Version 2 starting from the empty state, with the conflicted state subgraph. */
    V2_1
}
