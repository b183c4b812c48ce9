package org.gatehouse.provider.delivery;

import java.util.ArrayList;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.ClientEvents;
import org.gatehouse.matrix.identifier.UserId;

/** What an inviter shows of a room comes from another server: what is not sound never reaches a client (QA06). */
final class StrippedState {

    private StrippedState() {}

    /** The entries that are stripped state events, with the four keys and no others. */
    static List<JsonObject> sound(List<JsonObject> entries) {
        List<JsonObject> sound = new ArrayList<>();
        for (JsonObject entry : entries) {
            if (isSound(entry)) {
                sound.add(ClientEvents.stripped(entry));
            }
        }
        return sound;
    }

    private static boolean isSound(JsonObject entry) {
        return entry.defect().isEmpty()
                && entry.string("type").isPresent()
                && entry.string("state_key").isPresent()
                && entry.object("content").isPresent()
                && entry.string("sender").flatMap(UserId::tryParse).isPresent();
    }
}
