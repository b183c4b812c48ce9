package org.gatehouse.matrix.roomversion;

import static org.gatehouse.matrix.roomversion.RedactionRules.ContentRule.keep;
import static org.gatehouse.matrix.roomversion.RedactionRules.ContentRule.keepAll;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The room versions that this build knows. Each is the one before it, except for what it names; an unstable version is
 * added in the same way, as a constant and an entry of {@link #unstable()}.
 */
public final class RoomVersions {

    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    public static final RoomVersion V1 = new RoomVersion(
            "1",
            EventIdFormat.FIELD,
            /* maxDepth */ Long.MAX_VALUE,
            /* strictJson */ false,
            /* fieldLimitsInBytes */ false,
            /* keyValidityEnforced */ false,
            redactionOfVersion1(),
            /* redactionTargetInContent */ false,
            /* redactionIsAuthorised */ true,
            /* aliasesRule */ true,
            /* notificationLevelsChecked */ false,
            PowerLevelFormat.LENIENT,
            /* knocking */ false,
            /* restrictedJoins */ false,
            /* knockRestrictedJoins */ false,
            CreatorRule.CONTENT,
            /* roomIdIsCreateHash */ false,
            StateResolutionAlgorithm.V1);

    public static final RoomVersion V2 = V1.except("2", rules -> rules.stateResolution = StateResolutionAlgorithm.V2);

    public static final RoomVersion V3 = V2.except("3", rules -> {
        rules.eventIdFormat = EventIdFormat.HASH_STANDARD_BASE64;
        rules.redactionIsAuthorised = false;
    });

    public static final RoomVersion V4 =
            V3.except("4", rules -> rules.eventIdFormat = EventIdFormat.HASH_URL_SAFE_BASE64);

    public static final RoomVersion V5 = V4.except("5", rules -> rules.keyValidityEnforced = true);

    public static final RoomVersion V6 = V5.except("6", rules -> {
        rules.strictJson = true;
        rules.maxDepth = MAX_SAFE_INTEGER;
        rules.redaction = rules.redaction.without("m.room.aliases");
        rules.aliasesRule = false;
        rules.notificationLevelsChecked = true;
        rules.powerLevelFormat = PowerLevelFormat.INTEGERS_AND_STRINGS;
    });

    public static final RoomVersion V7 = V6.except("7", rules -> rules.knocking = true);

    public static final RoomVersion V8 = V7.except("8", rules -> {
        rules.restrictedJoins = true;
        rules.redaction = rules.redaction.with("m.room.join_rules", keep("join_rule", "allow"));
    });

    public static final RoomVersion V9 = V8.except(
            "9",
            rules -> rules.redaction =
                    rules.redaction.with("m.room.member", keep("membership", "join_authorised_via_users_server")));

    public static final RoomVersion V10 = V9.except("10", rules -> {
        rules.knockRestrictedJoins = true;
        rules.powerLevelFormat = PowerLevelFormat.INTEGERS;
    });

    public static final RoomVersion V11 = V10.except("11", rules -> {
        rules.fieldLimitsInBytes = true;
        rules.creatorRule = CreatorRule.SENDER;
        rules.redactionTargetInContent = true;
        rules.redaction = rules.redaction
                .withoutTopLevel("origin", "membership", "prev_state")
                .with("m.room.create", keepAll())
                .with(
                        "m.room.member",
                        keep("membership", "join_authorised_via_users_server")
                                .andInside("third_party_invite", "signed"))
                .with(
                        "m.room.power_levels",
                        keep(
                                "ban",
                                "events",
                                "events_default",
                                "invite",
                                "kick",
                                "redact",
                                "state_default",
                                "users",
                                "users_default"))
                .with("m.room.redaction", keep("redacts"));
    });

    public static final RoomVersion V12 = V11.except("12", rules -> {
        rules.creatorRule = CreatorRule.SENDER_AND_ADDITIONAL;
        rules.roomIdIsCreateHash = true;
        rules.stateResolution = StateResolutionAlgorithm.V2_1;
    });

    /** The name under which version 12 was tried out (MSC4289, MSC4291, MSC4297 on version 11). */
    public static final RoomVersion HYDRA_11 = V12.except("org.matrix.hydra.11", rules -> {});

    /** Extensible events (MSC1767) on version 10: what clients may send changes, what servers check does not. */
    public static final RoomVersion MSC1767_10 = V10.except("org.matrix.msc1767.10", rules -> {});

    /** The version of rooms that our users make unless they ask for another. */
    public static final RoomVersion DEFAULT = V12;

    private static final List<RoomVersion> SUPPORTED = List.of(V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12);

    private static final List<RoomVersion> UNSTABLE = List.of(HYDRA_11, MSC1767_10);

    private RoomVersions() {}

    /** The version of that name, stable or unstable, whose rules this build knows. */
    public static Optional<RoomVersion> find(String id) {
        return Stream.concat(SUPPORTED.stream(), UNSTABLE.stream())
                .filter(version -> version.id().equals(id))
                .findFirst();
    }

    /** The version of that name, if it is one in which the cluster takes part in rooms. */
    public static Optional<RoomVersion> findSupported(String id) {
        return find(id).filter(SUPPORTED::contains);
    }

    /**
     * The version of that name, stable or unstable.
     *
     * @throws UnknownRoomVersion if this build does not know it
     */
    public static RoomVersion require(String id) {
        return find(id).orElseThrow(() -> new UnknownRoomVersion(id));
    }

    /** The versions that the cluster offers and accepts for its rooms, oldest first. */
    public static List<RoomVersion> supported() {
        return SUPPORTED;
    }

    /** Versions whose rules are known for trying them out; no room of the cluster is made in them. */
    public static List<RoomVersion> unstable() {
        return UNSTABLE;
    }

    private static RedactionRules redactionOfVersion1() {
        return new RedactionRules(
                        Set.of(
                                "event_id",
                                "type",
                                "room_id",
                                "sender",
                                "state_key",
                                "content",
                                "hashes",
                                "signatures",
                                "depth",
                                "prev_events",
                                "prev_state",
                                "auth_events",
                                "origin",
                                "origin_server_ts",
                                "membership"),
                        new TreeMap<>())
                .with("m.room.member", keep("membership"))
                .with("m.room.create", keep("creator"))
                .with("m.room.join_rules", keep("join_rule"))
                .with(
                        "m.room.power_levels",
                        keep(
                                "ban",
                                "events",
                                "events_default",
                                "kick",
                                "redact",
                                "state_default",
                                "users",
                                "users_default"))
                .with("m.room.aliases", keep("aliases"))
                .with("m.room.history_visibility", keep("history_visibility"));
    }
}
