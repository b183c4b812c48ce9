/**
 * From verdicts to what hosted users see. Each partition of pdu-judged is worked in order: accepted events go to
 * timelines, changes of the current state and of memberships to their tables, and everyone who waits is woken.
 */
@NullMarked
package org.gatehouse.provider.delivery;

import org.jspecify.annotations.NullMarked;
