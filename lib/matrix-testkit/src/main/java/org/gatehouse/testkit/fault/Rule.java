package org.gatehouse.testkit.fault;

import java.util.List;

/** The test of one invariant. */
@FunctionalInterface
interface Rule {

    List<Finding> findings(Joined evidence);
}
