package org.gatehouse.matrix.stateres;

import java.util.Objects;
import java.util.Optional;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.jspecify.annotations.Nullable;

/** One slot in which two states differ; an absent side means that this state has nothing there. */
public record StateChange(StateKey key, Optional<EventId> before, Optional<EventId> after) {

    static StateChange of(@Nullable TrieEntry before, @Nullable TrieEntry after) {
        TrieEntry either = Objects.requireNonNull(before != null ? before : after);
        return new StateChange(
                either.key(),
                Optional.ofNullable(before).map(TrieEntry::eventId),
                Optional.ofNullable(after).map(TrieEntry::eventId));
    }
}
