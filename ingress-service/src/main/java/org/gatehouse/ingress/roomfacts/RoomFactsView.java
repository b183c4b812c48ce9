package org.gatehouse.ingress.roomfacts;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.gatehouse.matrix.identifier.RoomId;

/** The facts of every room that the cluster knows. */
public interface RoomFactsView {

    /**
     * The facts of a room. A room is called unknown only after reading to an end of the topic that was taken after this
     * call, so that no instance denies a room that another has joined.
     */
    Uni<Optional<KnownRoom>> of(RoomId roomId);
}
