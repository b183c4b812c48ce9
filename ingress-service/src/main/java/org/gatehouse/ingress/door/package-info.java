/**
 * What anyone may ask of the door: version, discovery, our keys.
 */
@NullMarked
package org.gatehouse.ingress.door;

import org.jspecify.annotations.NullMarked;
