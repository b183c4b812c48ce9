/**
 * What users see: the stored timelines and states, cut at a token that names an offset of each partition of the
 * judge's verdicts.
 */
@NullMarked
package org.gatehouse.provider.sync;

import org.jspecify.annotations.NullMarked;
