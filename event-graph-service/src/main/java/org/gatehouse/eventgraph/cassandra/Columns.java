package org.gatehouse.eventgraph.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.List;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.matrix.identifier.ServerName;

/** Reads columns that are always set. */
final class Columns {

    private Columns() {}

    static String text(Row row, String column) {
        String value = row.getString(column);
        if (value == null) {
            throw new IllegalStateException("a row without " + column);
        }
        return value;
    }

    static byte[] bytes(Row row, String column) {
        ByteBuffer value = row.getByteBuffer(column);
        if (value == null) {
            throw new IllegalStateException("a row without " + column);
        }
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }

    static PduBytes pdu(Row row, String column) {
        return new PduBytes(bytes(row, column));
    }

    static ServerName serverName(Row row, String column) {
        return new ServerName(text(row, column));
    }

    static List<Long> longs(Row row, String column) {
        List<Long> values = row.getList(column, Long.class);
        return values == null ? List.of() : values;
    }

    static List<ReplyTo> addresses(Row row, String column) {
        List<String> values = row.getList(column, String.class);
        return values == null ? List.of() : values.stream().map(ReplyTo::parse).toList();
    }

    static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
