package org.gatehouse.provider.room;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/** IDs for rooms of versions that do not derive them from the create event. */
@ApplicationScoped
public class RoomIds {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 18;

    private final SecureRandom random;

    public RoomIds(SecureRandom random) {
        this.random = random;
    }

    RoomId next(ServerName server) {
        StringBuilder id = new StringBuilder("!");
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new RoomId(id.append(':').append(server.value()).toString());
    }
}
