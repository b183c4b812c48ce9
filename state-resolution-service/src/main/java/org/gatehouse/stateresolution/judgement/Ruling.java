package org.gatehouse.stateresolution.judgement;

import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.authrule.AuthVerdict;

/** A verdict and why. Rule and reason are empty for an accepted event. */
record Ruling(Verdict verdict, String rule, String reason) {

    static final Ruling ACCEPTED = new Ruling(Verdict.ACCEPTED, "", "");

    static Ruling rejected(AuthVerdict denial) {
        return new Ruling(Verdict.REJECTED, denial.rule(), reason(denial));
    }

    static Ruling softFailed(AuthVerdict denial) {
        return new Ruling(Verdict.SOFT_FAILED, denial.rule(), reason(denial));
    }

    /** Soft-failed by a check that is no auth rule. */
    static Ruling softFailed(String rule, String reason) {
        return new Ruling(Verdict.SOFT_FAILED, rule, reason);
    }

    boolean isRejected() {
        return verdict == Verdict.REJECTED;
    }

    boolean isAccepted() {
        return verdict == Verdict.ACCEPTED;
    }

    private static String reason(AuthVerdict denial) {
        return denial instanceof AuthVerdict.Denied denied ? denied.reason() : "";
    }
}
