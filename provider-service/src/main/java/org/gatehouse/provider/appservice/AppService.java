package org.gatehouse.provider.appservice;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/**
 * An application service as its registration describes it (Application Service API, "Registration").
 *
 * @param url where transactions are pushed to; absent if it wants none
 * @param sender the user that it acts as by itself
 * @param server the server name that its namespaces and its sender belong to
 * @param receivesEphemeral whether it wants typing, receipts, presence and to-device messages
 */
public record AppService(
        String id,
        Optional<URI> url,
        Secret asToken,
        Secret hsToken,
        UserId sender,
        ServerName server,
        boolean receivesEphemeral,
        List<Namespace> users,
        List<Namespace> rooms,
        List<Namespace> aliases) {

    public AppService {
        users = List.copyOf(users);
        rooms = List.copyOf(rooms);
        aliases = List.copyOf(aliases);
    }

    /** A token of a registration. */
    public record Secret(String value) {
        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    /** Whether the service may act as that user. */
    public boolean speaksFor(UserId user) {
        return user.equals(sender) || owns(user);
    }

    /** Whether a namespace of the service covers a user of its server name. */
    public boolean owns(UserId user) {
        return user.serverName().equals(server) && users.stream().anyMatch(space -> space.covers(user.value()));
    }

    boolean ownsExclusively(UserId user) {
        return user.equals(sender)
                || (user.serverName().equals(server)
                        && users.stream().anyMatch(space -> space.exclusive() && space.covers(user.value())));
    }

    /** Whether events that name this user are the service's business: also users of other servers may be covered. */
    public boolean isInterestedInUser(String user) {
        return user.equals(sender.value()) || users.stream().anyMatch(space -> space.covers(user));
    }

    public boolean isInterestedInRoom(String roomId) {
        return rooms.stream().anyMatch(space -> space.covers(roomId));
    }

    public boolean isInterestedInAlias(String alias) {
        return aliases.stream().anyMatch(space -> space.covers(alias));
    }
}
