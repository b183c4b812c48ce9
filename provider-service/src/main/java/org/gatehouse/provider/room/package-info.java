/**
 * What users do with rooms: make them, send into them, and change memberships.
 */
@NullMarked
package org.gatehouse.provider.room;

import org.jspecify.annotations.NullMarked;
