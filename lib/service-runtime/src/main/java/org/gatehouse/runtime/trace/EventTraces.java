package org.gatehouse.runtime.trace;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.cluster.EncodedRecord;

/**
 * Remembers of the events that went through this service lately which trace they belong to, so that what is published
 * of an event bears the trace of the record that brought it, however long it waited in between and with whatever others.
 */
@Singleton
public class EventTraces {

    private static final String EVENT_ID = "event-id";
    private static final int KEPT = 20_000;

    private final Map<String, String> traces = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    };

    /** Notes what the headers of a record say. */
    public void saw(Optional<String> eventId, Optional<String> traceParent) {
        if (eventId.isPresent()
                && TraceParent.tryParse(traceParent.orElse(null)).isPresent()) {
            synchronized (traces) {
                traces.put(eventId.get(), traceParent.get());
            }
        }
    }

    /** The headers of a record, with the trace of its event if that is known and not said yet. */
    public List<EncodedRecord.Header> with(List<EncodedRecord.Header> headers) {
        if (named(headers, TraceParent.HEADER).isPresent()) {
            return headers;
        }
        Optional<String> trace = named(headers, EVENT_ID).flatMap(this::of);
        if (trace.isEmpty()) {
            return headers;
        }
        List<EncodedRecord.Header> more = new java.util.ArrayList<>(headers);
        more.add(new EncodedRecord.Header(TraceParent.HEADER, trace.get()));
        return more;
    }

    /** The traceparent of an event. */
    public Optional<String> of(String eventId) {
        synchronized (traces) {
            return Optional.ofNullable(traces.get(eventId));
        }
    }

    private static Optional<String> named(List<EncodedRecord.Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(EncodedRecord.Header::text)
                .findFirst();
    }
}
