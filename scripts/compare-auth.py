#!/usr/bin/env python3
"""Holds our authorisation rules against Synapse's, on random events in random rooms of every version.

    integration-tests/target/synapse/bin/python scripts/compare-auth.py [CASES_A_VERSION] [SEED]

Needs a Python that has Synapse (scripts/interop.sh makes one). Each case is one event and the state that it has to cite,
by Synapse's own selection; `./gatehouse lab auth --batch` judges it, and so does Synapse. Prints what they judge
differently and ends non-zero if there is any, but for one point in which Synapse does more than the rules say: it keeps
targets of other servers out of a room that does not federate (MSC4361). Third-party invites are not among the events.
"""

import collections
import json
import logging
import os
import random
import subprocess
import sys

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
        self.event = self.some_event()

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
        kind = rng.randrange(12)
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
        content = {"membership": rng.choice(["odd", self.membership()]) if rng.random() < 0.05 else self.membership()}
        if rng.random() < 0.3:
            content["join_authorised_via_users_server"] = rng.choice(USERS)
        return self.make(sender, "m.room.member", sender if rng.random() < 0.6 else rng.choice(USERS), content, prev)

    def cited(self):
        """The state that the event has to cite, and the create event of a room that nobody cites it in."""
        wanted = set(event_auth.auth_types_for_event(self.version, self.event)) | {("m.room.create", "")}
        return [event for event in self.state if (event.type, event.state_key) in wanted]

    def by_synapse(self):
        try:
            event_auth.check_state_dependent_auth_rules(self.event, self.cited())
            return True, ""
        except SynapseError as refusal:
            return False, str(refusal)
        except Exception as crash:  # It trusts that a later step of its own catches what it cannot read.
            return False, repr(crash)

    def request(self):
        return json.dumps({
            "room_version": self.version.identifier, "event": self.event.get_dict(),
            "auth_events": [event.get_dict() for event in self.cited()]})


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
