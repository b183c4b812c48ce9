/**
 * Who is let in, how fast, and what is said of those who are not. A peer is slowed down before it is refused, and each
 * refusal leaves one line that says who was refused by which rule.
 */
@NullMarked
package org.gatehouse.ingress.admission;

import org.jspecify.annotations.NullMarked;
