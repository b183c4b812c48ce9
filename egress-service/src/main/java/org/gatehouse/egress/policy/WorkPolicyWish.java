package org.gatehouse.egress.policy;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.PolicyWish;
import org.gatehouse.cluster.ReceivedRecord.PolicyAnswer;
import org.gatehouse.egress.fetch.OurNames;
import org.gatehouse.egress.policy.Word.Failed;
import org.gatehouse.egress.roomlog.RoomLogs;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.crash.CrashPoint;
import org.jboss.logging.Logger;

/** Asks on the graph's wish, and logs what came of it, whatever that is. */
@Singleton
public class WorkPolicyWish {

    private static final Logger LOG = Logger.getLogger(WorkPolicyWish.class);

    private final AskPolicyServer askPolicyServer;
    private final OurNames ourNames;
    private final RoomLogs logs;
    private final PolicyConfig config;

    WorkPolicyWish(AskPolicyServer askPolicyServer, OurNames ourNames, RoomLogs logs, PolicyConfig config) {
        this.askPolicyServer = askPolicyServer;
        this.ourNames = ourNames;
        this.logs = logs;
        this.config = config;
    }

    /** Ends with a PolicyAnswer in the log, unless the log itself, or a service of ours, is not there. */
    public void work(PolicyWish wish) {
        log(wish, ask(wish));
    }

    /** Answers a wish that stood in line for too long, so that an event never waits longer than the deadline twice. */
    public void giveUp(PolicyWish wish) {
        log(wish, new Failed("too many events wait for it"));
    }

    private Word ask(PolicyWish wish) {
        Optional<RoomVersion> version = RoomVersions.find(wish.roomVersion());
        if (version.isEmpty()) {
            return new Failed("the room version is unknown");
        }
        Question question = new Question(
                wish.roomId(),
                version.get(),
                wish.eventId(),
                StrictJson.parseObject(wish.pdu().canonical()),
                wish.policy());
        return askPolicyServer.ask(question, ourNames.candidates(wish.roomId()).get(0), config.askDeadline());
    }

    private void log(PolicyWish wish, Word word) {
        CrashPoint.reach("egress.after-policy-answer-before-log");
        logs.writeLog(List.of(new PolicyAnswer(
                wish.roomId(),
                wish.roomVersion(),
                wish.eventId(),
                wish.policy().via(),
                word.signature(),
                word.detail())));
        LOG.infof(
                "policy server asked: roomId=%s eventId=%s destination=%s answer=%s",
                wish.roomId(), wish.eventId(), wish.policy().via(), word.kind());
    }
}
