package org.gatehouse.keys.policyserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyRulesTest {

    private static final UserId ANN = new UserId("@ann:good.example");

    private final PolicyRules rules = rules("""
            # who
            server *.evil.example
            sender @spam*:*   # by name
            word casino
            word ÜBEL
            """);

    @TempDir
    Path folder;

    @Test
    void deniesServersAndSendersByGlob() {
        JsonObject content = JsonObject.EMPTY;

        assertThat(rules.refusal(ANN, content)).isEmpty();
        assertThat(rules.refusal(new UserId("@ann:x.evil.example:8448"), content))
                .hasValueSatisfying(reason -> assertThat(reason).contains("server"));
        assertThat(rules.refusal(new UserId("@Spammer:good.example"), content))
                .hasValueSatisfying(reason -> assertThat(reason).contains("sender"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"casino", "the CASINO!", "<b>Casino</b>", "(casino)", "übel", "x\ncasino", "a\u0000casino"})
    void deniesWholeWordsWhateverTheirCase(String text) {
        for (String field : new String[] {"body", "formatted_body", "name", "topic", "displayname", "reason"}) {
            assertThat(rules.refusal(ANN, JsonObject.EMPTY.with(field, text)))
                    .as(field)
                    .isPresent();
        }
        assertThat(rules.refusal(ANN, JsonObject.EMPTY.with("m.new_content", JsonObject.EMPTY.with("body", text))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"casinos", "kasino", "ca sino", "", "casino1"})
    void leavesOtherWordsAlone(String text) {
        assertThat(rules.refusal(ANN, JsonObject.EMPTY.with("body", text))).isEmpty();
        assertThat(rules.refusal(ANN, JsonObject.EMPTY.with("url", "casino"))).isEmpty();
        assertThat(rules.refusal(ANN, JsonObject.EMPTY.with("body", 1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "word two words", "user @a:b", "word a-b", "sender"})
    void saysWhichLineIsNoRule(String line) {
        assertThatThrownBy(() -> rules("word fine\n" + line))
                .isInstanceOf(BrokenRules.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void readsTheFileAgainWhenItIsAtRestAndKeepsTheLastGoodRules() throws IOException {
        Path file = Files.writeString(folder.resolve("rules"), "word one\n");
        RulesFile read = new RulesFile(file);
        JsonObject two = JsonObject.EMPTY.with("body", "two");
        assertThat(read.rules().refusal(ANN, two)).isEmpty();

        Files.writeString(file, "word one\nword two\n");
        read.look();
        assertThat(read.rules().refusal(ANN, two)).as("somebody may be writing").isEmpty();
        read.look();

        assertThat(read.rules().refusal(ANN, two)).isPresent();
        Files.writeString(file, "what is this, then\n");
        read.look();
        read.look();
        assertThat(read.rules().refusal(ANN, two)).isPresent();
    }

    private static PolicyRules rules(String text) {
        return PolicyRules.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
