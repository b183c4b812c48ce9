package org.gatehouse.egress.verification;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;

/** Keys of servers, those of our own names included. */
public interface VerifyKeys {

    /**
     * What is known of each server's keys, after asking it if need be. Servers of which nothing is known are left out.
     *
     * @param minimumValidUntilTs keys that are not valid until then are asked for anew, in milliseconds since the epoch
     */
    List<ServerKeys> find(Map<ServerName, Set<KeyId>> wanted, long minimumValidUntilTs);
}
