/**
 * Ed25519 signatures over JSON and events, and the keys that make and check them. This is the only package that knows
 * the cryptographic library: keys are checked when they are made (32 bytes, on the curve, not of small order), a
 * verification answers true or false and never throws. Which of a server's keys may vouch for what is the business of
 * {@link org.gatehouse.matrix.signing.KeyRing}.
 */
@NullMarked
package org.gatehouse.matrix.signing;

import org.jspecify.annotations.NullMarked;
