/**
 * What other servers may send, good and bad, as data: one file a case in {@code src/test/resources/hostile}, see the
 * README there.
 */
@NullMarked
package org.gatehouse.integration.hostile;

import org.jspecify.annotations.NullMarked;
