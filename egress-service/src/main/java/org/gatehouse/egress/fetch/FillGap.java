package org.gatehouse.egress.fetch;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReceivedRecord.FetchOutcome;
import org.gatehouse.cluster.ReceivedRecord.Fetched;
import org.gatehouse.cluster.ReceivedRecord.ParentSeed;
import org.gatehouse.egress.policy.AskAboutFetched;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.roomlog.BulkOfState;
import org.gatehouse.egress.roomlog.RoomLogs;
import org.gatehouse.egress.verification.AuthOrder;
import org.gatehouse.egress.verification.CheckEvents;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.internal.ServiceUnavailable;
import org.gatehouse.runtime.trace.EventTraces;
import org.jboss.logging.Logger;

/**
 * Fills the gap before an event that waits. Logged are, in this order: seeds of the oldest parents, auth events, the
 * events between, oldest first, and at last the outcome; so each finds what it needs when the graph comes to it.
 */
@Singleton
class FillGap {

    private static final Logger LOG = Logger.getLogger(FillGap.class);

    private final Search search;
    private final KnownEvents knownEvents;
    private final RoomLogs logs;
    private final AskAboutFetched askAboutFetched;
    private final EventTraces traces;

    @Inject
    FillGap(
            FederationClient client,
            KnownEvents knownEvents,
            CheckEvents check,
            RoomLogs logs,
            AskAboutFetched askAboutFetched,
            OurNames ourNames,
            Clock clock,
            EventTraces traces) {
        this(
                new Search(client, knownEvents, check, ourNames, clock, length -> Thread.sleep(length.toMillis())),
                knownEvents,
                logs,
                askAboutFetched,
                traces);
    }

    FillGap(
            Search search,
            KnownEvents knownEvents,
            RoomLogs logs,
            AskAboutFetched askAboutFetched,
            EventTraces traces) {
        this.search = search;
        this.knownEvents = knownEvents;
        this.logs = logs;
        this.askAboutFetched = askAboutFetched;
        this.traces = traces;
    }

    /** Ends with a FetchOutcome in the log, unless the log itself, or a service of ours, is not there. */
    void fill(FetchWish wish) throws InterruptedException {
        Gap gap = new Gap(wish, knownEvents);
        String lacks = search(wish, gap);
        List<ReceivedRecord> records = new ArrayList<>();
        // Of a gap whose near side is not there nothing is of use.
        if (!lacks.equals(Search.NO_PARENTS)) {
            gap.seeds().forEach(seed -> records.add(seedRecord(wish, seed)));
            AuthOrder.complete(gap.outliers(), id -> true).forEach(event -> records.add(fetched(wish, event, true)));
            recommended(wish, AuthOrder.parentsFirst(gap.fetched()))
                    .forEach(event -> records.add(fetched(wish, event, false)));
        }
        String detail = lacks.isEmpty() ? "complete" : lacks;
        records.add(new FetchOutcome(wish.roomId(), wish.wishId(), wish.eventId(), lacks.isEmpty(), detail));
        logs.writeLog(records);
        LOG.infof(
                "wish %s of room %s: %d events, %d seeds, %d auth events from %s; %s",
                wish.wishId(),
                wish.roomId(),
                gap.fetched().size(),
                gap.seeds().size(),
                gap.outliers().size(),
                wish.askFirst(),
                detail);
    }

    private List<Pdu> recommended(FetchWish wish, List<Pdu> events) throws InterruptedException {
        return wish.policy().isPresent()
                ? askAboutFetched.signed(events, wish.policy().get())
                : events;
    }

    private String search(FetchWish wish, Gap gap) throws InterruptedException {
        if (RoomVersions.find(wish.roomVersion()).isEmpty()) {
            return "the room version is unknown";
        }
        try {
            return search.fill(gap, wish, RoomVersions.require(wish.roomVersion()));
        } catch (ServiceUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever it is, it would come again: the graph has to hear of it.
            LOG.errorf(e, "wish %s of room %s failed", wish.wishId(), wish.roomId());
            return "the search failed";
        }
    }

    private ParentSeed seedRecord(FetchWish wish, Gap.Seed seed) {
        String bulkId = UUID.randomUUID().toString();
        BulkRange range =
                logs.writeBulk(wish.roomId(), bulkId, BulkOfState.records(bulkId, seed.events(), seed.state()));
        return new ParentSeed(
                wish.roomId(),
                wish.roomVersion(),
                seed.parent().eventId(),
                wish.askFirst(),
                wish.wishId(),
                range,
                new PduBytes(seed.parent().canonicalBytes()));
    }

    private Fetched fetched(FetchWish wish, Pdu event, boolean outlier) {
        traces.saw(
                Optional.of(event.eventId().toString()),
                traces.of(wish.eventId().toString()));
        return new Fetched(
                wish.roomId(),
                wish.roomVersion(),
                event.eventId(),
                wish.askFirst(),
                wish.wishId(),
                outlier,
                new PduBytes(event.canonicalBytes()));
    }
}
