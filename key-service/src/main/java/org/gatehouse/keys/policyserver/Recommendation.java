package org.gatehouse.keys.policyserver;

/** What a policy server of ours says of an event. */
sealed interface Recommendation {

    /** @param signature in unpadded base64 */
    record Recommended(String signature) implements Recommendation {}

    /** @param reason for the asker; holds nothing of the content */
    record Refused(int status, String errcode, String reason) implements Recommendation {}
}
