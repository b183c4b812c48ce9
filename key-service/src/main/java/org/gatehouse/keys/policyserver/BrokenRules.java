package org.gatehouse.keys.policyserver;

/** A file of rules that is none; the message says where. */
final class BrokenRules extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenRules(String message) {
        super(message);
    }
}
