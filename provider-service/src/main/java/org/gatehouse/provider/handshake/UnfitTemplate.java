package org.gatehouse.provider.handshake;

/** Another server's template is not for what was asked: nothing is signed. */
final class UnfitTemplate extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfitTemplate(String what) {
        super("The template has " + what);
    }
}
