package org.gatehouse.matrix.canonicaljson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

    private final JsonObject object = StrictJson.parseObject(
            "{\"s\":\"x\",\"n\":7,\"f\":1.0,\"b\":true,\"o\":{\"k\":1},\"a\":[\"p\",1,\"q\"],\"z\":null}");

    @Test
    void readsByType() {
        assertThat(object.string("s")).contains("x");
        assertThat(object.integer("n")).hasValue(7);
        assertThat(object.bool("b")).contains(true);
        assertThat(object.object("o").orElseThrow().integer("k")).hasValue(1);
        assertThat(object.array("a").orElseThrow().strings()).containsExactly("p", "q");
        assertThat(object.get("z")).contains(JsonNull.NULL);
        assertThat(object.has("z")).isTrue();
    }

    @Test
    void answersEmptyForAnotherType() {
        assertThat(object.string("n")).isEmpty();
        assertThat(object.integer("s")).isEmpty();
        assertThat(object.integer("f")).isEmpty();
        assertThat(object.bool("z")).isEmpty();
        assertThat(object.object("a")).isEmpty();
        assertThat(object.array("o")).isEmpty();
        assertThat(object.string("absent")).isEmpty();
        assertThat(object.has("absent")).isFalse();
    }

    @Test
    void findsEveryKeyOfALargeObject() {
        JsonObject.Builder builder = JsonObject.builder();
        for (int i = 0; i < 500; i++) {
            builder.put("key" + i, i);
        }
        JsonObject large = builder.build();

        for (int i = 0; i < 500; i++) {
            assertThat(large.integer("key" + i)).hasValue(i);
        }
        assertThat(large.has("key500")).isFalse();
    }

    @Test
    void withAddsInOrderOrReplaces() {
        assertThat(JsonObject.EMPTY.with("b", 1).with("a", "x").with("c", true).with("b", 2))
                .hasToString("{\"a\":\"x\",\"b\":2,\"c\":true}");
    }

    @Test
    void withoutLeavesTheOriginalAlone() {
        JsonObject fewer = object.without("s", "absent", "z");

        assertThat(fewer.names()).containsExactly("a", "b", "f", "n", "o");
        assertThat(object.size()).isEqualTo(7);
        assertThat(object.without("absent")).isSameAs(object);
    }

    @Test
    void visitsInCodePointOrder() {
        List<String> names = new ArrayList<>();
        JsonObject.builder()
                .put("\uD83D\uDE00", 1)
                .put("\uFB01", 2)
                .put("a", 3)
                .build()
                .forEach((name, value) -> names.add(name));

        assertThat(names).containsExactly("a", "\uFB01", "\uD83D\uDE00");
    }

    @Test
    void builderKeepsTheLastValueAndSeesNoDefectInIt() {
        JsonObject built = JsonObject.builder().put("a", 1).put("a", 2).build();

        assertThat(built).hasToString("{\"a\":2}");
        assertThat(built.defect()).isEmpty();
    }

    @Test
    void equalsByContentWhateverTheOrderOfArrival() {
        JsonObject one = StrictJson.parseObject("{\"a\":1,\"b\":[true]}");
        JsonObject other = StrictJson.parseObject(" { \"b\" : [ true ] , \"a\" : 1 } ");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).isNotEqualTo(StrictJson.parseObject("{\"a\":1.0,\"b\":[true]}"));
    }

    @Test
    void cannotBeChangedFromOutside() {
        assertThatThrownBy(() -> object.names().set(0, "x")).isInstanceOf(UnsupportedOperationException.class);
        JsonValue[] values = {JsonNull.NULL};
        JsonArray array = JsonArray.of(values);
        values[0] = JsonBoolean.TRUE;
        assertThat(array.values()).containsExactly(JsonNull.NULL);
    }

    @Test
    void refusesANumberThatIsNone() {
        for (String text : new String[] {"", "a", "1 ", "01", "1.", "--1"}) {
            assertThatThrownBy(() -> new JsonNumber(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
