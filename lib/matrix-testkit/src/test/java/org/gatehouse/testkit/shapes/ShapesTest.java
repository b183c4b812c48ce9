package org.gatehouse.testkit.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.authrule.AuthEvent;
import org.gatehouse.matrix.authrule.AuthRules;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.stateres.Resolution;
import org.gatehouse.matrix.stateres.StateResolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShapesTest {

    static List<RoomVersion> versions() {
        return List.of(RoomVersions.V11, RoomVersions.V12);
    }

    private static List<Shape> small(RoomVersion version, long seed) {
        Shapes shapes = new Shapes(version, seed);
        return List.of(
                shapes.bridgeChurn(100, 10),
                shapes.bigRoom(300, 10),
                shapes.banWave(50),
                shapes.deepMainline(50),
                shapes.longChain(50),
                shapes.extremities(20),
                shapes.denseSubgraph(50));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void areRoomsWhoseEventsTheirAuthEventsAllow(RoomVersion version) {
        for (Shape shape : small(version, 1)) {
            Map<EventId, Pdu> events = new TreeMap<>();
            for (Pdu event : shape.events()) {
                assertThat(AuthRules.checkAgainstAuthEvents(
                                        event,
                                        id -> Optional.ofNullable(events.get(id))
                                                .map(pdu -> new AuthEvent(pdu, false)))
                                .isAllowed())
                        .as("%s in %s", event, shape)
                        .isTrue();
                events.put(event.eventId(), event);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void conflictAsTheyPromise(RoomVersion version) {
        List<Integer> conflictedEvents = small(version, 1).stream()
                .map(shape -> StateResolution.resolveExplained(version, shape.states(), shape.graph()))
                .map(resolution -> resolution.conflictedStateSet().size())
                .toList();

        assertThat(conflictedEvents.subList(0, 5)).containsExactly(20, 20, 101 + 1, 2 + 5 + 5, 2);
        assertThat(conflictedEvents.get(5)).isBetween(200, 400);
    }

    @Test
    void hideADenseSubgraphBetweenTwoConflictedEvents() {
        Shape shape = new Shapes(RoomVersions.V12, 1).denseSubgraph(50);

        Resolution resolution = StateResolution.resolveExplained(shape.version(), shape.states(), shape.graph());

        assertThat(resolution.conflictedStateSet()).hasSizeLessThan(10);
        assertThat(resolution.conflictedSubgraph()).hasSizeGreaterThan(90);
    }

    @Test
    void areTheSameForTheSameSeedAndOthersForAnother() {
        List<Shape> once = small(RoomVersions.V11, 7);
        List<Shape> again = small(RoomVersions.V11, 7);
        List<Shape> other = small(RoomVersions.V11, 8);

        for (int i = 0; i < once.size(); i++) {
            assertThat(once.get(i).toJson()).isEqualTo(again.get(i).toJson());
            assertThat(once.get(i).toJson()).isNotEqualTo(other.get(i).toJson());
        }
    }
}
