/**
 * How every door answers: JSON, with Matrix's error codes, also where nothing is behind a path.
 */
@NullMarked
package org.gatehouse.runtime.http;

import org.jspecify.annotations.NullMarked;
