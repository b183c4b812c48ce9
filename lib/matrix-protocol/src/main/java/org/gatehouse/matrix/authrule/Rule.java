package org.gatehouse.matrix.authrule;

import java.util.Optional;
import java.util.function.Predicate;
import org.gatehouse.matrix.roomversion.CreatorRule;
import org.gatehouse.matrix.roomversion.PowerLevelFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * Every rule of every room version, in the order in which the versions publish them: the versions add and drop rules,
 * but none changes the order of those that stay. Which rules a version has is said beside each; the numbers follow from
 * that by counting ({@link RuleNumbers}). A rule with rules under it decides nothing itself.
 */
enum Rule {
    CREATE,
    CREATE_HAS_NO_PARENTS(CREATE),
    CREATE_ROOM_ID(CREATE),
    CREATE_ROOM_VERSION(CREATE),
    CREATE_CREATOR(CREATE, version -> version.creatorRule() == CreatorRule.CONTENT),
    CREATE_ADDITIONAL_CREATORS(CREATE, RoomVersion::privilegedCreators),
    CREATE_OTHERWISE(CREATE),

    ROOM_ID_NAMES_CREATE(RoomVersion::roomIdIsCreateHash),

    AUTH_EVENTS,
    AUTH_DUPLICATE(AUTH_EVENTS),
    AUTH_UNEXPECTED(AUTH_EVENTS),
    AUTH_REJECTED(AUTH_EVENTS),
    AUTH_WITHOUT_CREATE(AUTH_EVENTS, version -> !version.roomIdIsCreateHash()),
    AUTH_OF_ANOTHER_ROOM(AUTH_EVENTS),

    FEDERATE,

    ALIASES(RoomVersion::aliasesRule),
    ALIASES_WITHOUT_KEY(ALIASES),
    ALIASES_OF_ANOTHER_SERVER(ALIASES),
    ALIASES_OTHERWISE(ALIASES),

    MEMBER,
    MEMBER_FORM(MEMBER),
    MEMBER_AUTHORISED_VIA(MEMBER, RoomVersion::restrictedJoins),
    MEMBER_AUTHORISER_SIGNED(MEMBER_AUTHORISED_VIA),

    JOIN(MEMBER),
    JOIN_OF_CREATOR(JOIN),
    JOIN_FOR_ANOTHER(JOIN),
    JOIN_BANNED(JOIN),
    JOIN_INVITED(JOIN),
    JOIN_RESTRICTED(JOIN, RoomVersion::restrictedJoins),
    JOIN_RESTRICTED_INVITED(JOIN_RESTRICTED),
    JOIN_RESTRICTED_AUTHORISER(JOIN_RESTRICTED),
    JOIN_RESTRICTED_OTHERWISE(JOIN_RESTRICTED),
    JOIN_PUBLIC(JOIN),
    JOIN_OTHERWISE(JOIN),

    INVITE(MEMBER),
    INVITE_OF_THIRD_PARTY(INVITE),
    THIRD_PARTY_BANNED(INVITE_OF_THIRD_PARTY),
    THIRD_PARTY_SIGNED(INVITE_OF_THIRD_PARTY),
    THIRD_PARTY_FIELDS(INVITE_OF_THIRD_PARTY),
    THIRD_PARTY_MXID(INVITE_OF_THIRD_PARTY),
    THIRD_PARTY_TOKEN(INVITE_OF_THIRD_PARTY),
    THIRD_PARTY_SENDER(INVITE_OF_THIRD_PARTY),
    THIRD_PARTY_SIGNATURE(INVITE_OF_THIRD_PARTY),
    THIRD_PARTY_OTHERWISE(INVITE_OF_THIRD_PARTY),
    INVITE_SENDER_JOINED(INVITE),
    INVITE_TARGET(INVITE),
    INVITE_LEVEL(INVITE),
    INVITE_OTHERWISE(INVITE),

    LEAVE(MEMBER),
    LEAVE_OWN(LEAVE),
    LEAVE_SENDER_JOINED(LEAVE),
    LEAVE_UNBAN(LEAVE),
    LEAVE_KICK(LEAVE),
    LEAVE_OTHERWISE(LEAVE),

    BAN(MEMBER),
    BAN_SENDER_JOINED(BAN),
    BAN_LEVEL(BAN),
    BAN_OTHERWISE(BAN),

    KNOCK(MEMBER, RoomVersion::knocking),
    KNOCK_JOIN_RULE(KNOCK),
    KNOCK_FOR_ANOTHER(KNOCK),
    KNOCK_FROM_OUTSIDE(KNOCK),
    KNOCK_OTHERWISE(KNOCK),

    MEMBER_OTHERWISE(MEMBER),

    SENDER_JOINED,

    THIRD_PARTY_INVITE,
    THIRD_PARTY_INVITE_LEVEL(THIRD_PARTY_INVITE),

    REQUIRED_LEVEL,

    USER_STATE_KEY,

    POWER_LEVELS,
    POWER_LEVELS_INTEGERS(POWER_LEVELS, Rule::hasIntegerLevels),
    POWER_LEVELS_BY_TYPE(POWER_LEVELS, Rule::hasIntegerLevels),
    POWER_LEVELS_USERS(POWER_LEVELS),
    POWER_LEVELS_CREATORS(POWER_LEVELS, RoomVersion::privilegedCreators),
    POWER_LEVELS_FIRST(POWER_LEVELS),
    CHANGED_LEVELS(POWER_LEVELS),
    CHANGED_LEVEL_FROM(CHANGED_LEVELS),
    CHANGED_LEVEL_TO(CHANGED_LEVELS),
    REMOVED_TYPES(POWER_LEVELS),
    REMOVED_TYPE(REMOVED_TYPES),
    ADDED_TYPES(POWER_LEVELS),
    ADDED_TYPE(ADDED_TYPES),
    REMOVED_USERS(POWER_LEVELS),
    REMOVED_USER(REMOVED_USERS),
    ADDED_USERS(POWER_LEVELS),
    ADDED_USER(ADDED_USERS),
    POWER_LEVELS_OTHERWISE(POWER_LEVELS),

    REDACTION(RoomVersion::redactionIsAuthorised),
    REDACTION_LEVEL(REDACTION),
    REDACTION_SAME_DOMAIN(REDACTION),
    REDACTION_OTHERWISE(REDACTION),

    OTHERWISE;

    private final @Nullable Rule parent;
    private final Predicate<RoomVersion> versions;

    Rule() {
        this(null, version -> true);
    }

    Rule(Rule parent) {
        this(parent, version -> true);
    }

    Rule(Predicate<RoomVersion> versions) {
        this(null, versions);
    }

    Rule(@Nullable Rule parent, Predicate<RoomVersion> versions) {
        this.parent = parent;
        this.versions = versions;
    }

    /** The rule that this one stands under, if it is not one of the first level. */
    Optional<Rule> parent() {
        return Optional.ofNullable(parent);
    }

    /** Whether the version has this rule: with all the rules that it stands under. */
    boolean isIn(RoomVersion version) {
        return versions.test(version) && (parent == null || parent.isIn(version));
    }

    private static boolean hasIntegerLevels(RoomVersion version) {
        return version.powerLevelFormat() == PowerLevelFormat.INTEGERS;
    }
}
