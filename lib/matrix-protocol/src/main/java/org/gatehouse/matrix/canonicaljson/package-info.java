/**
 * JSON as Matrix needs it: read strictly, kept as a tree, written canonically. Bytes come in through {@link
 * org.gatehouse.matrix.canonicaljson.StrictJson} and leave through {@link
 * org.gatehouse.matrix.canonicaljson.CanonicalJson}; between them nothing is lost, not the text of a number nor an
 * unknown key. What makes a single event unacceptable but must not spoil the request around it (a duplicate key, half a
 * surrogate pair) is kept as a {@link org.gatehouse.matrix.canonicaljson.JsonDefect} of its subtree.
 */
@NullMarked
package org.gatehouse.matrix.canonicaljson;

import org.jspecify.annotations.NullMarked;
