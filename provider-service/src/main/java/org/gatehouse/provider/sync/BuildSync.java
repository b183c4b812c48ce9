package org.gatehouse.provider.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.delivery.Memberships;
import org.gatehouse.provider.delivery.Watermarks;
import org.gatehouse.runtime.config.ClusterConfig;

/**
 * Builds the answer of a sync: what happened in the user's rooms after its token and up to the new one. The new token is
 * what is delivered; a membership that was read beyond it moves it, because everything before a user's membership has
 * been delivered (see the package delivery).
 */
@ApplicationScoped
class BuildSync {

    private final Memberships memberships;
    private final Watermarks watermarks;
    private final RoomSections sections;
    private final int generation;

    BuildSync(Memberships memberships, Watermarks watermarks, RoomSections sections, ClusterConfig cluster) {
        this.memberships = memberships;
        this.watermarks = watermarks;
        this.sections = sections;
        this.generation = cluster.generation();
    }

    SyncResult build(SyncRequest request) {
        List<Membership> all = memberships.ofUser(request.userId());
        // Offsets of another generation say nothing about these: such a client begins again.
        Optional<SyncToken> since = request.since().filter(token -> token.generation() == generation);
        SyncToken next = next(since, all);
        Sections found = new Sections();
        for (Membership membership : all) {
            SyncSpan span = new SyncSpan(
                    since.isPresent(),
                    since.map(token -> token.at(membership.place().partition())).orElse(-1L),
                    next.at(membership.place().partition()),
                    request.fullState(),
                    request.timelineLimit());
            found.add(membership, sections.of(membership, span));
        }
        return new SyncResult(next, found.toJson(), watched(all));
    }

    private SyncToken next(Optional<SyncToken> since, List<Membership> all) {
        SortedMap<Integer, Long> reached = new TreeMap<>(watermarks.all());
        for (Membership membership : all) {
            reached.merge(membership.place().partition(), membership.place().offset(), Math::max);
        }
        return since.orElseGet(() -> new SyncToken(generation, new TreeMap<>())).advancedTo(reached);
    }

    private static Set<RoomId> watched(List<Membership> all) {
        Set<RoomId> rooms = new HashSet<>();
        all.stream().filter(Membership::isJoined).forEach(membership -> rooms.add(membership.roomId()));
        return rooms;
    }

    /** The rooms of an answer by what the user is to them. */
    private static final class Sections {
        private final SortedMap<String, SortedMap<String, JsonObject>> kinds = new TreeMap<>();

        void add(Membership membership, Optional<JsonObject> section) {
            String kind = membership.kind().equals(Membership.BAN) ? Membership.LEAVE : membership.kind();
            section.ifPresent(json -> kinds.computeIfAbsent(kind, key -> new TreeMap<>())
                    .put(membership.roomId().value(), json));
        }

        JsonObject toJson() {
            JsonObject.Builder rooms = JsonObject.builder();
            kinds.forEach((kind, ofKind) -> {
                JsonObject.Builder section = JsonObject.builder();
                ofKind.forEach(section::put);
                rooms.put(kind, section.build());
            });
            return rooms.build();
        }
    }
}
