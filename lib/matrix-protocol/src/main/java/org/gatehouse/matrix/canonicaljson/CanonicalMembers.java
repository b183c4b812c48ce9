package org.gatehouse.matrix.canonicaljson;

import java.util.Arrays;
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
            writer.member(i == 0, object.nameAt(i), object.valueAt(i));
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
        byte[] part = new byte[bytes.length];
        int length = 0;
        part[length++] = '{';
        for (int i = 0; i < object.size(); i++) {
            if (wanted.test(object.nameAt(i))) {
                length = append(part, length, i);
            }
        }
        part[length++] = '}';
        return Arrays.copyOf(part, length);
    }

    /** The same members with the value of one replaced; nothing changes if there is no such member. */
    public CanonicalMembers with(String name, JsonValue other) {
        int member = object.names().indexOf(name);
        if (member < 0 || object.valueAt(member) == other) {
            return this;
        }
        CanonicalWriter writer = new CanonicalWriter();
        writer.member(true, name, other);
        byte[] written = writer.bytes();
        int start = start(member);
        int saved = ends[member + 1] - start - written.length;
        byte[] replaced = new byte[bytes.length - saved];
        System.arraycopy(bytes, 0, replaced, 0, start);
        System.arraycopy(written, 0, replaced, start, written.length);
        System.arraycopy(bytes, ends[member + 1], replaced, start + written.length, bytes.length - ends[member + 1]);
        int[] moved = ends.clone();
        for (int i = member + 1; i < moved.length; i++) {
            moved[i] -= saved;
        }
        return new CanonicalMembers(object.with(name, other), replaced, moved);
    }

    private int append(byte[] part, int length, int member) {
        int start = start(member);
        int size = ends[member + 1] - start;
        int at = length;
        if (at > 1) {
            part[at++] = ',';
        }
        System.arraycopy(bytes, start, part, at, size);
        return at + size;
    }

    /** All members but the first have a comma before them. */
    private int start(int member) {
        return member == 0 ? ends[0] : ends[member] + 1;
    }
}
