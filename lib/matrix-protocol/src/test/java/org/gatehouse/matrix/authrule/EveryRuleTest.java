package org.gatehouse.matrix.authrule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gatehouse.matrix.authrule.SpecRules.Decides;
import org.gatehouse.matrix.authrule.SpecRules.SpecRule;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule of every version with an event that is allowed and one that is refused, from the list of the
 * specification's rules and the table of cases; and that neither leaves anything out.
 */
class EveryRuleTest extends RuleTest {

    private static final Map<String, RuleCase> CASES = RuleCases.all().stream()
            .collect(Collectors.toMap(RuleCase::rule, Function.identity(), (a, b) -> a, TreeMap::new));

    @TestFactory
    Stream<DynamicContainer> everyRuleAllowsAndRefuses() {
        return versions().stream()
                .map(version -> dynamicContainer(
                        "version " + version,
                        SpecRules.of(version).stream()
                                .filter(rule -> rule.decides() != Decides.GROUP)
                                .flatMap(rule -> bothSides(version, rule))));
    }

    private static Stream<DynamicNode> bothSides(RoomVersion version, SpecRule rule) {
        String number = "v" + version + "/" + rule.number() + " " + rule.name();
        return Stream.of(
                dynamicTest(number + ": allowed", () -> of(rule).allowed().holdsIn(version, true)),
                dynamicTest(number + ": refused", () -> of(rule).refused().holdsIn(version, false)));
    }

    /** Each rule decides in its own case, on the side that its text names; on the other its neighbour does. */
    @ParameterizedTest
    @MethodSource("versions")
    void everyRuleDecidesInItsCase(RoomVersion version) {
        for (SpecRule rule : SpecRules.of(version)) {
            switch (rule.decides()) {
                case REJECTS -> assertThat(of(rule).refused().by()).isEqualTo(rule.name());
                case ALLOWS -> assertThat(of(rule).allowed().by()).isEqualTo(rule.name());
                case BOTH -> {
                    assertThat(of(rule).refused().by()).isEqualTo(rule.name());
                    assertThat(of(rule).allowed().by()).isEqualTo(rule.name());
                }
                case PART -> {
                    String whole = rule.number().substring(0, rule.number().lastIndexOf('.'));
                    assertThat(of(rule).allowed().by()).isEqualTo(SpecRules.nameOf(version, whole));
                }
                case GROUP -> assertThat(CASES).doesNotContainKey(rule.name());
            }
        }
    }

    @Test
    void noCaseIsForARuleThatNoVersionHas() {
        TreeSet<String> names = versions().stream()
                .flatMap(version -> SpecRules.of(version).stream())
                .map(SpecRule::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(names).containsAll(CASES.keySet());
        assertThat(RuleCases.all()).hasSameSizeAs(CASES.keySet());
    }

    /** The numbers that the code counts are those of the pages, each once; counted anew, for a version of its own. */
    @ParameterizedTest
    @MethodSource("versions")
    void numbersRulesAsThePagesDo(RoomVersion version) {
        RuleNumbers numbers = RuleNumbers.of(version.except(version.id(), rules -> {}));

        List<String> counted = Arrays.stream(Rule.values())
                .filter(numbers::has)
                .map(numbers::name)
                .toList();

        assertThat(counted)
                .isEqualTo(SpecRules.of(version).stream()
                        .filter(rule -> rule.decides() != Decides.PART)
                        .map(rule -> "v" + version + "/" + rule.number())
                        .toList());
    }

    @Test
    void countsTheRulesOfAVersionThatIsNotKept() {
        RoomVersion ownVersion = versions().get(0).except("org.example.own", rules -> rules.knocking = true);
        for (int i = 0; i < 100; i++) {
            RuleNumbers.of(ownVersion.except("org.example." + i, rules -> {}));
        }

        assertThat(RuleNumbers.of(ownVersion).name(Rule.KNOCK_OTHERWISE)).isEqualTo("vorg.example.own/5.6.4");
        assertThat(RuleNumbers.of(ownVersion).has(Rule.JOIN_RESTRICTED)).isFalse();
    }

    private static RuleCase of(SpecRule rule) {
        RuleCase found = CASES.get(rule.name());
        if (found == null) {
            throw new AssertionError("no case for rule " + rule.name());
        }
        return found;
    }
}
