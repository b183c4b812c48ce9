/** Requests to other servers: signed, with limits, and with the errors that they may answer. */
@NullMarked
package org.gatehouse.egress.remote;

import org.jspecify.annotations.NullMarked;
