/**
 * The checks that a stranger's event passes before it becomes a {@link org.gatehouse.matrix.event.Pdu} (Server-Server
 * API, "Checks performed on receipt of a PDU", 1 to 3): its format ({@code FormatCheck}), its signatures ({@code
 * SignatureCheck}), its content hash, whose failure leaves our redacted copy. {@link
 * org.gatehouse.matrix.receipt.PduChecks} runs them in that order. Checks 4 to 7 need the room and are made elsewhere.
 */
@NullMarked
package org.gatehouse.matrix.receipt;

import org.jspecify.annotations.NullMarked;
