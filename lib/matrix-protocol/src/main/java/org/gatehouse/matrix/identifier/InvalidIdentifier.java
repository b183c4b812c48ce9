package org.gatehouse.matrix.identifier;

/** A string that is not the identifier it was taken for. The message names the kind and the fault, never the value. */
public final class InvalidIdentifier extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidIdentifier(String kind, String fault) {
        super(kind + ": " + fault);
    }
}
