package org.gatehouse.matrix.canonicaljson;

/** Bytes that cannot be read as the JSON that was asked for. The message holds a position, never content. */
public final class MalformedJson extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String errcode;

    private MalformedJson(String errcode, String message) {
        super(message);
        this.errcode = errcode;
    }

    static MalformedJson notJson(String fault, int offset) {
        return new MalformedJson("M_NOT_JSON", fault + " at byte " + offset);
    }

    static MalformedJson badJson(String fault) {
        return new MalformedJson("M_BAD_JSON", fault);
    }

    /** {@code M_NOT_JSON} for bad UTF-8 or syntax, {@code M_BAD_JSON} for JSON that is no object or nests too deep. */
    public String errcode() {
        return errcode;
    }
}
