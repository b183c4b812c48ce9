package org.gatehouse.provider.handshake;

import org.gatehouse.matrix.canonicaljson.JsonObject;

/** A template as another server gave it: nothing in it is checked. */
public record RawTemplate(String roomVersion, JsonObject event) {}
