package org.gatehouse.provider.appservice;

/** A registration file that cannot be used: the service does not start with it. */
public final class BadRegistration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRegistration(String message) {
        super(message);
    }

    BadRegistration(String message, Throwable cause) {
        super(message, cause);
    }
}
