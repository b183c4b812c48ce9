package org.gatehouse.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChunksTest {

    private static final Chunks.Reading ANSWERS = Chunks.kafkaAnswers("127.0.0.1", 9092, 40_000);

    @Test
    void theBrokersPortBecomesTheProxysWhereverItFollowsTheHost() throws IOException {
        byte[] first = answer("127.0.0.1", 9092);
        byte[] second = answer("127.0.0.1", 9093);
        Chunks chunks = ANSWERS.of(new ByteArrayInputStream(ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array()));

        assertThat(chunks.next()).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(answer("127.0.0.1", 40_000)));
        assertThat(chunks.next()).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(second));
        assertThat(chunks.next()).isEmpty();
    }

    @Test
    void anAnswerThatIsCutShortIsNoAnswer() {
        byte[] whole = answer("127.0.0.1", 9092);
        Chunks chunks = ANSWERS.of(new ByteArrayInputStream(whole, 0, whole.length - 1));
        assertThatThrownBy(chunks::next).isInstanceOf(EOFException.class);
    }

    /** As a broker in an answer of metadata: its number, host and port, here twice. */
    private static byte[] answer(String host, int port) {
        byte[] name = host.getBytes(StandardCharsets.US_ASCII);
        int size = 2 * (Integer.BYTES + 1 + name.length + Integer.BYTES);
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + size).putInt(size);
        for (int i = 0; i < 2; i++) {
            bytes.putInt(i).put((byte) (name.length + 1)).put(name).putInt(port);
        }
        return bytes.array();
    }
}
