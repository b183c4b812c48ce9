package org.gatehouse.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gatehouse.cluster.EncodedRecord.Header;
import org.junit.jupiter.api.Test;

class TraceParentTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Test
    void goesOnWithTheCallersTraceInASpanOfItsOwn() {
        TraceParent ours = TraceParent.continued(PARENT, new Random(1));

        assertThat(ours.traceId()).isEqualTo(TRACE);
        assertThat(ours.spanId()).isNotEqualTo("00f067aa0ba902b7");
        assertThat(ours.isSampled()).isTrue();
        assertThat(TraceParent.tryParse(ours.toString())).contains(ours);
    }

    @Test
    void beginsATraceWhereTheCallerNamesNone() {
        for (String none : List.of(
                "",
                "00-" + TRACE.toUpperCase(java.util.Locale.ROOT) + "-00f067aa0ba902b7-01",
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                PARENT + "-more",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                PARENT + "\n",
                "00-" + "a".repeat(10_000))) {
            TraceParent ours = TraceParent.continued(none, new Random(1));
            assertThat(ours.traceId()).as(none).isNotEqualTo(TRACE);
            assertThat(TraceParent.tryParse(ours.toString())).contains(ours);
        }
    }

    @Test
    void addsTheTraceOfAnEventToWhatIsPublishedOfIt() {
        EventTraces traces = new EventTraces();
        traces.saw(Optional.of("$a"), Optional.of(PARENT));
        traces.saw(Optional.of("$b"), Optional.of("rubbish\n"));

        assertThat(traces.with(List.of(new Header("event-id", "$a"))))
                .containsExactly(new Header("event-id", "$a"), new Header("traceparent", PARENT));
        assertThat(traces.with(List.of(new Header("event-id", "$b")))).containsExactly(new Header("event-id", "$b"));
        List<Header> told = List.of(new Header("event-id", "$a"), new Header("traceparent", "other"));
        assertThat(traces.with(told)).isEqualTo(told);
    }

    @Test
    void forgetsEventsOfLongAgo() {
        EventTraces traces = new EventTraces();
        for (int i = 0; i < 30_000; i++) {
            traces.saw(Optional.of("$" + i), Optional.of(PARENT));
        }

        assertThat(traces.of("$0")).isEmpty();
        assertThat(traces.of("$29999")).contains(PARENT);
    }
}
