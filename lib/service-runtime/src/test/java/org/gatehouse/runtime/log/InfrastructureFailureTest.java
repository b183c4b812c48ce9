package org.gatehouse.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeoutException;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.runtime.internal.ServiceUnavailable;
import org.junit.jupiter.api.Test;

class InfrastructureFailureTest {

    @Test
    void findsWhatPassesBehindWhatWrapsIt() {
        assertThat(InfrastructureFailure.is(new LogUnavailable("x"))).isTrue();
        assertThat(InfrastructureFailure.is(new RuntimeException(new ServiceUnavailable("key", "x"))))
                .isTrue();
        assertThat(InfrastructureFailure.is(new RuntimeException(new RuntimeException(new TimeoutException()))))
                .isTrue();
    }

    @Test
    void takesTheRestForPoison() {
        assertThat(InfrastructureFailure.is(new UnreadableRecord("x"))).isFalse();
        assertThat(InfrastructureFailure.is(new NullPointerException())).isFalse();
        assertThat(InfrastructureFailure.is(new StackOverflowError())).isFalse();
    }
}
