package org.gatehouse.requestauth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    private final BodyBudget budget = new BodyBudget(100);

    @Test
    void givesNoMoreThanThereIs() {
        BodyBudget.Share first = budget.open("192.0.2.1");
        BodyBudget.Share second = budget.open("192.0.2.2");
        BodyBudget.Share third = budget.open("192.0.2.3");

        assertThat(first.take(50)).isTrue();
        assertThat(second.take(40)).isTrue();
        assertThat(third.take(20)).isFalse();
        assertThat(third.take(10)).isTrue();
        assertThat(budget.held()).isEqualTo(100);

        second.close();
        second.close();
        assertThat(third.take(20)).isTrue();
        assertThat(budget.held()).isEqualTo(80);
    }

    @Test
    void givesOneAddressHalfOfIt() {
        BodyBudget.Share one = budget.open("192.0.2.1");
        BodyBudget.Share another = budget.open("192.0.2.1");

        assertThat(one.take(30)).isTrue();
        assertThat(another.take(30)).isFalse();
        one.close();
        assertThat(another.take(30)).isTrue();
        another.close();
        assertThat(budget.held()).isZero();
    }

    @Test
    void givesNothingToARequestThatHasEnded() {
        BodyBudget.Share share = budget.open("192.0.2.1");
        share.close();

        assertThat(share.take(1)).isFalse();
        assertThat(budget.held()).isZero();
    }
}
