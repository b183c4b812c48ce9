/**
 * The judgement of events: a function of the room and of one record of its log. {@link
 * org.gatehouse.stateresolution.judgement.JudgeRecord} takes a record to its case: an event in its place is judged
 * ({@link org.gatehouse.stateresolution.judgement.JudgeEvent}), an outlier kept, an out-of-band membership noted. There
 * is no clock, randomness or remote call in it, so a replay gives the same rows and the same outputs. {@link
 * org.gatehouse.stateresolution.judgement.WorkRoom} does it for a room's queued records: judge, store, publish.
 */
@NullMarked
package org.gatehouse.stateresolution.judgement;

import org.jspecify.annotations.NullMarked;
