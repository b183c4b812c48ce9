/**
 * Our own signing keys: one for each hosted server name, made once, kept in Cassandra, published at
 * /_matrix/key/v2/server. {@link org.gatehouse.keys.ownkey.OwnKeys} holds them in memory from the start on; the
 * seed leaves it as a signature only.
 */
@NullMarked
package org.gatehouse.keys.ownkey;

import org.jspecify.annotations.NullMarked;
