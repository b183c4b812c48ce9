/**
 * Questions about rooms, from the other services and, through ingress, from other servers. Answers come from what is
 * stored; asking changes nothing. Each {@code …Resource} translates, the classes beside it answer.
 */
@NullMarked
package org.gatehouse.stateresolution.reading;

import org.jspecify.annotations.NullMarked;
