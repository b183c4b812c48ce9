package org.gatehouse.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllEndedTest {

    private final List<UniEmitter<? super String>> pending = new ArrayList<>();

    private Uni<String> publish() {
        return Uni.createFrom().emitter(pending::add);
    }

    @Test
    void nothingHasEnded() {
        assertThat(AllEnded.of(List.<Uni<String>>of()).await().indefinitely()).isNull();
    }

    @Test
    void waitsForEach() {
        UniAssertSubscriber<Void> waiting =
                AllEnded.of(List.of(publish(), publish())).subscribe().withSubscriber(UniAssertSubscriber.create());

        pending.get(1).complete("two");
        waiting.assertNotTerminated();
        pending.get(0).complete("one");

        waiting.assertCompleted();
    }

    @Test
    void failsOnlyWhenTheOthersHaveEnded() {
        UniAssertSubscriber<Void> waiting = AllEnded.of(List.of(publish(), publish(), publish()))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        pending.get(2).complete("third");
        pending.get(1).fail(new LogUnavailable("second", new IllegalStateException()));
        waiting.assertNotTerminated();
        pending.get(0).complete("first");

        waiting.assertFailedWith(LogUnavailable.class, "second");
    }
}
