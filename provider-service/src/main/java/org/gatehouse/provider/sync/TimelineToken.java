package org.gatehouse.provider.sync;

import java.util.Optional;

/** A place between two events of a room: just before the event with the ordinal. As text: {@code t17}. */
record TimelineToken(long ordinal) {

    static Optional<TimelineToken> parse(String text) {
        if (!text.startsWith("t")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TimelineToken(Long.parseLong(text.substring(1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "t" + ordinal;
    }
}
