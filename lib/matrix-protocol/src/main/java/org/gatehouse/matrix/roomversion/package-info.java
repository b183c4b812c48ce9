/**
 * The room versions as data. A {@link org.gatehouse.matrix.roomversion.RoomVersion} is a record of everything in which
 * versions differ; each is written in {@link org.gatehouse.matrix.roomversion.RoomVersions} as the previous one, except.
 * Code asks the record for the rule it needs and never compares version numbers.
 */
@NullMarked
package org.gatehouse.matrix.roomversion;

import org.jspecify.annotations.NullMarked;
