package org.gatehouse.runtime.log;

/** Where an acknowledged record lies. */
public record Published(int partition, long offset) {}
