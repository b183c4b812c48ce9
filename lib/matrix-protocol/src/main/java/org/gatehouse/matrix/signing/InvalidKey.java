package org.gatehouse.matrix.signing;

/** Bytes that are not an Ed25519 key which may be used. The message never holds them. */
public final class InvalidKey extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidKey(String fault) {
        super(fault);
    }
}
