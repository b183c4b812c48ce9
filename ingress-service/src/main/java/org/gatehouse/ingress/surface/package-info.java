/**
 * What other servers may ask for, as one table: {@link org.gatehouse.ingress.surface.Operation} has a row for each
 * operation of the Server-Server API, and nothing else gets behind the door. A row says who must sign, whether the
 * room's server ACL and the origin's membership are asked, whose the operation is, and what is answered while its owner
 * cannot do it yet. The steps, in their order: {@link org.gatehouse.ingress.surface.KnownPaths} (404, 405), the lists of
 * servers, the signature, {@link org.gatehouse.ingress.surface.AuthoriseFilter} (403), the operation itself.
 */
@NullMarked
package org.gatehouse.ingress.surface;

import org.jspecify.annotations.NullMarked;
