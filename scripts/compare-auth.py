#!/usr/bin/env python3
"""Holds our authorisation rules against Synapse's, on random events in random rooms of every version.

    integration-tests/target/synapse/bin/python scripts/compare-auth.py [CASES_A_VERSION] [SEED]

Needs a Python that has Synapse (scripts/interop.sh makes one). Each case is one event and the state that it has to cite,
by Synapse's own selection; now and then it cites something else: twice the same slot, what it may not, no create event,
what was rejected, what is of another room. Create events and third-party invites, with true and false signatures, are
among the events. `./gatehouse lab auth --batch` judges it, and so does Synapse. Prints what they judge differently and
ends non-zero if there is any, but for one point in which Synapse does more than the rules say: it keeps targets of other
servers out of a room that does not federate (MSC4361).
"""

import collections
import json
import logging
import os
import random
import subprocess
import sys

from signedjson.key import decode_signing_key_base64, encode_verify_key_base64, get_verify_key
from signedjson.sign import sign_json
from synapse import event_auth
from synapse.api.errors import SynapseError
from synapse.api.room_versions import KNOWN_ROOM_VERSIONS
from synapse.events import make_event_from_dict

VERSIONS = [str(number) for number in range(1, 13)]
ALICE, ANNA, BOB, BILL, CARL = USERS = [
    "@alice:a.example", "@anna:a.example", "@bob:b.example", "@bill:b.example", "@carl:c.example"]
SERVERS = ["a.example", "b.example", "c.example"]
NAMED_LEVELS = ["users_default", "events_default", "state_default", "ban", "kick", "invite", "redact"]
MORE_THAN_THE_RULES = "This room has been marked as unfederatable"
IDENTITY_SERVER, EPHEMERAL, STRANGER = KEYS = [
    decode_signing_key_base64("ed25519", "0", letter * 43) for letter in "AEI"]


class Store:
    """The events that Synapse looks up while it judges."""

    def __init__(self, events):
        self.events = {event.event_id: event for event in events}

    async def get_events(self, event_ids, **_):
        return {event_id: self.events[event_id] for event_id in event_ids}


class Case:
    """A room, an event, and what is needed to ask about it."""

    def __init__(self, version, rng):
        self.version = KNOWN_ROOM_VERSIONS[version]
        self.number = int(version)
        self.rng = rng
        self.count = 0
        self.room_id = "!room:a.example"
        self.more_creators = [rng.choice(USERS)] if self.number == 12 and rng.random() < 0.5 else []
        self.state = [self.create()]
        if self.number == 12:
            self.room_id = "!" + self.state[0].event_id[1:]
        self.fill_room()
        self.rejected = []
        self.event = self.some_event()
        self.cited = self.selected()
        if rng.random() < 0.15 and self.event.type != "m.room.create":
            self.cite_otherwise()

    def make(self, sender, type_, state_key, content, prev=(), **more):
        self.count += 1
        event = {
            "type": type_, "sender": sender, "content": content, "room_id": self.room_id, "depth": 5,
            "origin_server_ts": self.count, "auth_events": [], "hashes": {"sha256": "x" * 43},
            "prev_events": [[id_, {"sha256": "x"}] for id_ in prev] if self.number <= 2 else list(prev),
            "signatures": {server: {"ed25519:1": "x"} for server in SERVERS}, **more}
        if state_key is not None:
            event["state_key"] = state_key
        if self.number <= 2:
            event["event_id"] = f"$e{self.count}:{sender.split(':')[1]}"
        if self.number == 12 and type_ == "m.room.create":
            del event["room_id"]
        return make_event_from_dict(event, self.version)

    def create(self):
        content = {"room_version": self.version.identifier}
        if self.number <= 10:
            content["creator"] = ALICE if self.rng.random() < 0.8 else self.rng.choice(USERS)
        if self.rng.random() < 0.2:
            content["m.federate"] = self.rng.random() < 0.3
        if self.more_creators:
            content["additional_creators"] = self.more_creators
        return self.make(ALICE, "m.room.create", "", content)

    def fill_room(self):
        rng = self.rng
        if rng.random() < 0.85:
            self.state.append(self.make(ALICE, "m.room.power_levels", "", self.power_levels(in_state=True)))
        if rng.random() < 0.9:
            self.state.append(self.make(ALICE, "m.room.join_rules", "", {"join_rule": self.join_rule()}))
        for user in USERS:
            if rng.random() < 0.8:
                sender = rng.choice([user, ALICE])
                self.state.append(self.make(sender, "m.room.member", user, {"membership": self.membership()}))
        if rng.random() < 0.6:
            public = [encode_verify_key_base64(get_verify_key(key)) for key in (IDENTITY_SERVER, EPHEMERAL)]
            content = {"public_key": public[0], "public_keys": [{"public_key": public[1]}]}
            if rng.random() < 0.2:
                del content[rng.choice(list(content))]
            self.state.append(self.make(rng.choice([ALICE, ALICE, BOB]), "m.room.third_party_invite", "t", content))

    def join_rule(self):
        return self.rng.choice(["public", "public", "invite", "knock", "restricted", "knock_restricted", "private"])

    def membership(self):
        return self.rng.choice(["join", "join", "join", "leave", "invite", "ban", "knock"])

    def level(self, in_state):
        rng = self.rng
        level = rng.choice([0, 49, 50, 51, 60, 99, 100, 101, -1])
        if self.number <= 9 and rng.random() < 0.2:
            sign = rng.choice(["", "+"]) if level >= 0 else "-"
            return rng.choice(["", " ", "\t "]) + sign + "0" * rng.randrange(3) + str(abs(level)) + rng.choice(["", " "])
        if self.number <= 5 and rng.random() < 0.1:
            return level + rng.choice([0.0, 0.5, 0.99]) * (1 if level >= 0 else -1)
        if not in_state and rng.random() < 0.03:
            return rng.choice([None, [], {}, "x", "", "1e2", "+ 1"])
        return level

    def power_levels(self, in_state):
        rng = self.rng
        levels = {}
        if in_state or rng.random() < 0.9:
            levels["users"] = {user: self.level(in_state) for user in USERS if rng.random() < 0.7}
            if in_state and self.number < 12:
                levels["users"][ALICE] = 100
            if self.number == 12 and (in_state or rng.random() < 0.8):
                for creator in [ALICE, *self.more_creators]:
                    levels["users"].pop(creator, None)
            if not in_state and rng.random() < 0.03:
                levels["users"][rng.choice(["bob", "@bob"])] = 5
        for name in NAMED_LEVELS:
            if rng.random() < 0.2:
                levels[name] = self.level(in_state)
        for name in ["events", "notifications"]:
            if rng.random() < 0.5:
                types = ["m.room.topic", "m.room.power_levels", "m.room.message", "org.x", "m.room.redaction"]
                levels[name] = {type_: self.level(in_state) for type_ in types if rng.random() < 0.25}
        return levels

    def some_event(self):
        rng = self.rng
        sender = rng.choice(USERS)
        parent = "$parent:a.example" if self.number <= 3 else "$" + "p" * 43
        prev = [self.state[0].event_id] if rng.random() < 0.1 else [parent]
        kind = rng.randrange(16)
        if kind == 0:
            return self.make(sender, "m.room.message", None, {"body": "x"}, prev)
        if kind == 1:
            return self.make(sender, "m.room.topic", "", {}, prev)
        if kind == 2:
            return self.make(sender, "org.x", rng.choice(["", sender, BOB, "@", "x"]), {}, prev)
        if kind in (3, 4):
            return self.make(sender, "m.room.power_levels", "", self.power_levels(in_state=False), prev)
        if kind == 5:
            return self.make(sender, rng.choice(["m.room.join_rules", "m.room.third_party_invite"]), "", {}, prev)
        if kind == 6:
            target = "$x" + rng.choice([":a.example", ":b.example", ":c.example", ""])
            redacts = {"redacts": target} if self.number < 11 else {}
            return self.make(sender, "m.room.redaction", None, {} if redacts else {"redacts": target}, prev, **redacts)
        if kind == 7:
            key = rng.choice(["a.example", "b.example", "c.example", "", None])
            return self.make(sender, "m.room.aliases", key, {"aliases": []}, prev)
        if kind in (8, 9, 10):
            return self.redeemed_invite(rng.choice([ALICE, ALICE, sender]), prev)
        if kind == 11:
            return self.another_create()
        content = {"membership": rng.choice(["odd", self.membership()]) if rng.random() < 0.05 else self.membership()}
        if rng.random() < 0.3:
            content["join_authorised_via_users_server"] = rng.choice(USERS)
        return self.make(sender, "m.room.member", sender if rng.random() < 0.6 else rng.choice(USERS), content, prev)

    def redeemed_invite(self, sender, prev):
        rng = self.rng
        target = rng.choice(USERS)
        signed = {"mxid": target if rng.random() < 0.85 else rng.choice(USERS), "token": "t"}
        if rng.random() < 0.1:
            signed["token"] = "other"
        signed = sign_json(signed, "id.example", rng.choice([*KEYS, IDENTITY_SERVER, EPHEMERAL]))
        if rng.random() < 0.1:
            signed["more"] = "after it was signed"
        invite = {"signed": signed, "display_name": "x"}
        return self.make(sender, "m.room.member", target, {"membership": "invite", "third_party_invite": invite}, prev)

    def another_create(self):
        rng = self.rng
        sender = rng.choice(USERS)
        content = {"room_version": rng.choice([self.version.identifier, self.version.identifier, "1", "99"])}
        if rng.random() < 0.1:
            del content["room_version"]
        if rng.random() < 0.7:
            content["creator"] = rng.choice(USERS)
        if rng.random() < 0.5:
            content["additional_creators"] = rng.choice([[], [BOB], [BOB, BILL], "x", [5], ["bob"], ["@bob"], {}, None])
        prev = [self.state[0].event_id] if rng.random() < 0.2 else []
        return self.make(sender, "m.room.create", "", content, prev)

    def selected(self):
        """The state that the event has to cite, and the create event of a room that nobody cites it in."""
        if self.event.type == "m.room.create":
            return []
        wanted = set(event_auth.auth_types_for_event(self.version, self.event)) | {("m.room.create", "")}
        return [event for event in self.state if (event.type, event.state_key) in wanted]

    def cite_otherwise(self):
        """Has the event cite what it ought not to, or less; and what is cited may have been rejected."""
        rng = self.rng
        kind = rng.randrange(5)
        if kind == 0:
            self.cited.append(rng.choice(self.state))
        elif kind == 1:
            self.cited.append(self.make(ALICE, "m.room.power_levels", "", self.power_levels(in_state=True)))
        elif kind == 2:
            self.cited.remove(rng.choice(self.cited))
        elif kind == 3:
            at = rng.randrange(len(self.cited))
            self.cited[at] = make_event_from_dict(self.cited[at].get_dict(), self.version, rejected_reason="for a test")
            self.rejected = [self.cited[at]]
        else:
            room_id, self.room_id = self.room_id, "!other" + ("x" * 38 if self.number == 12 else ":a.example")
            self.cited.append(self.make(ALICE, "m.room.join_rules", "", {"join_rule": "public"}))
            self.room_id = room_id
        # A second time the same event is no second event to us, and the create event is not cited from version 12 on.
        self.cited = list({event.event_id: event for event in self.cited}.values())
        ids = [event.event_id for event in self.cited]
        if self.number == 12:
            create = self.state[0].event_id
            ids = [id_ for id_ in ids if id_ != create]
            if len(ids) == len(self.cited):
                self.cited.append(self.state[0])
        json_event = {**self.event.get_dict(), "auth_events": ids}
        if self.number <= 2:
            json_event["auth_events"] = [[id_, {"sha256": "x"}] for id_ in ids]
        self.event = make_event_from_dict(json_event, self.version)

    def by_synapse(self):
        try:
            if self.event.auth_event_ids() or self.event.type == "m.room.create":
                finish(event_auth.check_state_independent_auth_rules(Store(self.cited), self.event))
            event_auth.check_state_dependent_auth_rules(self.event, self.cited)
            return True, ""
        except SynapseError as refusal:
            return False, str(refusal)
        except Exception as crash:  # It trusts that a later step of its own catches what it cannot read.
            return False, repr(crash)

    def request(self):
        return json.dumps({
            "room_version": self.version.identifier, "event": self.event.get_dict(),
            "auth_events": [event.get_dict() for event in self.cited],
            "rejected": [event.event_id for event in self.rejected]})


def finish(coroutine):
    """Runs what never waits."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise AssertionError("it waits")


def main():
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    logging.disable(logging.CRITICAL)
    launcher = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gatehouse")
    lab = subprocess.Popen([launcher, "lab", "auth", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    rng = random.Random(seed)
    rules, differences, by_design = set(), collections.Counter(), 0
    for version in VERSIONS:
        for _ in range(cases):
            case = Case(version, rng)
            request = case.request()
            lab.stdin.write(request + "\n")
            lab.stdin.flush()
            ours = json.loads(lab.stdout.readline())
            allowed, why = case.by_synapse()
            rules.add((ours.get("rule"), ours.get("allowed")))
            if ours.get("allowed") == allowed:
                continue
            if ours.get("allowed") and MORE_THAN_THE_RULES in why:
                by_design += 1
                continue
            difference = (ours.get("rule", ours.get("error")), ours.get("allowed"), why[:80])
            differences[difference] += 1
            if differences[difference] == 1:
                print(difference, request, file=sys.stderr)
    lab.stdin.close()
    lab.wait()
    total = cases * len(VERSIONS)
    print(f"compare-auth: {total} cases, {len(rules)} rules and sides, {sum(differences.values())} differ, "
          f"{by_design} by design")
    for difference, count in differences.most_common():
        print(count, *difference)
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
