package org.gatehouse.matrix.receipt;

/** What a check found. */
record Fault(DropReason reason, String detail) {}
