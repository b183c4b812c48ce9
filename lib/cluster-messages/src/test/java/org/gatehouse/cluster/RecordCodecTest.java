package org.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gatehouse.matrix.identifier.ServerName;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private static final RecordCodec<PeerHeard> PEER_HEARD = RecordCodec.of(PeerHeard.class);
    private static final PeerHeard BETA = new PeerHeard(new ServerName("beta.example"));

    @Test
    void everyRecordComesBackAsItWentIn() {
        Examples.all()
                .forEach((name, example) -> assertThat(
                                example.codec().decode(example.encode().value()))
                        .as(name)
                        .isEqualTo(example.message()));
    }

    /** The golden bytes are what the release before wrote: if this fails, the version has to go up by one. */
    @Test
    void readsAndWritesTheGoldenBytes() throws IOException {
        for (Map.Entry<String, Examples.Example<?>> entry : Examples.all().entrySet()) {
            byte[] golden = golden(entry.getKey(), entry.getValue());
            assertThat(entry.getValue().encode().value()).as(entry.getKey()).isEqualTo(golden);
            assertThat(entry.getValue().codec().decode(golden))
                    .as(entry.getKey())
                    .isEqualTo(entry.getValue().message());
        }
    }

    /** These bytes were written before wishes had a kind and a policy. */
    @Test
    void readsAWishWithoutAKind() throws IOException {
        Examples.Example<?> wish = Examples.all().get("wish-fetch");

        byte[] before = golden("fetch-wish", wish);

        assertThat(RecordCodec.of(GraphWish.class).decode(before)).isEqualTo(wish.message());
        assertThat(RecordCodec.of(FetchWish.class).decode(before)).isEqualTo(wish.message());
        assertThat(RecordCodec.of(FetchWish.class).decode(wish.encode().value()))
                .isEqualTo(wish.message());
    }

    @Test
    void everyKindOfEachSealedFamilyHasAnExample() {
        Set<Class<?>> shown = new java.util.HashSet<>();
        Examples.all().values().forEach(example -> shown.add(example.message().getClass()));
        for (Class<?> family : Set.of(
                ReceivedRecord.class, ConnectedRecord.class, JudgedRecord.class, ReceivedEdu.class, GraphWish.class)) {
            assertThat(shown).as(family.getSimpleName()).contains(family.getPermittedSubclasses());
        }
    }

    @Test
    void readsTheVersionBeforeAndTheVersionAfter() {
        for (int version : new int[] {RecordCodec.VERSION - 1, RecordCodec.VERSION + 1}) {
            byte[] value = PEER_HEARD.encode(BETA).value();
            value[0] = (byte) version;
            assertThat(PEER_HEARD.decode(value)).isEqualTo(BETA);
        }
    }

    @Test
    void ignoresMembersThatALaterReleaseAdds() {
        byte[] value = record("{\"server\":\"beta.example\",\"mood\":\"fine\"}");
        assertThat(PEER_HEARD.decode(value)).isEqualTo(BETA);
    }

    @Test
    void refusesVersionsFurtherAway() {
        byte[] value = PEER_HEARD.encode(BETA).value();
        value[0] = (byte) (RecordCodec.VERSION + 2);
        assertThatThrownBy(() -> PEER_HEARD.decode(value))
                .isInstanceOf(UnreadableRecord.class)
                .hasMessageContaining("record version 3");
    }

    @Test
    void refusesEveryTruncation() {
        byte[] value = Examples.all().get("judged-judged").encode().value();
        RecordCodec<JudgedRecord> codec = RecordCodec.of(JudgedRecord.class);
        for (int length = 0; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            assertThatThrownBy(() -> codec.decode(cut)).as("%d bytes", length).isInstanceOf(UnreadableRecord.class);
        }
    }

    @Test
    void refusesInvalidIdentifiers() {
        assertThatThrownBy(() -> PEER_HEARD.decode(record("{\"server\":\"not a name\"}")))
                .isInstanceOf(UnreadableRecord.class);
    }

    @Test
    void carriesThePdusBytesUntouched() {
        byte[] odd = "{\"a\":1.50,\"z\":\"\\u0000\"}".getBytes(StandardCharsets.UTF_8);
        RecordCodec<Quarantined> codec = RecordCodec.of(Quarantined.class);
        Quarantined message = new Quarantined("ingress", "t", 0, 0, "k", "r", new PduBytes(odd));
        assertThat(codec.decode(codec.encode(message).value()).bytes().canonical())
                .isEqualTo(odd);
    }

    @Test
    void everyTopicNamesItsOwnerAndNoTwoTopicsShareAName() {
        Set<String> names = new TreeSet<>();
        for (Topics topic : Topics.values()) {
            assertThat(names.add(topic.baseName())).isTrue();
            assertThat(topic.producers()).as(topic.baseName()).isNotEmpty();
        }
        assertThat(Topics.PDU_RECEIVED.partitions())
                .isEqualTo(Topics.PDU_CONNECTED.partitions())
                .isEqualTo(Topics.PDU_JUDGED.partitions());
    }

    private static byte[] record(String head) {
        byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(9 + bytes.length)
                .put((byte) RecordCodec.VERSION)
                .putInt(bytes.length)
                .put(bytes)
                .putInt(0)
                .array();
    }

    private static byte[] golden(String name, Examples.Example<?> example) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            byte[] bytes = example.encode().value();
            Path file = Path.of("src/test/resources/golden", name + ".base64");
            Files.writeString(
                    file, Base64.getMimeEncoder(100, new byte[] {'\n'}).encodeToString(bytes) + "\n");
            return bytes;
        }
        try (InputStream in = RecordCodecTest.class.getResourceAsStream("/golden/" + name + ".base64")) {
            assertThat(in).as("golden bytes of %s", name).isNotNull();
            return Base64.getMimeDecoder().decode(in.readAllBytes());
        }
    }
}
