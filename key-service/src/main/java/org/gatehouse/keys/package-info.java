/** What the features of key-service share: the clock. */
@NullMarked
package org.gatehouse.keys;

import org.jspecify.annotations.NullMarked;
