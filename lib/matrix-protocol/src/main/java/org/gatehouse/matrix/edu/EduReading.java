package org.gatehouse.matrix.edu;

import java.util.List;
import java.util.Optional;

/** What came of reading an EDU. None of it is an error of the transaction around it. */
public sealed interface EduReading {

    /** The EDU, if it can be used. */
    default Optional<Edu> usable() {
        return Optional.empty();
    }

    /**
     * It can be used.
     *
     * @param passedOver why single entries of a list were left out, at most {@link #MAX_REASONS}; holds nothing of their
     *     content
     */
    record Readable(Edu edu, List<String> passedOver) implements EduReading {

        /** The most reasons kept: they go into a log line. */
        public static final int MAX_REASONS = 8;

        public Readable {
            passedOver = List.copyOf(passedOver);
        }

        @Override
        public Optional<Edu> usable() {
            return Optional.of(edu);
        }
    }

    /**
     * It is malformed, too large, or speaks for users of another server: ignored as a whole.
     *
     * @param reason fit for a log; holds nothing of the EDU's content
     */
    record Refused(String reason) implements EduReading {}
}
