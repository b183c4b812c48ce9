package org.gatehouse.matrix.canonicaljson;

import java.util.function.Predicate;

/**
 * An object in canonical form that knows where its members are, so that the canonical form of a part of them is copied
 * together and not written again.
 */
public final class CanonicalMembers {

    private final JsonObject object;
    private final byte[] bytes;

    /** Behind the opening brace, and behind each member. */
    private final int[] ends;

    private CanonicalMembers(JsonObject object, byte[] bytes, int[] ends) {
        this.object = object;
        this.bytes = bytes;
        this.ends = ends;
    }

    public static CanonicalMembers of(JsonObject object) {
        CanonicalWriter writer = new CanonicalWriter();
        int[] ends = new int[object.size() + 1];
        writer.open();
        ends[0] = writer.length();
        for (int i = 0; i < object.size(); i++) {
            writer.member(i == 0, object, i);
            ends[i + 1] = writer.length();
        }
        writer.close();
        return new CanonicalMembers(object, writer.bytes(), ends);
    }

    /** The canonical form of the whole object; the array is shared and must not be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** The canonical form of the object with those members only whose names are wanted. */
    public byte[] only(Predicate<String> wanted) {
        return only(wanted, -1, JsonNull.NULL);
    }

    /** As {@link #only(Predicate)}, with another value for one name, where there is such a member and it is wanted. */
    public byte[] only(Predicate<String> wanted, String name, JsonValue other) {
        int member = object.indexOf(name);
        return only(wanted, member >= 0 && object.valueAt(member) == other ? -1 : member, other);
    }

    private byte[] only(Predicate<String> wanted, int replaced, JsonValue other) {
        CanonicalWriter writer = new CanonicalWriter(bytes.length);
        writer.open();
        for (int i = 0; i < object.size(); i++) {
            if (!wanted.test(object.nameAt(i))) {
                continue;
            }
            boolean isFirst = writer.length() == 1;
            if (i == replaced) {
                writer.member(isFirst, object.nameAt(i), object.hasPlainNames(), other);
            } else {
                writer.member(isFirst, bytes, start(i), ends[i + 1]);
            }
        }
        writer.close();
        return writer.bytes();
    }

    /** All members but the first have a comma before them. */
    private int start(int member) {
        return member == 0 ? ends[0] : ends[member] + 1;
    }
}
