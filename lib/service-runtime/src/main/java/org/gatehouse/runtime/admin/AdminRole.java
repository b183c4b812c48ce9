package org.gatehouse.runtime.admin;

/** What the bearer of a token may do. */
public enum AdminRole {
    /** Look. */
    VIEWER,
    /** Look and change. */
    OPERATOR;

    boolean allows(String method) {
        return this == OPERATOR || method.equals("GET") || method.equals("HEAD");
    }
}
