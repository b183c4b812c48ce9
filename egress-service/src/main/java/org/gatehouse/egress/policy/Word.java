package org.gatehouse.egress.policy;

import java.util.Optional;

/** What a policy server says of an event. */
sealed interface Word {

    /** Its signature, if it gave one. */
    default Optional<String> signature() {
        return Optional.empty();
    }

    /** For people. */
    String detail();

    /** For logs, which hold nothing that the other server chose. */
    String kind();

    /** It recommends the event; the signature is checked. */
    record Signed(String text) implements Word {
        @Override
        public Optional<String> signature() {
            return Optional.of(text);
        }

        @Override
        public String detail() {
            return "signed";
        }

        @Override
        public String kind() {
            return "signed";
        }
    }

    /** It does not. */
    record Refused(int status, String errcode, String error) implements Word {
        @Override
        public String detail() {
            return "refused: " + status + " " + errcode + " " + error;
        }

        @Override
        public String kind() {
            return "refused with " + status;
        }
    }

    /** It cannot be reached, does not answer in time, or not as it has to. */
    record Failed(String detail) implements Word {
        @Override
        public String kind() {
            return "failed";
        }
    }
}
