/**
 * Which servers an operator federates with at all: a list of those that are denied, and a list of those that alone are
 * allowed, each a file with a glob a line as in a room's server ACL. Files are read again when they change; a file that
 * cannot be read leaves its list as it was. {@link org.gatehouse.ingress.serverlist.RefuseListedServers} asks before any
 * body is read and any key is fetched, on every operation.
 */
@NullMarked
package org.gatehouse.ingress.serverlist;

import org.jspecify.annotations.NullMarked;
