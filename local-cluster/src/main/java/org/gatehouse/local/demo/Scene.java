package org.gatehouse.local.demo;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.gatehouse.local.ChildProcess.Signal;
import org.gatehouse.local.ClusterProblem;
import org.gatehouse.local.ClusterService;
import org.gatehouse.local.demo.TwoServersConverse.Narrator;
import org.gatehouse.local.demo.TwoServersConverse.Side;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;

/** One room's story: made, joined, talked in, forked, resolved, compared. Everything that does not hold ends the demo. */
final class Scene {

    private final Side first;
    private final Side second;
    private final FederationPeer witness;
    private final Narrator narrator;

    Scene(Side first, Side second, FederationPeer witness, Narrator narrator) {
        this.first = first;
        this.second = second;
        this.witness = witness;
        this.narrator = narrator;
    }

    void play(String version) {
        narrator.chapter("A room of version " + version);
        RoomId room = makeRoom(version);
        PeerRoom seen = joinAll(room);
        talk(room);
        refuse(room);
        Fork fork = fork(room);
        WitnessedEvents events = new WitnessedEvents(witness, seen);
        show(events, fork);
        EventId merge = merge(room, events, fork);
        compare(room, merge);
        VerdictTable.print(List.of(first.cluster(), second.cluster()), room, narrator);
    }

    private RoomId makeRoom(String version) {
        JsonObject users = JsonObject.EMPTY.with(second.user().id().toString(), 50);
        if (!version.equals("12")) {
            users = users.with(first.user().id().toString(), 100);
        }
        RoomId room = first.user()
                .createRoom(JsonObject.EMPTY
                        .with("room_version", version)
                        .with("name", "Harbour")
                        .with("preset", "private_chat")
                        .with(
                                "invite",
                                JsonArray.of(new JsonString(second.user().id().toString())))
                        .with("power_level_content_override", JsonObject.EMPTY.with("users", users)));
        narrator.say(
                "%s made %s and invited %s",
                first.user().id(), room, second.user().id());
        return room;
    }

    private PeerRoom joinAll(RoomId room) {
        second.user().awaitInvite(room, Narrator.PATIENCE);
        narrator.say("%s sees the invite", second.user().id());
        second.user().join(room, first.serverName().toString()).ok();
        narrator.say("%s joined over federation", second.user().id());
        first.user().invite(room, witness.identity().user("witness")).ok();
        PeerRoom seen =
                witness.join(first.serverName(), room, witness.identity().user("witness"));
        narrator.say(
                "the witness joined: it was given %d state events",
                seen.currentState().size());
        return seen;
    }

    private void talk(RoomId room) {
        say(first, second, room, "Anybody on the other side?");
        say(second, first, room, "Reading you clearly.");
    }

    private void say(Side from, Side to, RoomId room, String text) {
        long begin = System.nanoTime();
        EventId event = from.user().say(room, text);
        to.user().awaitEvent(room, event, Narrator.PATIENCE);
        narrator.say(
                "%s: \"%s\", read by %s after %d ms",
                from.user().id(), text, to.user().id(), (System.nanoTime() - begin) / 1_000_000);
    }

    private void refuse(RoomId room) {
        JsonObject takeover = JsonObject.EMPTY.with(
                "users", JsonObject.EMPTY.with(second.user().id().toString(), 100));
        ClientUser.Answer answer = second.user().setState(room, "m.room.power_levels", "", takeover);
        require(answer.status() == 403, () -> "a takeover was answered " + answer.status());
        narrator.say(
                "%s wants more power than he has: refused, %s",
                second.user().id(), answer.body().string("error").orElse(""));
    }

    /** Neither side hears the other while both change the topic: each builds on the same last event. */
    private Fork fork(RoomId room) {
        JsonObject left = JsonObject.EMPTY.with("topic", "Tides of " + first.name());
        JsonObject right = JsonObject.EMPTY.with("topic", "Winds of " + second.name());
        signalGatesOut(Signal.STOP);
        EventId ofFirst;
        EventId ofSecond;
        try {
            ofFirst = id(first.user().setState(room, "m.room.topic", "", left).ok());
            ofSecond =
                    id(second.user().setState(room, "m.room.topic", "", right).ok());
        } finally {
            signalGatesOut(Signal.CONT);
        }
        narrator.say("both changed the topic while their egress-services were frozen");
        return new Fork(ofFirst, ofSecond);
    }

    private void signalGatesOut(Signal signal) {
        for (Side side : List.of(first, second)) {
            side.cluster().process(ClusterService.EGRESS).signal(signal);
        }
    }

    private void show(WitnessedEvents events, Fork fork) {
        events.await(fork.ofFirst(), Narrator.PATIENCE);
        events.await(fork.ofSecond(), Narrator.PATIENCE);
        Set<EventId> heads = events.forwardExtremities();
        require(
                heads.equals(new LinkedHashSet<>(List.of(fork.ofFirst(), fork.ofSecond())))
                        || heads.equals(new LinkedHashSet<>(List.of(fork.ofSecond(), fork.ofFirst()))),
                () -> "the DAG did not fork: its forward extremities are " + heads);
        narrator.say("the DAG has two forward extremities, as the witness sees it:");
        events.drawTail(6).forEach(line -> narrator.say("    %s", line));
    }

    private EventId merge(RoomId room, WitnessedEvents events, Fork fork) {
        first.user().awaitEvent(room, fork.ofSecond(), Narrator.PATIENCE);
        second.user().awaitEvent(room, fork.ofFirst(), Narrator.PATIENCE);
        EventId merge = first.user().say(room, "So which topic is it?");
        second.user().awaitEvent(room, merge, Narrator.PATIENCE);
        Pdu event = events.await(merge, Narrator.PATIENCE);
        require(
                new TreeSet<>(event.prevEvents()).equals(new TreeSet<>(List.of(fork.ofFirst(), fork.ofSecond()))),
                () -> "the next event does not tie the fork: its parents are " + event.prevEvents());
        narrator.say("%s's next message ties both:", first.user().id());
        events.drawTail(4).forEach(line -> narrator.say("    %s", line));
        return merge;
    }

    private void compare(RoomId room, EventId at) {
        StateIds ofFirst = StateIds.ask(witness, first.serverName(), room, at);
        StateIds ofSecond = StateIds.ask(witness, second.serverName(), room, at);
        require(ofFirst.equals(ofSecond), () -> "the states differ: " + ofFirst.difference(ofSecond));
        narrator.say(
                "GET /state_ids at that message, both servers: the same %d state events, the same %d in the auth chain",
                ofFirst.state().size(), ofFirst.authChain().size());
        String topicOfFirst = topic(first, room);
        String topicOfSecond = topic(second, room);
        require(
                topicOfFirst.equals(topicOfSecond),
                () -> "the topics differ: " + topicOfFirst + " and " + topicOfSecond);
        narrator.say("the topic on both sides: \"%s\"", topicOfFirst);
    }

    private static String topic(Side side, RoomId room) {
        return side.user()
                .state(room, "m.room.topic", "")
                .flatMap(content -> content.string("topic"))
                .orElse("(none)");
    }

    private static EventId id(JsonObject answer) {
        return new EventId(answer.string("event_id").orElseThrow());
    }

    private static void require(boolean claim, Supplier<String> otherwise) {
        if (!claim) {
            throw new ClusterProblem("The demo does not hold: " + otherwise.get() + ".");
        }
    }

    /** Two topics on the same parent. */
    private record Fork(EventId ofFirst, EventId ofSecond) {}
}
