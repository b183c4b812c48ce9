package org.gatehouse.ingress.eventkeys;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.signing.KeyRing;

/** Keys of the servers that have to have signed an event. */
public interface EventKeys {

    /**
     * A ring with the keys that these events need. A key that nobody can give is not in it.
     *
     * @return fails if key-service does not answer: nothing may be dropped for that
     */
    Uni<KeyRing> ringFor(List<UnverifiedPdu> pdus);
}
