package org.gatehouse.eventgraph.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.eventgraph.room.PlacedEvent;
import org.gatehouse.eventgraph.room.Step.Duplicate;
import org.gatehouse.eventgraph.verdict.JudgedEvent;
import org.gatehouse.eventgraph.verdict.Verdicts;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * Answers who sends an event that is connected already and awaits its verdict: with the stored verdict, or, if there is
 * none yet, by telling the judge of the event once more with the new address. So nothing needs to be remembered here.
 */
public final class AnswerDuplicates {

    private final Events events;
    private final Verdicts verdicts;

    public AnswerDuplicates(Events events, Verdicts verdicts) {
        this.events = events;
        this.verdicts = verdicts;
    }

    List<ClusterRecord> answers(RoomId roomId, List<Duplicate> duplicates) {
        List<ClusterRecord> answers = new ArrayList<>();
        for (Duplicate duplicate : duplicates) {
            answers.add(answer(roomId, duplicate));
        }
        return answers;
    }

    private ClusterRecord answer(RoomId roomId, Duplicate duplicate) {
        List<Long> ordinal = List.of(duplicate.ordinal());
        JudgedEvent judged = verdicts.find(roomId, ordinal).get(duplicate.ordinal());
        if (judged != null) {
            return reply(roomId, duplicate, judged);
        }
        PlacedEvent event = events.at(roomId, ordinal).get(duplicate.ordinal());
        if (event == null) {
            throw new IllegalStateException(duplicate.eventId() + " is in the index and not in the log of " + roomId);
        }
        return event.toRecord(Optional.of(duplicate.replyTo()));
    }

    private static VerdictReply reply(RoomId roomId, Duplicate duplicate, JudgedEvent judged) {
        return new VerdictReply(
                duplicate.replyTo(),
                roomId,
                Optional.of(duplicate.eventId()),
                judged.verdict(),
                judged.rule(),
                judged.reason(),
                duplicate.ordinal(),
                judged.currentState(),
                0,
                Optional.empty());
    }
}
