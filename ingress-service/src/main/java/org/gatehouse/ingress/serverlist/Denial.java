package org.gatehouse.ingress.serverlist;

/**
 * Why a server is refused.
 *
 * @param rule {@code deny-list} or {@code allow-list}
 * @param reason for operators
 */
record Denial(String rule, String reason) {}
