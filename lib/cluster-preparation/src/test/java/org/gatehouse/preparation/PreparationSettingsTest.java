package org.gatehouse.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.gatehouse.cassandra.CassandraNodes;
import org.gatehouse.cluster.Topics;
import org.junit.jupiter.api.Test;

class PreparationSettingsTest {

    @Test
    void takeOneCopyAndTheUsualPartitionsIfNothingIsSaid() {
        PreparationSettings settings = read(Map.of());

        assertThat(settings.replication().cql()).isEqualTo("{'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
        assertThat(settings.topics().partitions(Topics.PDU_RECEIVED)).isEqualTo(16);
        assertThat(settings.kafka()).containsEntry("bootstrap.servers", "127.0.0.1:9092");
    }

    @Test
    void spreadWhatIsSpreadLikeTheLogAndNothingElse() {
        TopicShape shape =
                read(Map.of("gatehouse.preparation.log-partitions", "256")).topics();

        assertThat(shape.partitions(Topics.PDU_RECEIVED)).isEqualTo(256);
        assertThat(shape.partitions(Topics.PDU_CONNECTED)).isEqualTo(256);
        assertThat(shape.partitions(Topics.OUTBOUND)).isEqualTo(256);
        assertThat(shape.partitions(Topics.VERDICT_REPLIES)).isEqualTo(Topics.VERDICT_REPLIES.partitions());
        assertThat(shape.partitions(Topics.ROOM_FACTS)).isEqualTo(Topics.ROOM_FACTS.partitions());
    }

    @Test
    void giveKafkaWhatItsKeysSay() {
        assertThat(read(Map.of("kafka.bootstrap.servers", "broker:9093", "kafka.security.protocol", "SSL"))
                        .kafka())
                .containsEntry("bootstrap.servers", "broker:9093")
                .containsEntry("security.protocol", "SSL");
    }

    @Test
    void copyToEachDataCentreThatIsNamed() {
        assertThat(Replication.of("east:3, west:2").cql())
                .isEqualTo("{'class': 'NetworkTopologyStrategy', 'east': 3, 'west': 2}");
    }

    @Test
    void refuseCopiesThatAreNone() {
        assertThatThrownBy(() -> Replication.of("three"))
                .isInstanceOf(PreparationProblem.class)
                .hasMessageContaining("gatehouse.preparation.cassandra-replicas")
                .hasMessageContaining("\"three\"");
    }

    @Test
    void sayWhichKeyIsWrong() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = PrepareCluster.run(
                config(Map.of("gatehouse.preparation.topic-replicas", "many")),
                System.out,
                new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("cluster-preparation: the configuration is wrong")
                .contains("gatehouse.preparation.topic-replicas")
                .contains("many");
    }

    private static PreparationSettings read(Map<String, String> keys) {
        return PreparationSettings.read(config(keys));
    }

    private static io.smallrye.config.SmallRyeConfig config(Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(CassandraNodes.class, CassandraNodes.PREFIX)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build();
    }
}
