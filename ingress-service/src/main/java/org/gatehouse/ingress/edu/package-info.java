/**
 * EDUs of other servers. Each is read by the rules of its type, asked whether its rooms are ours and admit the origin,
 * and split into records of one room or one user, which are acknowledged before the transaction is answered. What is
 * malformed or foreign is ignored; to-device messages are counted against a budget before anything is done.
 */
@NullMarked
package org.gatehouse.ingress.edu;

import org.jspecify.annotations.NullMarked;
