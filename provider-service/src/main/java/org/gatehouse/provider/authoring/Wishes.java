package org.gatehouse.provider.authoring;

import org.gatehouse.cluster.SendWish;

/** Wishes for events, brought to the owner of their room. */
public interface Wishes {

    /**
     * Returns when the wish is safe; what becomes of it is told to its reply address.
     *
     * @throws org.gatehouse.runtime.log.LogUnavailable if that is not sure
     */
    void publish(SendWish wish);
}
