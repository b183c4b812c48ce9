package org.gatehouse.matrix.canonicaljson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;

import java.nio.charset.StandardCharsets;
import org.gatehouse.matrix.RandomJson;
import org.junit.jupiter.api.Test;

class CanonicalJsonPropertiesTest {

    @Test
    void theCanonicalFormOfTheCanonicalFormIsTheSame() {
        qt().forAll(RandomJson.tolerant()).checkAssert(value -> {
            byte[] canonical = CanonicalJson.write(value);

            assertThat(CanonicalJson.write(StrictJson.parse(canonical))).isEqualTo(canonical);
        });
    }

    @Test
    void whatIsStrictReadsBackFromItsCanonicalFormAsItself() {
        qt().forAll(RandomJson.strict()).checkAssert(value -> {
            JsonValue readBack = StrictJson.parse(CanonicalJson.write(value));

            assertThat(CanonicalJson.isStrict(value)).isTrue();
            assertThat(readBack).isEqualTo(value).hasSameHashCodeAs(value);
            assertThat(CanonicalJson.isStrict(readBack)).isTrue();
        });
    }

    @Test
    void theTextIsTheBytesAndHoldsNoWhiteSpaceBetweenTokens() {
        qt().forAll(RandomJson.strict()).checkAssert(value -> {
            String text = CanonicalJson.writeString(value);

            assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(CanonicalJson.write(value));
            assertThat(text.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "")).doesNotContainAnyWhitespaces();
        });
    }
}
