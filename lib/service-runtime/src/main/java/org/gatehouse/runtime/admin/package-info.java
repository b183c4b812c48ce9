/**
 * The operators' door on the management port: bearer tokens by role, every call audited, closed without a token.
 */
@NullMarked
package org.gatehouse.runtime.admin;

import org.jspecify.annotations.NullMarked;
