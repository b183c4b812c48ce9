/**
 * Other servers' keys, kept for good: what a server once said of a key ID is never replaced by another key.
 * {@link org.gatehouse.keys.verifykey.FindVerifyKeys} answers from memory, from Cassandra, and at last from the
 * server itself, through egress; one question per server at a time, with back-off.
 */
@NullMarked
package org.gatehouse.keys.verifykey;

import org.jspecify.annotations.NullMarked;
