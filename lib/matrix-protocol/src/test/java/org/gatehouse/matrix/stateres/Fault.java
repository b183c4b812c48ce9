package org.gatehouse.matrix.stateres;

import java.util.List;

/**
 * Mistakes that {@link Oracle} can be told to make, each one that an implementation might make. With any of them it must
 * be seen to differ from the real resolution: that shows that the comparison looks at the point.
 */
enum Fault {
    NO_AUTH_DIFFERENCE("2", "6", "11", "12"),
    OWN_EVENTS_DO_NOT_COUNT_IN_CHAINS("2", "11", "12"),
    MISSING_SLOT_IS_NO_CONFLICT("2", "11", "12"),
    POWER_EVENTS_WITHOUT_THEIR_CHAINS("2", "11", "12"),
    POWER_CHAINS_LEAVE_THE_SET("2", "11"),
    KICK_IS_NO_POWER_EVENT("2", "11", "12"),
    LEAVING_IS_A_POWER_EVENT("2", "11", "12"),
    JOIN_RULES_ARE_NO_POWER_EVENT("2", "11", "12"),
    POWER_ORDER_LOWEST_LEVEL_FIRST("2", "11", "12"),
    POWER_ORDER_LATEST_FIRST("2", "11", "12"),
    POWER_ORDER_GREATEST_ID_FIRST("2", "11", "12"),
    POWER_ORDER_IGNORES_EDGES("2", "11", "12"),
    SENDER_LEVEL_WITHOUT_CREATORS("2", "11", "12"),
    MAINLINE_NEWEST_FIRST("2", "11", "12"),
    MAINLINE_INFINITE_IS_ZERO("2", "11", "12"),
    MAINLINE_LATEST_FIRST("2", "11", "12"),
    MAINLINE_GREATEST_ID_FIRST("2", "11", "12"),
    NO_MAINLINE("2", "11", "12"),
    REJECTED_AUTH_EVENTS_STAND_IN("2", "11", "12"),
    NOTHING_STANDS_IN("2", "11", "12"),
    REJECTED_BY_AUTH_EVENTS_TAKES_PART("2", "11", "12"),
    REJECTED_NEVER_TAKES_PART("2", "11", "12"),
    STATE_STAYS_AS_IT_STARTED("2", "11", "12"),
    FIRST_DENIAL_ENDS_THE_CHECKS("2", "11", "12"),
    UNCONFLICTED_NOT_RESTORED("2", "11", "12"),
    STARTS_EMPTY("2", "11"),
    SUBGRAPH("2", "11"),
    STARTS_FROM_THE_UNCONFLICTED("12"),
    NO_SUBGRAPH("12"),
    V1_DEEPEST_FIRST("1"),
    V1_SMALLEST_SHA1_FIRST("1"),
    V1_DENIAL_IS_PASSED_OVER("1"),
    V1_FIRST_MUST_BE_ALLOWED("1"),
    V1_MISSING_SLOT_IS_A_CONFLICT("1"),
    V1_MEMBERS_FIRST("1"),
    V1_OTHERS_SHALLOWEST_FIRST("1"),
    V1_OTHERS_NEED_NO_PERMISSION("1"),
    V1_NONE_ALLOWED_LEAVES_NONE("1");

    /** The room versions in which it is to be seen. */
    final List<String> versions;

    Fault(String... versions) {
        this.versions = List.of(versions);
    }
}
