package org.gatehouse.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicsReadyTest {

    @Test
    void needsTheTopicsThatTheServiceWritesOrReads() {
        assertThat(TopicsReady.needed("state-resolution", "a."))
                .containsExactly(
                        "a.pdu-bulk",
                        "a.pdu-connected",
                        "a.pdu-judged",
                        "a.quarantine",
                        "a.room-facts",
                        "a.verdict-replies");
        assertThat(TopicsReady.needed("key", "a.")).isEmpty();
    }
}
