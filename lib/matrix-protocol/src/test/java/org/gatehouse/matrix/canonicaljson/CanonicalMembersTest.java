package org.gatehouse.matrix.canonicaljson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;

import java.util.List;
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
                CanonicalMembers replaced = members.with(name, other);
                assertThat(replaced.bytes()).isEqualTo(CanonicalJson.write(object.with(name, other)));
                assertThat(replaced.only(each -> !each.equals(object.names().get(0))))
                        .isEqualTo(CanonicalJson.write(
                                object.with(name, other).without(object.names().get(0))));
            }
        });
    }

    @Test
    void replacesNothingThatIsNotThere() {
        CanonicalMembers members = CanonicalMembers.of(StrictJson.parseObject("{\"a\":1,\"c\":2}"));

        assertThat(members.with("b", JsonNull.NULL)).isSameAs(members);
        assertThat(List.of(members.with("a", JsonNull.NULL).bytes()))
                .containsExactly(CanonicalJson.write(StrictJson.parseObject("{\"a\":null,\"c\":2}")));
    }
}
