package org.gatehouse.matrix.roomversion;

import static org.gatehouse.matrix.roomversion.RedactionRules.ContentRule.keep;
import static org.gatehouse.matrix.roomversion.RedactionRules.ContentRule.keepAll;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The room versions that this build speaks. */
public final class RoomVersions {

    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    public static final RoomVersion V10 = new RoomVersion(
            "10",
            EventIdFormat.HASH_URL_SAFE_BASE64,
            MAX_SAFE_INTEGER,
            /* strictJson */ true,
            /* keyValidityEnforced */ true,
            redactionOfVersion10(),
            /* redactionTargetInContent */ false,
            /* redactionIsAuthorised */ false,
            /* aliasesRule */ false,
            /* notificationLevelsChecked */ true,
            PowerLevelFormat.INTEGERS,
            /* knocking */ true,
            /* restrictedJoins */ true,
            /* knockRestrictedJoins */ true,
            CreatorRule.CONTENT,
            /* roomIdIsCreateHash */ false,
            StateResolutionAlgorithm.V2);

    public static final RoomVersion V11 = V10.except("11", rules -> {
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

    /** The version of rooms that our users make unless they ask for another. */
    public static final RoomVersion DEFAULT = V12;

    private static final List<RoomVersion> SUPPORTED = List.of(V10, V11, V12);

    private RoomVersions() {}

    public static Optional<RoomVersion> find(String id) {
        return SUPPORTED.stream().filter(version -> version.id().equals(id)).findFirst();
    }

    /**
     * The version of that name.
     *
     * @throws UnknownRoomVersion if this build does not speak it
     */
    public static RoomVersion require(String id) {
        return find(id).orElseThrow(() -> new UnknownRoomVersion(id));
    }

    /** All versions spoken, oldest first. */
    public static List<RoomVersion> supported() {
        return SUPPORTED;
    }

    private static RedactionRules redactionOfVersion10() {
        return new RedactionRules(
                        List.of(
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
                .with("m.room.member", keep("membership", "join_authorised_via_users_server"))
                .with("m.room.create", keep("creator"))
                .with("m.room.join_rules", keep("join_rule", "allow"))
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
                .with("m.room.history_visibility", keep("history_visibility"));
    }
}
