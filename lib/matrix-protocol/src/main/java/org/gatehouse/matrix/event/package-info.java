/**
 * Events and what is computed from them alone: IDs, hashes, the redacted form, the form for clients. An {@link
 * org.gatehouse.matrix.event.UnverifiedPdu} is JSON from a stranger; a {@link org.gatehouse.matrix.event.Pdu} has passed
 * the receipt checks, or was stored after it had: its one door is {@link org.gatehouse.matrix.event.StoredPdus}. An
 * {@link org.gatehouse.matrix.event.EventDraft} is an event of ours before it is signed.
 */
@NullMarked
package org.gatehouse.matrix.event;

import org.jspecify.annotations.NullMarked;
