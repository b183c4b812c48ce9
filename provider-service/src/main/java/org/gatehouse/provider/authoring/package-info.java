/**
 * How an event of a hosted user is made: wishes of one room are worked one after another by the room's owner, each on
 * top of the last; key-service signs, the signed event is stored under its transaction, logged, and judged.
 */
@NullMarked
package org.gatehouse.provider.authoring;

import org.jspecify.annotations.NullMarked;
