package org.gatehouse.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InternalOperationTest {

    private static final List<String> SERVICES = List.of(
            "ingress", "event-graph", "state-resolution", "key", "egress", "media-relay", "provider", "stranger");

    /** The table caller × operation, written a second time: a change of it has to be meant. */
    @Test
    void allowsTheseCallersAndNoOthers() {
        Map<String, List<InternalOperation>> allowed = new TreeMap<>();
        for (String service : SERVICES) {
            allowed.put(
                    service,
                    List.of(InternalOperation.values()).stream()
                            .filter(operation -> operation.allows(service))
                            .toList());
        }

        assertThat(allowed)
                .containsEntry(
                        "ingress",
                        List.of(
                                InternalOperation.SIGN_INVITE,
                                InternalOperation.POLICY_SIGN,
                                InternalOperation.POLICY_KEY,
                                InternalOperation.VERIFY_KEYS,
                                InternalOperation.OWN_KEYS,
                                InternalOperation.GRAPH_FEDERATION,
                                InternalOperation.STATE_FEDERATION,
                                InternalOperation.EVENT_TEMPLATE,
                                InternalOperation.ROOM_STATE,
                                InternalOperation.JOIN_STATE,
                                InternalOperation.VISIBILITY,
                                InternalOperation.HOSTED_USER))
                .containsEntry("event-graph", List.of(InternalOperation.VISIBILITY))
                .containsEntry("state-resolution", List.of(InternalOperation.GRAPH_EVENTS))
                .containsEntry("key", List.of(InternalOperation.REMOTE_KEYS))
                .containsEntry(
                        "egress",
                        List.of(
                                InternalOperation.SIGN_REQUEST,
                                InternalOperation.POLICY_SIGN,
                                InternalOperation.VERIFY_KEYS,
                                InternalOperation.GRAPH_EVENTS))
                .containsEntry("media-relay", List.of())
                .containsEntry(
                        "provider",
                        List.of(
                                InternalOperation.SIGN_EVENT,
                                InternalOperation.REMOTE_MAKE_MEMBERSHIP,
                                InternalOperation.REMOTE_JOIN,
                                InternalOperation.REMOTE_LEAVE,
                                InternalOperation.REMOTE_INVITE,
                                InternalOperation.REMOTE_POLICY_SIGN,
                                InternalOperation.GRAPH_EVENTS,
                                InternalOperation.EVENT_TEMPLATE,
                                InternalOperation.ROOM_STATE))
                .containsEntry("stranger", List.of());
    }

    @Test
    void deniesWhereAnythingIsMissing() {
        Optional<InternalOperation> operation = Optional.of(InternalOperation.SIGN_EVENT);

        assertThat(InternalCallFilter.isAllowed(Optional.of("provider"), operation))
                .isTrue();
        assertThat(InternalCallFilter.isAllowed(Optional.of("ingress"), operation))
                .isFalse();
        assertThat(InternalCallFilter.isAllowed(Optional.empty(), operation)).isFalse();
        assertThat(InternalCallFilter.isAllowed(Optional.of("provider"), Optional.empty()))
                .isFalse();
    }

    @Test
    void keepsAllRoutesUnderTheInternalPath() {
        for (InternalOperation operation : InternalOperation.values()) {
            assertThat(operation.routes()).isNotEmpty();
            assertThat(operation.routes()).allMatch(route -> InternalDoor.isInternal(route.path()));
            assertThat(operation.allows(operation.owner())).isFalse();
        }
    }
}
