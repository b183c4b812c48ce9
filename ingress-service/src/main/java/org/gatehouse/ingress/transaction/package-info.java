/**
 * Transactions of other servers. Each PDU is checked on its own and becomes one record of its room's log; the
 * answer is given after every record is acknowledged, and kept, so that a repeat gets the same one.
 */
@NullMarked
package org.gatehouse.ingress.transaction;

import org.jspecify.annotations.NullMarked;
