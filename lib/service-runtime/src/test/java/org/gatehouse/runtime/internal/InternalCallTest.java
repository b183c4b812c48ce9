package org.gatehouse.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InternalCallTest {

    @Test
    void encodesWhatIsPutIntoPathAndQuery() {
        InternalCall call = InternalCall.to(InternalOperation.ROOM_STATE, "!a/../b:c d")
                .query("event_id", "$x+y&z")
                .query("type", "m.room.member");

        assertThat(call.target())
                .isEqualTo("/internal/rooms/%21a%2F..%2Fb%3Ac%20d/state?event_id=%24x%2By%26z&type=m.room.member");
        assertThat(call.method()).isEqualTo("GET");
    }

    @Test
    void wantsAValueForEachNameOfThePath() {
        assertThatThrownBy(() -> InternalCall.to(InternalOperation.ROOM_STATE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InternalCall.to(InternalOperation.SIGN_EVENT, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InternalCall.to(InternalOperation.ROOM_STATE, Map.of("room", "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void forwardsOnlyToTheRoutesOfTheOperation() {
        InternalCall call = InternalCall.forward(
                InternalOperation.GRAPH_FEDERATION, "GET", "/internal/federation/backfill/%21r%3Ax", "v=%24a&limit=5");

        assertThat(call.target()).isEqualTo("/internal/federation/backfill/%21r%3Ax?v=%24a&limit=5");
        for (String path : new String[] {
            "/internal/federation/backfill",
            "/internal/federation/backfill/",
            "/internal/federation/backfill/..",
            "/internal/federation/backfill/a/b",
            "/internal/events",
        }) {
            assertThatThrownBy(() -> InternalCall.forward(InternalOperation.GRAPH_FEDERATION, "GET", path, null))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> InternalCall.forward(
                        InternalOperation.GRAPH_FEDERATION, "POST", "/internal/federation/backfill/x", null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
