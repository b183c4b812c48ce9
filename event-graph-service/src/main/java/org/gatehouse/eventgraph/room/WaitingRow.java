package org.gatehouse.eventgraph.room;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * One thing that happened to a waiting event. Rows are added, never changed; read in the order of their causes they say
 * what waits now.
 *
 * @param week of the record that caused it
 * @param replyTo for a wait all that await the verdict, for {@link Change#KEPT} one more, for a refusal those that are
 *     told
 * @param fanOut whether the event is to be handed on, as far as is known by now
 * @param details given with {@link Change#HELD}, {@link Change#WAITS} and {@link Change#ANSWERED}
 */
public record WaitingRow(
        int week,
        HeadStamp cause,
        EventId eventId,
        Change change,
        List<ReplyTo> replyTo,
        boolean fanOut,
        Optional<Wait> details) {

    public WaitingRow {
        replyTo = List.copyOf(replyTo);
    }

    /** What happened. */
    public enum Change {
        /** It waits for the outcome of a join. */
        HELD,
        /** It waits for parents or auth events. */
        WAITS,
        /** It came again while it waited. */
        KEPT,
        /** The policy server's answer came while it waits for something else. */
        ANSWERED,
        /** What it needs could not be had; it is tried again if that arrives. */
        REFUSED,
        /** It was connected. */
        CONNECTED,
        /** The join that it waited for failed. */
        DROPPED,
        /** It was kept long enough. */
        FORGOTTEN
    }

    /**
     * How an event waits.
     *
     * @param attempt counts the wishes that were made for it
     * @param wishId the wish whose outcome it awaits; empty if it awaits other waiting events only
     * @param wish given if it was made now
     * @param bytes where its bytes are
     * @param pdu given if they are here
     * @param policy if its room used a policy server
     */
    public record Wait(
            int attempt,
            String wishId,
            Optional<FetchWish> wish,
            Source source,
            ServerName origin,
            EventFacts facts,
            KeptBytes bytes,
            Optional<PduBytes> pdu,
            Optional<PolicyWord> policy) {}

    /** The row that holds a waiting event's bytes. */
    public record KeptBytes(int week, HeadStamp cause, EventId eventId) {}
}
