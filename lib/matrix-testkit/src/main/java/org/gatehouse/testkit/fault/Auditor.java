package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.List;

/** Joins what was sent, what was stored and what was delivered, and tells everything that does not fit. */
public final class Auditor {

    private static final List<Rule> RULES = List.of(
            new AcknowledgedIsDurable(),
            new StoredWasSent(),
            new NothingTwice(),
            new StoredIsVerified(),
            new AcceptedIsAuthorised(),
            new StatesConverge(),
            new ParentsFirst(),
            new SignedIsOurs(),
            new EverythingWentOut());

    private Auditor() {}

    /** Every breach of an invariant; empty if there is none. */
    public static List<Finding> audit(Evidence evidence) {
        Joined joined = new Joined(evidence);
        List<Finding> findings = new ArrayList<>();
        RULES.forEach(rule -> findings.addAll(rule.findings(joined)));
        return findings;
    }
}
