package org.gatehouse.provider.appservice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.UserId;

/** The application services of this cluster, as configured. */
public final class AppServices {

    private final List<AppService> all;

    public AppServices(List<AppService> all) {
        this.all = List.copyOf(all);
    }

    public List<AppService> all() {
        return all;
    }

    /** The service that holds an as_token; compared in constant time. */
    public Optional<AppService> byToken(String token) {
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        return all.stream()
                .filter(service ->
                        MessageDigest.isEqual(service.asToken().value().getBytes(StandardCharsets.UTF_8), given))
                .findFirst();
    }

    public Optional<AppService> byId(String id) {
        return all.stream().filter(service -> service.id().equals(id)).findFirst();
    }

    /** The first service whose namespaces cover the user. */
    public Optional<AppService> ownerOf(UserId user) {
        return all.stream().filter(service -> service.owns(user)).findFirst();
    }

    /** Whether only an application service may register the user. */
    public boolean isExclusive(UserId user) {
        return all.stream().anyMatch(service -> service.ownsExclusively(user));
    }

    public boolean isExclusiveToAnother(UserId user, AppService asking) {
        return all.stream().anyMatch(service -> !service.id().equals(asking.id()) && service.ownsExclusively(user));
    }
}
