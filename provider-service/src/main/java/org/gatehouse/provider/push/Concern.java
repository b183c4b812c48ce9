package org.gatehouse.provider.push;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.Stream;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.JudgedRecord.Judged;
import org.gatehouse.cluster.JudgedRecord.OutOfBandKept;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.delivery.Interests;
import org.gatehouse.provider.delivery.RoomStates;
import org.gatehouse.provider.delivery.Timelines;

/** Which verdicts concern an application service (Application Service API, "Registration": namespaces). */
@ApplicationScoped
public class Concern {

    private final Interests interests;
    private final RoomStates states;
    private final Timelines timelines;

    Concern(Interests interests, RoomStates states, Timelines timelines) {
        this.interests = interests;
        this.states = states;
        this.timelines = timelines;
    }

    /**
     * The event that the service has to see.
     *
     * @param offset of the verdict in its partition, which is delivered already
     */
    Optional<Pdu> event(AppService service, long offset, JudgedRecord verdict) {
        if (verdict instanceof Judged judged) {
            return Optional.of(judged)
                    .filter(event -> event.verdict() == Verdict.ACCEPTED && event.ordinal() > 0)
                    .map(event -> StoredPdus.read(
                            RoomVersions.require(event.roomVersion()),
                            event.eventId(),
                            event.pdu().canonical()))
                    .filter(event -> concerns(service, offset, event) && isFirstTime(offset, event));
        }
        if (verdict instanceof OutOfBandKept kept) {
            return Optional.of(kept)
                    .filter(membership ->
                            service.isInterestedInUser(membership.userId().value()))
                    .map(membership -> StoredPdus.read(
                            RoomVersions.require(membership.roomVersion()),
                            membership.eventId(),
                            membership.pdu().canonical()));
        }
        return Optional.empty();
    }

    private boolean concerns(AppService service, long offset, Pdu event) {
        return service.isInterestedInUser(event.sender().value())
                || isMembershipOfIts(service, event)
                || service.isInterestedInRoom(event.roomId().value())
                || interests.at(service.id(), event.roomId(), offset)
                || hasAliasOfIts(service, event.roomId());
    }

    private static boolean isMembershipOfIts(AppService service, Pdu event) {
        return event.type().equals(EventTypes.MEMBER)
                && event.stateKey().filter(service::isInterestedInUser).isPresent();
    }

    /** Whether one of the room's aliases is in a namespace of the service. */
    public boolean hasAliasOfIts(AppService service, RoomId roomId) {
        if (service.aliases().isEmpty()) {
            return false;
        }
        Optional<Pdu> aliases = states.find(roomId, StateKey.of("m.room.canonical_alias"));
        return aliases.stream()
                .flatMap(event -> Stream.concat(
                        event.content().string("alias").stream(),
                        event.content().array("alt_aliases").orElse(JsonArray.EMPTY).strings().stream()))
                .anyMatch(service::isInterestedInAlias);
    }

    /** The judge repeats itself after a restart: the first time is where the timeline has the event from. */
    private boolean isFirstTime(long offset, Pdu event) {
        return timelines
                .find(event.eventId())
                .filter(entry -> entry.place().offset() == offset)
                .isPresent();
    }
}
