package org.gatehouse.egress.membership;

import jakarta.inject.Singleton;
import org.gatehouse.egress.membership.MembershipTemplate.Wish;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.remote.RemoteOperation;
import org.gatehouse.egress.remote.RemotePath;
import org.gatehouse.matrix.canonicaljson.JsonObject;

/** Asks a resident server for the template of a membership event of one of our users. */
@Singleton
class MakeMembership {

    private final FederationClient client;

    MakeMembership(FederationClient client) {
        this.client = client;
    }

    /** @return {@code {room_version, event}}, checked */
    JsonObject make(Wish wish) {
        RemotePath path = RemotePath.of("v1/make_" + wish.membership(), wish.roomId(), wish.userId());
        if (!wish.membership().equals("leave")) {
            wish.roomVersions().forEach(version -> path.query("ver", version));
        }
        JsonObject answer = client.get(wish.origin(), wish.destination(), RemoteOperation.MAKE_MEMBERSHIP, path);
        return MembershipTemplate.read(wish, answer);
    }
}
