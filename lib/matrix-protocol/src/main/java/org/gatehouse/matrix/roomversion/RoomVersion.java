package org.gatehouse.matrix.roomversion;

import java.util.function.Consumer;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * The rules of one room version.
 *
 * @param id the version's identifier, opaque
 * @param eventIdFormat where event IDs come from
 * @param maxDepth the largest {@code depth}: 2^63 - 1 before version 6, 2^53 - 1 since
 * @param strictJson whether events must be canonical JSON: only integers, within ±(2^53 - 1) (6)
 * @param fieldLimitsInBytes whether an event with a field of more than 255 bytes is dropped (11); before, one whose field
 *     has more bytes but not more code points is kept as a rejected event
 * @param keyValidityEnforced whether a signing key must be valid at the event's {@code origin_server_ts} (5)
 * @param redaction what redaction leaves
 * @param redactionTargetInContent whether {@code redacts} is in the content of a redaction (11), not at the top level
 * @param redactionIsAuthorised whether the auth rules themselves judge redactions (1 and 2)
 * @param aliasesRule whether {@code m.room.aliases} has its own auth rule (1 to 5)
 * @param notificationLevelsChecked whether changes of {@code notifications} in power levels are judged (6)
 * @param powerLevelFormat which values may stand for a power level
 * @param knocking whether there are knocks (7)
 * @param restrictedJoins whether there is the {@code restricted} join rule (8)
 * @param knockRestrictedJoins whether there is the {@code knock_restricted} join rule (10)
 * @param creatorRule who created the room
 * @param roomIdIsCreateHash whether the room ID is the create event's ID (12): the create event has no {@code room_id},
 *     and no event cites it in {@code auth_events}
 * @param stateResolution how forks are resolved
 */
public record RoomVersion(
        String id,
        EventIdFormat eventIdFormat,
        long maxDepth,
        boolean strictJson,
        boolean fieldLimitsInBytes,
        boolean keyValidityEnforced,
        RedactionRules redaction,
        boolean redactionTargetInContent,
        boolean redactionIsAuthorised,
        boolean aliasesRule,
        boolean notificationLevelsChecked,
        PowerLevelFormat powerLevelFormat,
        boolean knocking,
        boolean restrictedJoins,
        boolean knockRestrictedJoins,
        CreatorRule creatorRule,
        boolean roomIdIsCreateHash,
        StateResolutionAlgorithm stateResolution) {

    /** Whether creators have infinite power and may not be listed in the power levels (12). */
    public boolean privilegedCreators() {
        return creatorRule == CreatorRule.SENDER_AND_ADDITIONAL;
    }

    /** Whether a room ID has the form that this version gives its rooms. */
    public boolean accepts(RoomId roomId) {
        return roomIdIsCreateHash ? roomId.isCreateHash() : roomId.serverName().isPresent();
    }

    /** A new version: this one, except for what the changes set. */
    public RoomVersion except(String newId, Consumer<Changes> changes) {
        Changes changed = new Changes(this);
        changes.accept(changed);
        return changed.build(newId);
    }

    @Override
    public String toString() {
        return id;
    }

    /** The rules of a version being derived from another, to be changed before it is built. */
    public static final class Changes {

        public EventIdFormat eventIdFormat;
        public long maxDepth;
        public boolean strictJson;
        public boolean fieldLimitsInBytes;
        public boolean keyValidityEnforced;
        public RedactionRules redaction;
        public boolean redactionTargetInContent;
        public boolean redactionIsAuthorised;
        public boolean aliasesRule;
        public boolean notificationLevelsChecked;
        public PowerLevelFormat powerLevelFormat;
        public boolean knocking;
        public boolean restrictedJoins;
        public boolean knockRestrictedJoins;
        public CreatorRule creatorRule;
        public boolean roomIdIsCreateHash;
        public StateResolutionAlgorithm stateResolution;

        private Changes(RoomVersion base) {
            eventIdFormat = base.eventIdFormat;
            maxDepth = base.maxDepth;
            strictJson = base.strictJson;
            fieldLimitsInBytes = base.fieldLimitsInBytes;
            keyValidityEnforced = base.keyValidityEnforced;
            redaction = base.redaction;
            redactionTargetInContent = base.redactionTargetInContent;
            redactionIsAuthorised = base.redactionIsAuthorised;
            aliasesRule = base.aliasesRule;
            notificationLevelsChecked = base.notificationLevelsChecked;
            powerLevelFormat = base.powerLevelFormat;
            knocking = base.knocking;
            restrictedJoins = base.restrictedJoins;
            knockRestrictedJoins = base.knockRestrictedJoins;
            creatorRule = base.creatorRule;
            roomIdIsCreateHash = base.roomIdIsCreateHash;
            stateResolution = base.stateResolution;
        }

        private RoomVersion build(String id) {
            return new RoomVersion(
                    id,
                    eventIdFormat,
                    maxDepth,
                    strictJson,
                    fieldLimitsInBytes,
                    keyValidityEnforced,
                    redaction,
                    redactionTargetInContent,
                    redactionIsAuthorised,
                    aliasesRule,
                    notificationLevelsChecked,
                    powerLevelFormat,
                    knocking,
                    restrictedJoins,
                    knockRestrictedJoins,
                    creatorRule,
                    roomIdIsCreateHash,
                    stateResolution);
        }
    }
}
