/**
 * The names of Matrix: servers, users, rooms, events, aliases and keys. Each is a record around its wire form, checked
 * when it is made, so that code holding one never asks again whether it is valid. Nothing here assumes that an
 * identifier names a server: event IDs since room version 3 and room IDs since version 12 do not.
 */
@NullMarked
package org.gatehouse.matrix.identifier;

import org.jspecify.annotations.NullMarked;
