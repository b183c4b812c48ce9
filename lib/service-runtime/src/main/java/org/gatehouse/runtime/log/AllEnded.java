package org.gatehouse.runtime.log;

import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Waits for several publishes of one request: for all of them, also where one has failed, so that none is forgotten. */
public final class AllEnded {

    private AllEnded() {}

    /** All at once, begun in their order; fails with one of the failures if there are any, after all have ended. */
    public static <T> Uni<Void> of(List<Uni<T>> publishes) {
        if (publishes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.join()
                .all(publishes)
                .andCollectFailures()
                .onFailure(CompositeException.class)
                .transform(
                        failures -> ((CompositeException) failures).getCauses().get(0))
                .replaceWithVoid();
    }
}
