package org.gatehouse.matrix.roomversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.matrix.roomversion.RedactionRules.ContentRule.keep;
import static org.gatehouse.matrix.roomversion.RedactionRules.ContentRule.keepAll;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.gatehouse.matrix.roomversion.RedactionRules.ContentRule;
import org.junit.jupiter.api.Test;

/** How one room version's rules are made from the one before. */
class RedactionRulesTest {

    private static RedactionRules rules() {
        return new RedactionRules(Set.of("type", "origin", "membership"), new TreeMap<>())
                .with("m.one", keep("a", "b"))
                .with("m.two", keepAll());
    }

    @Test
    void aTypeWithoutARuleKeepsNothing() {
        assertThat(rules().content("m.one")).contains(keep("a", "b"));
        assertThat(rules().content("m.three")).isEmpty();
    }

    @Test
    void topLevelKeysCanBeTakenAway() {
        RedactionRules fewer = rules().withoutTopLevel("origin", "membership", "absent");

        assertThat(fewer.topLevel()).containsExactly("type");
        assertThat(fewer.content()).isEqualTo(rules().content());
    }

    @Test
    void theRuleOfATypeCanBeReplacedAndTakenAway() {
        RedactionRules other = rules().with("m.one", keep("c")).without("m.two");

        assertThat(other.content("m.one")).contains(keep("c"));
        assertThat(other.content("m.two")).isEmpty();
        assertThat(other.topLevel()).isEqualTo(rules().topLevel());
        assertThat(rules().content("m.two"))
                .as("the rules before are as they were")
                .isPresent();
    }

    @Test
    void aRuleKeepsAllOrSomeOrSomeInside() {
        ContentRule some = keep("a").andInside("b", "c", "d");

        assertThat(keepAll().everything()).isTrue();
        assertThat(some.everything()).isFalse();
        assertThat(some.keys()).containsExactly("a");
        assertThat(some.inside()).containsOnlyKeys("b").containsEntry("b", List.of("c", "d"));
        assertThat(keepAll().andInside("b", "c").everything()).isTrue();
    }
}
