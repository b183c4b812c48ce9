package org.gatehouse.provider.hosteduser;

import java.util.List;
import org.gatehouse.matrix.identifier.UserId;

/** The devices of hosted users. */
public interface Devices {

    /** The IDs of a user's devices, in their order. */
    List<String> of(UserId userId);
}
