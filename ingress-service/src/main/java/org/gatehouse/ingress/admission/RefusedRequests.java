package org.gatehouse.ingress.admission;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The one place that says a request was refused: one line with origin, rule and reason. A line has less than 2 KB
 * whatever a stranger sent, holds no line break of his, and lines are bounded in rate; the metric counts all of them.
 */
@Singleton
public class RefusedRequests {

    private static final Logger LOG = Logger.getLogger(RefusedRequests.class);
    private static final String TOLD = "gatehouse.refusal-told";
    private static final int LINES_A_SECOND = 50;
    private static final int LINES_A_SECOND_OF_ONE_ORIGIN = 5;
    private static final int ORIGIN_LIMIT = 260;
    private static final int RULE_LIMIT = 60;
    private static final int REASON_LIMIT = 1_200;

    private final MeterRegistry meters;
    private final LineBudget budget;
    private final KnownRules rules = new KnownRules();
    private final Consumer<String> log;

    @Inject
    public RefusedRequests(Clock clock, MeterRegistry meters) {
        this(clock, meters, LOG::info);
    }

    RefusedRequests(Clock clock, MeterRegistry meters, Consumer<String> log) {
        this.meters = meters;
        this.budget = new LineBudget(clock, LINES_A_SECOND, LINES_A_SECOND_OF_ONE_ORIGIN);
        this.log = log;
    }

    /**
     * A request, or a part of one, was refused.
     *
     * @param origin the server that made it, as far as that is known; else its address; any text is safe
     * @param rule which rule refused it: a short constant such as {@code server-acl}, never text of the request
     * @param reason for people; any text is safe
     */
    public void refused(String origin, String rule, String reason) {
        meters.counter("matrix_federation_refused_requests_total", "rule", rules.label(rule))
                .increment();
        OptionalLong leftOut = budget.take(origin);
        if (leftOut.isPresent()) {
            log.accept(line(origin, rule, reason, leftOut.getAsLong()));
        }
        RequestAtHand.find().ifPresent(RefusedRequests::told);
    }

    /** As {@link #refused(String, String, String)}, where the request is at hand; not twice for one request. */
    public void refused(RoutingContext request, String origin, String rule, String reason) {
        if (!wasTold(request)) {
            told(request);
            refused(origin, rule, reason);
        }
    }

    /** Whether a line has been written, or counted, for that request. */
    static boolean wasTold(RoutingContext request) {
        return request.get(TOLD) != null;
    }

    private static void told(RoutingContext request) {
        request.put(TOLD, Boolean.TRUE);
    }

    private static String line(String origin, String rule, String reason, long leftOut) {
        String line = "refused origin=" + LogText.quoted(origin, ORIGIN_LIMIT)
                + " rule=" + LogText.quoted(rule, RULE_LIMIT)
                + " reason=" + LogText.quoted(reason, REASON_LIMIT);
        return leftOut == 0 ? line : line + " lines-left-out=" + leftOut;
    }
}
