package org.gatehouse.matrix.canonicaljson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;

import org.gatehouse.matrix.RandomJson;
import org.junit.jupiter.api.Test;

class CanonicalMembersTest {

    @Test
    void isTheCanonicalFormOfTheWholeAndOfEachPart() {
        qt().forAll(RandomJson.object(true), RandomJson.object(true)).checkAssert((object, other) -> {
            CanonicalMembers members = CanonicalMembers.of(object);

            assertThat(members.bytes()).isEqualTo(CanonicalJson.write(object));
            assertThat(members.only(name -> true)).isEqualTo(members.bytes());
            assertThat(members.only(name -> false)).isEqualTo(CanonicalJson.write(JsonObject.EMPTY));
            for (String name : object.names()) {
                assertThat(members.only(each -> !each.equals(name)))
                        .isEqualTo(CanonicalJson.write(object.without(name)));
                assertThat(members.only(name::equals))
                        .isEqualTo(CanonicalJson.write(
                                JsonObject.of(name, object.get(name).orElseThrow())));
                assertThat(members.only(each -> true, name, other))
                        .isEqualTo(CanonicalJson.write(object.with(name, other)));
                assertThat(members.only(each -> !each.equals(object.names().get(0)), name, other))
                        .isEqualTo(CanonicalJson.write(
                                object.with(name, other).without(object.names().get(0))));
            }
        });
    }

    @Test
    void replacesNothingThatIsNotThere() {
        CanonicalMembers members = CanonicalMembers.of(StrictJson.parseObject("{\"a\":1,\"c\":2}"));

        assertThat(members.only(name -> true, "b", JsonNull.NULL)).isEqualTo(members.bytes());
        assertThat(members.only(name -> true, "a", JsonNull.NULL))
                .isEqualTo(CanonicalJson.write(StrictJson.parseObject("{\"a\":null,\"c\":2}")));
    }
}
