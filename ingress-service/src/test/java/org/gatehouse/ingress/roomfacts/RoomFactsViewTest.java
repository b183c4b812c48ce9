package org.gatehouse.ingress.roomfacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.log.LogUnavailable;
import org.junit.jupiter.api.Test;

class RoomFactsViewTest {

    private static final RoomId KNOWN = new RoomId("!known:peer.example");
    private static final RoomId UNKNOWN = new RoomId("!unknown:peer.example");

    private final List<CompletableFuture<Optional<KnownRoom>>> asked = new ArrayList<>();
    private final RoomFactsView view = id -> {
        CompletableFuture<Optional<KnownRoom>> answer = new CompletableFuture<>();
        asked.add(answer);
        return Uni.createFrom().completionStage(answer);
    };

    @Test
    void asksForAllRoomsAtOnceAndLeavesUnknownOnesOut() {
        UniAssertSubscriber<Map<RoomId, KnownRoom>> found = ask();
        assertThat(asked).hasSize(2);
        KnownRoom room = KnownRoom.of(new RoomFacts(KNOWN, "11", Optional.empty(), false, Map.of(), List.of(), 0));

        asked.get(1).complete(Optional.empty());
        asked.get(0).complete(Optional.of(room));

        assertThat(found.awaitItem().getItem()).containsExactly(Map.entry(KNOWN, room));
    }

    @Test
    void failsIfKafkaDoesNotSayThatARoomIsUnknown() {
        UniAssertSubscriber<Map<RoomId, KnownRoom>> found = ask();

        found.awaitFailure(RoomFactsView.PATIENCE.plusSeconds(5)).assertFailedWith(LogUnavailable.class);
    }

    private UniAssertSubscriber<Map<RoomId, KnownRoom>> ask() {
        return view.ofAll(List.of(KNOWN, UNKNOWN)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
