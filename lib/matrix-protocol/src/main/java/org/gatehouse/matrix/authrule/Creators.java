package org.gatehouse.matrix.authrule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.roomversion.CreatorRule;

/** Who made a room, by its create event. */
final class Creators {
    private Creators() {}

    /** The one user who may join first: who the create event calls creator (1 to 10), or who sent it. */
    static String founder(EventFacts create) {
        return create.roomVersion().creatorRule() == CreatorRule.CONTENT
                ? create.content().string("creator").orElse("")
                : create.sender().value();
    }

    /** Version 12: the sender of the create event and its {@code additional_creators}. */
    static List<String> of(EventFacts create) {
        List<String> creators = new ArrayList<>();
        creators.add(create.sender().value());
        create.content().array("additional_creators").ifPresent(more -> creators.addAll(more.strings()));
        return creators;
    }

    /** Version 12: whether this is the sender of the create event or one of its {@code additional_creators}. */
    static boolean include(EventFacts create, String user) {
        if (create.sender().value().equals(user)) {
            return true;
        }
        Optional<JsonArray> additional = create.content().array("additional_creators");
        if (additional.isEmpty()) {
            return false;
        }
        for (JsonValue creator : additional.get().values()) {
            if (creator instanceof JsonString name && name.value().equals(user)) {
                return true;
            }
        }
        return false;
    }
}
