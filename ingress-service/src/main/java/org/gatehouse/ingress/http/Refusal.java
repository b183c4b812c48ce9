package org.gatehouse.ingress.http;

/**
 * Why a request goes no further than the door.
 *
 * @param rule for logs and metrics
 * @param text for people
 */
record Refusal(int status, String errcode, String rule, String text) {

    static Refusal badRequest(String rule, String text) {
        return new Refusal(400, "M_UNKNOWN", rule, text);
    }
}
