package org.gatehouse.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.gatehouse.cluster.TopicLives;
import org.gatehouse.cluster.Topics;
import org.junit.jupiter.api.Test;

class TopicsOfThisGenerationTest {

    private final TopicLives known = new InMemoryTopicLives();

    @Test
    void aNewTopicIsKeptAndIsTheSameTheNextTime() {
        assertThat(problem(Optional.of("first"), 10)).isEmpty();
        assertThat(problem(Optional.of("first"), 10)).isEmpty();
    }

    @Test
    void aTopicThatWasMadeAnewIsRefusedUntilTheGenerationIsRaised() {
        problem(Optional.of("first"), 10);

        assertThat(problem(Optional.of("second"), 10))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("topic local.pdu-received was made anew")
                        .contains("raise gatehouse.generation"));
        assertThat(problem(Optional.of("second"), 11)).isEmpty();
        assertThat(problem(Optional.of("second"), 11)).isEmpty();
    }

    @Test
    void aGenerationThatWasLoweredIsRefused() {
        problem(Optional.of("first"), 10);
        problem(Optional.of("second"), 11);

        assertThat(problem(Optional.of("first"), 10))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("never lower it"));
    }

    @Test
    void aTopicThatIsNotThereYetIsNoProblemButOneThatIsGoneIs() {
        assertThat(problem(Optional.empty(), 10)).isEmpty();
        problem(Optional.of("first"), 10);

        assertThat(problem(Optional.empty(), 10))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("local.pdu-received is gone"));
    }

    @Test
    void offsetsAreKeptOfWhatIsReadAndLasts() {
        assertThat(TopicsOfThisGeneration.keepsOffsetsOf(Topics.PDU_RECEIVED, "event-graph"))
                .isTrue();
        assertThat(TopicsOfThisGeneration.keepsOffsetsOf(Topics.OUTBOUND, "egress"))
                .isTrue();
        assertThat(TopicsOfThisGeneration.keepsOffsetsOf(Topics.PDU_RECEIVED, "ingress"))
                .isFalse();
        assertThat(TopicsOfThisGeneration.keepsOffsetsOf(Topics.ROOM_FACTS, "ingress"))
                .isFalse();
        assertThat(TopicsOfThisGeneration.keepsOffsetsOf(Topics.VERDICT_REPLIES, "provider"))
                .isFalse();
    }

    private Optional<String> problem(Optional<String> id, int generation) {
        return TopicsOfThisGeneration.problem(
                Topics.PDU_RECEIVED, Topics.PDU_RECEIVED.name("local."), id, generation, known);
    }

    private static final class InMemoryTopicLives implements TopicLives {

        private final Map<Integer, String> ids = new TreeMap<>();

        @Override
        public String keep(String topic, int generation, String id) {
            String before = ids.putIfAbsent(generation, id);
            return before == null ? id : before;
        }

        @Override
        public Optional<String> find(String topic, int generation) {
            return Optional.ofNullable(ids.get(generation));
        }

        @Override
        public OptionalInt latestGeneration(String topic) {
            return ids.keySet().stream().mapToInt(Integer::intValue).max();
        }
    }
}
