package org.gatehouse.provider.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.gatehouse.cluster.Topics;

/**
 * A transaction on its way to an application service, whole, so that a repeat is the same to the byte. Its last offset
 * is that of the last record of its topic that it stands for.
 */
public final class PendingTransaction {

    private final String txnId;
    private final long lastOffset;
    private final byte[] body;

    public PendingTransaction(String txnId, long lastOffset, byte[] body) {
        this.txnId = txnId;
        this.lastOffset = lastOffset;
        this.body = body;
    }

    /** The identifier that a range of offsets has, whoever makes it; no two topics share one. */
    public static String txnId(int epoch, Topics topic, int partition, long first, long last) {
        String prefix = topic == Topics.EDU_RECEIVED ? "e" : "";
        return epoch + "-" + prefix + partition + "-" + first + "-" + last;
    }

    String txnId() {
        return txnId;
    }

    long lastOffset() {
        return lastOffset;
    }

    /** Not a copy: read only. */
    byte[] body() {
        return body;
    }

    /** Length of the identifier, the identifier, the offset, the body. */
    byte[] encode() {
        byte[] id = txnId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + id.length + Long.BYTES + body.length)
                .putInt(id.length)
                .put(id)
                .putLong(lastOffset)
                .put(body)
                .array();
    }

    static PendingTransaction decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] id = new byte[in.getInt()];
        in.get(id);
        long lastOffset = in.getLong();
        byte[] body = new byte[in.remaining()];
        in.get(body);
        return new PendingTransaction(new String(id, StandardCharsets.UTF_8), lastOffset, body);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PendingTransaction that
                && txnId.equals(that.txnId)
                && lastOffset == that.lastOffset
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return txnId.hashCode();
    }
}
