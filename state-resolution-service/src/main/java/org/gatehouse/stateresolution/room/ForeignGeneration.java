package org.gatehouse.stateresolution.room;

import org.gatehouse.matrix.identifier.RoomId;

/**
 * A room's head was stored from another life of the topic: its offset says nothing about this one. Only an operator can
 * tell which is right.
 */
public final class ForeignGeneration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignGeneration(RoomId roomId, int stored, int current) {
        super("the head of " + roomId + " is of generation " + stored + ", the service of " + current);
    }
}
