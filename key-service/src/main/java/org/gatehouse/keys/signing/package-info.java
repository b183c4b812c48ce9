/**
 * What our keys sign: typed requests, never bytes. An event as one hosted user, an invite of a hosted user, a
 * request of a hosted server to another. Each use case checks what it is asked to sign as if the asker were a
 * stranger.
 */
@NullMarked
package org.gatehouse.keys.signing;

import org.jspecify.annotations.NullMarked;
