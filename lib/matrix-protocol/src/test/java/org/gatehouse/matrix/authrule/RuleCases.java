package org.gatehouse.matrix.authrule;

import static java.util.Map.entry;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.CHARLIE;
import static org.gatehouse.matrix.authrule.TestRoom.DAN;
import static org.gatehouse.matrix.authrule.ThirdPartyInvites.EPHEMERAL;
import static org.gatehouse.matrix.authrule.ThirdPartyInvites.IDENTITY_SERVER;
import static org.gatehouse.matrix.authrule.ThirdPartyInvites.STRANGER;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gatehouse.matrix.authrule.RuleCase.Asked;
import org.gatehouse.matrix.authrule.RuleCase.Side;
import org.gatehouse.matrix.authrule.TestRoom.Draft;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;

/** The table: every rule with an event that is allowed and one that is refused. */
final class RuleCases {

    /** Which slots a rule looks at; what is not listed looks at none. */
    private static final Map<String, String> DECIDERS = Map.ofEntries(
            entry("room-id", "create"),
            entry("federate", "create"),
            entry("join-of-creator", "create"),
            entry("join-banned", "sender"),
            entry("join-invited", "join_rules sender"),
            entry("join-restricted-invited", "join_rules sender"),
            entry("join-restricted-authoriser", "join_rules authoriser levels"),
            entry("join-restricted-otherwise", "join_rules authoriser levels"),
            entry("join-public", "join_rules"),
            entry("join-otherwise", "join_rules sender"),
            entry("third-party-banned", "target"),
            entry("third-party-sender", "invite"),
            entry("third-party-signature", "invite"),
            entry("third-party-otherwise", "invite"),
            entry("invite-sender-joined", "sender"),
            entry("invite-target", "target"),
            entry("invite-level", "levels"),
            entry("invite-otherwise", "levels"),
            entry("leave-own", "sender"),
            entry("leave-sender-joined", "sender"),
            entry("leave-unban", "target levels"),
            entry("leave-kick", "levels"),
            entry("leave-otherwise", "levels"),
            entry("ban-sender-joined", "sender"),
            entry("ban-level", "levels"),
            entry("ban-otherwise", "levels"),
            entry("knock-join-rule", "join_rules"),
            entry("knock-from-outside", "sender"),
            entry("knock-otherwise", "join_rules sender"),
            entry("sender-joined", "sender"),
            entry("third-party-invite-level", "levels"),
            entry("required-level", "levels"),
            entry("power-levels-creators", "create"),
            entry("changed-level-from", "levels"),
            entry("changed-level-to", "levels"),
            entry("removed-type", "levels"),
            entry("added-type", "levels"),
            entry("removed-user", "levels"),
            entry("added-user", "levels"),
            entry("power-levels-otherwise", "levels"),
            entry("redaction-level", "levels"),
            entry("redaction-otherwise", "levels"),
            entry("otherwise", "sender levels"));

    private final List<RuleCase> cases = new ArrayList<>();

    private RuleCases() {
        create();
        authEvents();
        aliases();
        join();
        restrictedJoin();
        thirdPartyInvite();
        invite();
        leave();
        ban();
        knock();
        generic();
        powerLevels();
        changedLevels();
        redaction();
    }

    static List<RuleCase> all() {
        return List.copyOf(new RuleCases().cases);
    }

    static List<String> decidersOf(String rule) {
        String slots = DECIDERS.getOrDefault(rule, "");
        return slots.isEmpty() ? List.of() : List.of(slots.split(" "));
    }

    private void create() {
        Side proper = allowed("create-otherwise", room -> room.create("{}"));
        add(
                "create-has-parents",
                proper,
                refused(
                        "create-has-parents",
                        room -> room.create("{}").prev(room.message(ALICE).add())));
        add("create-room-id", proper, refused("create-room-id", RuleCases::createWithWrongRoomId));
        add(
                "create-room-version",
                proper,
                refused(
                        "create-room-version",
                        room -> room.create("{}")
                                .content(TestRoom.json(
                                        "{'creator':'" + ALICE + "','room_version':'org.example.moon'}"))));
        add(
                "create-creator",
                proper,
                refused("create-creator", room -> room.create("{}").content("{}")));
        add(
                "create-additional-creators",
                allowed("create-otherwise", room -> room.create("{'additional_creators':['" + BOB + "']}")),
                refused("create-additional-creators", room -> room.create("{'additional_creators':['bob']}")));
        add(
                "create-otherwise",
                proper,
                refused(
                        "create-has-parents",
                        room -> room.create("{}").prev(room.message(ALICE).add())));
    }

    private static Draft createWithWrongRoomId(TestRoom room) {
        return room.version().roomIdIsCreateHash()
                ? room.create("{}").field("room_id", "!room:a.example")
                : room.draft(BOB, "m.room.create")
                        .key("")
                        .content("{'creator':'" + BOB + "'}")
                        .prev()
                        .auth();
    }

    private void authEvents() {
        Side proper = allowed("otherwise", room -> room.message(ALICE));
        add("room-id", proper, side("room-id", room -> {
            Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
            room.reject(create);
            return Asked.citing(room, room.message(ALICE), create);
        }));
        add("auth-duplicate", proper, side("auth-duplicate", room -> {
            Pdu one = room.current(AuthSlots.POWER_LEVELS).orElseThrow();
            Pdu two = room.powerLevels(ALICE, "{}").add();
            return Asked.citing(room, citing(room, one, two), one, two);
        }));
        add("auth-unexpected", proper, side("auth-unexpected", room -> {
            Pdu joinRules = room.current(AuthSlots.JOIN_RULES).orElseThrow();
            return Asked.citing(room, citing(room, joinRules), joinRules);
        }));
        add("auth-rejected", proper, side("auth-rejected", room -> {
            Pdu member = room.current(AuthSlots.member(ALICE)).orElseThrow();
            room.reject(member);
            return Asked.citing(room, room.message(ALICE), member);
        }));
        add(
                "auth-without-create",
                proper,
                side(
                        "auth-without-create",
                        room -> Asked.citing(
                                room,
                                room.message(ALICE)
                                        .auth(room.current(AuthSlots.member(ALICE))
                                                .orElseThrow()))));
        add("auth-of-another-room", proper, side("auth-of-another-room", room -> {
            Pdu elsewhere = new TestRoom(room.version(), "other")
                    .member(ALICE, ALICE, "join")
                    .id("elsewhere")
                    .auth()
                    .build();
            room.learn(elsewhere);
            return Asked.citing(room, citing(room, elsewhere), elsewhere);
        }));
        add(
                "federate",
                allowed("join-public", room -> join(unfederated(room), "@anna:a.example")),
                refused("federate", room -> join(unfederated(room), BOB)));
    }

    private static Draft citing(TestRoom room, Pdu... authEvents) {
        List<Pdu> cited = new ArrayList<>(List.of(authEvents));
        if (!room.version().roomIdIsCreateHash()) {
            cited.add(room.current(AuthSlots.CREATE).orElseThrow());
        }
        return room.message(ALICE).auth(cited.toArray(Pdu[]::new));
    }

    private static TestRoom unfederated(TestRoom room) {
        room.putCreate("{'m.federate':false}");
        return room;
    }

    private void aliases() {
        Side own = allowed(
                "aliases-otherwise",
                room -> room.draft(BOB, "m.room.aliases").key("b.example").content("{'aliases':['#b:b.example']}"));
        Side others = refused(
                "aliases-of-another-server",
                room -> room.draft(BOB, "m.room.aliases").key("a.example"));
        add("aliases-without-key", own, refused("aliases-without-key", room -> room.draft(ALICE, "m.room.aliases")));
        add("aliases-of-another-server", own, others);
        add("aliases-otherwise", own, others);
    }

    private void join() {
        Side open = allowed("join-public", room -> join(room, BOB));
        Side closed = refused("join-otherwise", room -> join(withJoinRule(room, "private"), BOB));
        add("member-form", open, refused("member-form", room -> join(room, BOB).withoutKey()));
        add("member-otherwise", open, refused("member-otherwise", room -> room.member(BOB, BOB, "gone fishing")));
        add(
                "join-of-creator",
                allowed("join-of-creator", room -> first(room, ALICE)),
                refused("join-otherwise", room -> first(room, BOB)));
        add("join-for-another", open, refused("join-for-another", room -> room.member(ALICE, BOB, "join")));
        add(
                "join-banned",
                allowed("join-public", room -> join(with(room, BOB, "leave"), BOB)),
                refused("join-banned", room -> join(with(room, BOB, "ban"), BOB)));
        add(
                "join-invited",
                allowed("join-invited", room -> join(with(withJoinRule(room, "invite"), BOB, "invite"), BOB)),
                refused("join-otherwise", room -> join(with(withJoinRule(room, "invite"), BOB, "leave"), BOB)));
        add("join-public", open, closed);
        add("join-otherwise", open, closed);
    }

    private static Draft join(TestRoom room, String user) {
        return room.member(user, user, "join");
    }

    /** A join right after the create event, before there are join rules. */
    private static Draft first(TestRoom room, String user) {
        room.remove(AuthSlots.JOIN_RULES);
        room.remove(AuthSlots.member(ALICE));
        return join(room, user).prev(room.current(AuthSlots.CREATE).orElseThrow());
    }

    private static TestRoom withJoinRule(TestRoom room, String rule) {
        room.joinRule(ALICE, rule).put();
        return room;
    }

    private static TestRoom with(TestRoom room, String user, String membership) {
        room.member(ALICE, user, membership).put();
        return room;
    }

    private void restrictedJoin() {
        Side byAlice = allowed("join-restricted-otherwise", room -> via(withJoinRule(room, "restricted"), ALICE));
        Side byNobody = refused("join-restricted-authoriser", room -> join(withJoinRule(room, "restricted"), BOB));
        add(
                "member-authoriser-signed",
                allowed("join-public", room -> via(room, ALICE)),
                refused(
                        "member-authoriser-signed",
                        room -> join(room, BOB)
                                .content("{'membership':'join','join_authorised_via_users_server':'" + ALICE + "'}")
                                .signedBy("b.example")));
        add(
                "join-restricted-invited",
                allowed(
                        "join-restricted-invited",
                        room -> join(with(withJoinRule(room, "restricted"), BOB, "invite"), BOB)),
                byNobody);
        add(
                "join-restricted-authoriser",
                byAlice,
                refused(
                        "join-restricted-authoriser",
                        room -> via(
                                withLevels(with(withJoinRule(room, "restricted"), CHARLIE, "join"), "'invite':50"),
                                CHARLIE)));
        add("join-restricted-otherwise", byAlice, byNobody);
    }

    private static Draft via(TestRoom room, String authoriser) {
        return join(room, BOB)
                .content("{'membership':'join','join_authorised_via_users_server':'" + authoriser + "'}")
                .signedBy(authoriser.substring(authoriser.indexOf(':') + 1));
    }

    private void thirdPartyInvite() {
        Function<JsonObject, Function<TestRoom, Draft>> redeeming =
                signed -> room -> ThirdPartyInvites.redeem(ThirdPartyInvites.in(room), signed);
        JsonObject good = ThirdPartyInvites.signed("{}", IDENTITY_SERVER);
        Side proper = allowed("third-party-signature", redeeming.apply(good));
        Side byStranger = refused("third-party-otherwise", redeeming.apply(ThirdPartyInvites.signed("{}", STRANGER)));
        add(
                "third-party-banned",
                proper,
                refused("third-party-banned", room -> redeeming.apply(good).apply(with(room, BOB, "ban"))));
        add(
                "third-party-signed",
                proper,
                refused(
                        "third-party-signed",
                        room -> room.member(ALICE, BOB, "invite")
                                .content("{'membership':'invite','third_party_invite':{}}")));
        add("third-party-fields", proper, refused("third-party-fields", redeeming.apply(good.without("token"))));
        add(
                "third-party-mxid",
                proper,
                refused(
                        "third-party-mxid",
                        redeeming.apply(ThirdPartyInvites.signed("{'mxid':'" + DAN + "'}", IDENTITY_SERVER))));
        add(
                "third-party-token",
                proper,
                refused(
                        "third-party-token",
                        redeeming.apply(ThirdPartyInvites.signed("{'token':'u'}", IDENTITY_SERVER))));
        add("third-party-sender", proper, refused("third-party-sender", room -> {
            JsonObject content = redeeming.apply(good).apply(room).content();
            return with(room, CHARLIE, "join").member(CHARLIE, BOB, "invite").content(content);
        }));
        add("third-party-signature", proper, byStranger);
        add("third-party-public-key", proper, byStranger);
        add(
                "third-party-public-keys",
                allowed("third-party-signature", redeeming.apply(ThirdPartyInvites.signed("{}", EPHEMERAL))),
                byStranger);
        add("third-party-otherwise", proper, byStranger);
    }

    private void invite() {
        Side byAlice =
                allowed("invite-level", room -> withLevels(room, "'invite':50").member(ALICE, DAN, "invite"));
        Side byBob = refused(
                "invite-otherwise",
                room -> with(withLevels(room, "'invite':61"), BOB, "join").member(BOB, DAN, "invite"));
        add(
                "invite-sender-joined",
                byAlice,
                refused("invite-sender-joined", room -> with(room, BOB, "leave").member(BOB, DAN, "invite")));
        add(
                "invite-target",
                byAlice,
                refused("invite-target", room -> with(room, DAN, "ban").member(ALICE, DAN, "invite")));
        add("invite-level", byAlice, byBob);
        add("invite-otherwise", byAlice, byBob);
    }

    private void leave() {
        Side kick = allowed("leave-kick", room -> bobAndCharlie(room, "").member(BOB, CHARLIE, "leave"));
        Side kickOfAlice =
                refused("leave-otherwise", room -> bobAndCharlie(room, "").member(BOB, ALICE, "leave"));
        add(
                "leave-own",
                allowed("leave-own", room -> with(room, BOB, "invite").member(BOB, BOB, "leave")),
                refused("leave-own", room -> with(room, BOB, "ban").member(BOB, BOB, "leave")));
        add(
                "leave-sender-joined",
                kick,
                refused(
                        "leave-sender-joined",
                        room -> with(bobAndCharlie(room, ""), BOB, "leave").member(BOB, CHARLIE, "leave")));
        add(
                "leave-unban",
                allowed(
                        "leave-kick",
                        room -> with(bobAndCharlie(room, "'ban':60"), CHARLIE, "ban")
                                .member(BOB, CHARLIE, "leave")),
                refused(
                        "leave-unban",
                        room -> with(bobAndCharlie(room, "'ban':61"), CHARLIE, "ban")
                                .member(BOB, CHARLIE, "leave")));
        add("leave-kick", kick, kickOfAlice);
        add("leave-otherwise", kick, kickOfAlice);
    }

    private void ban() {
        Side ban = allowed("ban-level", room -> bobAndCharlie(room, "").member(BOB, CHARLIE, "ban"));
        Side banOfAlice =
                refused("ban-otherwise", room -> bobAndCharlie(room, "").member(BOB, ALICE, "ban"));
        add(
                "ban-sender-joined",
                ban,
                refused(
                        "ban-sender-joined",
                        room -> with(bobAndCharlie(room, ""), BOB, "leave").member(BOB, CHARLIE, "ban")));
        add("ban-level", ban, banOfAlice);
        add("ban-otherwise", ban, banOfAlice);
    }

    private void knock() {
        Side knock = allowed(
                "knock-from-outside", room -> withJoinRule(room, "knock").member(BOB, BOB, "knock"));
        Side again = refused(
                "knock-otherwise",
                room -> with(withJoinRule(room, "knock"), BOB, "invite").member(BOB, BOB, "knock"));
        add("knock-join-rule", knock, refused("knock-join-rule", room -> room.member(BOB, BOB, "knock")));
        add(
                "knock-for-another",
                knock,
                refused("knock-for-another", room -> withJoinRule(room, "knock").member(ALICE, BOB, "knock")));
        add("knock-from-outside", knock, again);
        add("knock-otherwise", knock, again);
    }

    private void generic() {
        Side message = allowed("otherwise", room -> room.message(ALICE));
        Side byOutsider =
                refused("sender-joined", room -> with(room, BOB, "leave").message(BOB));
        add("sender-joined", message, byOutsider);
        add("otherwise", message, byOutsider);
        add(
                "third-party-invite-level",
                allowed(
                        "third-party-invite-level",
                        room -> bobAndCharlie(room, "'invite':60")
                                .draft(BOB, "m.room.third_party_invite")
                                .key("t")),
                refused(
                        "third-party-invite-level",
                        room -> bobAndCharlie(room, "'invite':61")
                                .draft(BOB, "m.room.third_party_invite")
                                .key("t")));
        add(
                "required-level",
                allowed(
                        "otherwise",
                        room -> bobAndCharlie(room, "'events':{'m.room.topic':60}")
                                .topic(BOB, "t")),
                refused(
                        "required-level",
                        room -> bobAndCharlie(room, "'events':{'m.room.topic':61}")
                                .topic(BOB, "t")));
        add(
                "user-state-key",
                allowed(
                        "otherwise",
                        room -> room.draft(ALICE, "org.example.status").key(ALICE)),
                refused(
                        "user-state-key",
                        room -> room.draft(ALICE, "org.example.status").key(BOB)));
    }

    private void powerLevels() {
        Side proper = allowed(
                "power-levels-otherwise",
                room -> room.powerLevels(ALICE, "{'ban':50,'events':{'x':50},'users':{'" + BOB + "':50}}"));
        add(
                "power-levels-integers",
                proper,
                refused("power-levels-integers", room -> room.powerLevels(ALICE, "{'ban':'50'}")));
        add(
                "power-levels-by-type",
                proper,
                refused("power-levels-by-type", room -> room.powerLevels(ALICE, "{'events':{'x':'50'}}")));
        add(
                "power-levels-users",
                proper,
                refused("power-levels-users", room -> room.powerLevels(ALICE, "{'users':{'bob':50}}")));
        add(
                "power-levels-creators",
                proper,
                refused("power-levels-creators", room -> room.powerLevels(ALICE, "{'users':{'" + ALICE + "':50}}")));
        add(
                "power-levels-first",
                allowed("power-levels-first", room -> {
                    room.remove(AuthSlots.POWER_LEVELS);
                    return room.powerLevels(ALICE, "{'users':{'" + BOB + "':1000}}");
                }),
                refused("added-user", room -> propose(bobAndCharlie(room, ""), "", 1000)));
        add(
                "power-levels-otherwise",
                proper,
                refused("added-user", room -> propose(bobAndCharlie(room, ""), "", 1000)));
    }

    private void changedLevels() {
        add(
                "changed-level-from",
                allowed("power-levels-otherwise", room -> propose(bobAndCharlie(room, "'ban':60"), "'ban':59", 60)),
                refused("changed-level-from", room -> propose(bobAndCharlie(room, "'ban':61"), "'ban':60", 60)));
        add(
                "changed-level-to",
                allowed("power-levels-otherwise", room -> propose(bobAndCharlie(room, "'ban':59"), "'ban':60", 60)),
                refused("changed-level-to", room -> propose(bobAndCharlie(room, "'ban':60"), "'ban':61", 60)));
        add(
                "removed-type",
                allowed("power-levels-otherwise", room -> propose(bobAndCharlie(room, "'events':{'x':60}"), "", 60)),
                refused("removed-type", room -> propose(bobAndCharlie(room, "'events':{'x':61}"), "", 60)));
        add(
                "added-type",
                allowed("power-levels-otherwise", room -> propose(bobAndCharlie(room, ""), "'events':{'x':60}", 60)),
                refused("added-type", room -> propose(bobAndCharlie(room, ""), "'events':{'x':61}", 60)));
        add(
                "removed-user",
                allowed("power-levels-otherwise", room -> lowered(bobAndCharlie(room, ""), 59)),
                refused("removed-user", room -> lowered(bobAndCharlie(room, ""), 60)));
        add(
                "added-user",
                allowed("power-levels-otherwise", room -> raised(bobAndCharlie(room, ""), 60)),
                refused("added-user", room -> raised(bobAndCharlie(room, ""), 61)));
    }

    /** Bob, who has 60, lowers Dan, who has this much. */
    private static Draft lowered(TestRoom room, long before) {
        room.powerLevels(ALICE, levels(room, "", 60, ",'" + DAN + "':" + before))
                .put();
        return room.powerLevels(BOB, levels(room, "", 60, ",'" + DAN + "':0"));
    }

    private static Draft raised(TestRoom room, long after) {
        return room.powerLevels(BOB, levels(room, "", 60, ",'" + DAN + "':" + after));
    }

    private void redaction() {
        Side byBob = allowed("redaction-level", room -> redaction(bobAndCharlie(room, "'redact':60"), BOB));
        Side byCharlie = refused("redaction-otherwise", room -> redaction(bobAndCharlie(room, ""), CHARLIE));
        add("redaction-level", byBob, byCharlie);
        add(
                "redaction-same-domain",
                allowed(
                        "redaction-same-domain",
                        room -> redaction(with(bobAndCharlie(room, ""), "@anna:a.example", "join"), "@anna:a.example")),
                byCharlie);
        add("redaction-otherwise", byBob, byCharlie);
    }

    private static Draft redaction(TestRoom room, String sender) {
        return room.draft(sender, "m.room.redaction")
                .redacts(room.message(ALICE).build());
    }

    /** Bob has 60, Charlie nothing, both are in the room. */
    private static TestRoom bobAndCharlie(TestRoom room, String levels) {
        return with(with(withLevels(room, levels), BOB, "join"), CHARLIE, "join");
    }

    private static TestRoom withLevels(TestRoom room, String levels) {
        room.powerLevels(ALICE, levels(room, levels, 60, "")).put();
        return room;
    }

    private static Draft propose(TestRoom room, String levels, long ofBob) {
        return room.powerLevels(BOB, levels(room, levels, ofBob, ""));
    }

    private static String levels(TestRoom room, String levels, long ofBob, String more) {
        String alice = room.version().privilegedCreators() ? "" : "'" + ALICE + "':100,";
        String users = "'users':{" + alice + "'" + BOB + "':" + ofBob + more + "}";
        return "{" + users + (levels.isEmpty() ? "" : "," + levels) + "}";
    }

    private void add(String rule, Side allowed, Side refused) {
        cases.add(new RuleCase(rule, allowed, refused));
    }

    private static Side allowed(String by, Function<TestRoom, Draft> draft) {
        return side(by, room -> Asked.current(room, draft.apply(room)));
    }

    private static Side refused(String by, Function<TestRoom, Draft> draft) {
        return side(by, room -> Asked.current(room, draft.apply(room)));
    }

    private static Side side(String by, Function<TestRoom, Asked> ask) {
        return new Side(by, ask);
    }
}
