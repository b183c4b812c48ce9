#!/usr/bin/env python3
"""Makes ../resources/vectors/events.jsonl: for every room version, events and what is computed from them.

A second implementation, written from the text of the specification and sharing nothing with the Java code: canonical
JSON by Python's json, redaction as one table of keys a version, hashes by hashlib, Ed25519 by `cryptography`.
Run it with any Python 3.9 or later that has `cryptography`; the output is the same on every run.
"""

import base64
import hashlib
import json
import pathlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SERVER = "origin.example"
KEY_ID = "ed25519:1"
SEED = b"origin.example/1".ljust(32, b"\0")
HASH_ROOM = "!L58ME6ufiP49v97UIOBIpvWKEgj4912JmECPuDzlvCI"

STABLE = [str(number) for number in range(1, 13)]
HYDRA, EXTENSIBLE = "org.matrix.hydra.11", "org.matrix.msc1767.10"
VERSIONS = STABLE + [HYDRA, EXTENSIBLE]


def rules_of(version):
    return {HYDRA: 12, EXTENSIBLE: 10}.get(version) or int(version)


def b64(octets):
    return base64.b64encode(octets).decode().rstrip("=")


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()


# --- Redaction: rooms/v1 to v12, "Redactions". One row a version in which something changed. -------------------------

TOP = {"event_id", "type", "room_id", "sender", "state_key", "content", "hashes", "signatures", "depth", "prev_events",
       "auth_events", "origin_server_ts"}
TOP_BEFORE_11 = TOP | {"prev_state", "origin", "membership"}
LEVELS = {"ban", "events", "events_default", "kick", "redact", "state_default", "users", "users_default"}


def kept_content(rules, kind, content):
    if kind == "m.room.member":
        keep = {"membership"} | ({"join_authorised_via_users_server"} if rules >= 9 else set())
        kept = only(content, keep)
        invite = content.get("third_party_invite")
        if rules >= 11 and isinstance(invite, dict):
            kept["third_party_invite"] = only(invite, {"signed"})
        return kept
    if kind == "m.room.create":
        return dict(content) if rules >= 11 else only(content, {"creator"})
    if kind == "m.room.join_rules":
        return only(content, {"join_rule", "allow"} if rules >= 8 else {"join_rule"})
    if kind == "m.room.power_levels":
        return only(content, LEVELS | {"invite"} if rules >= 11 else LEVELS)
    if kind == "m.room.aliases":
        return only(content, {"aliases"} if rules < 6 else set())
    if kind == "m.room.history_visibility":
        return only(content, {"history_visibility"})
    if kind == "m.room.redaction":
        return only(content, {"redacts"} if rules >= 11 else set())
    return {}


def only(members, keep):
    return {key: value for key, value in members.items() if key in keep}


def redact(version, event):
    rules = rules_of(version)
    kept = only(event, TOP if rules >= 11 else TOP_BEFORE_11)
    kept["content"] = kept_content(rules, event["type"], event["content"])
    return kept


# --- Hashes, IDs, signatures: Server-Server API, "Signing Events" ----------------------------------------------------

def content_hash(event):
    return b64(sha256({k: v for k, v in event.items() if k not in ("unsigned", "signatures", "hashes")}))


def reference_object(version, event):
    return {k: v for k, v in redact(version, event).items() if k not in ("signatures", "unsigned")}


def sha256(value):
    return hashlib.sha256(canonical(value)).digest()


def event_id(version, event):
    rules = rules_of(version)
    if rules <= 2:
        return event["event_id"]
    digest = sha256(reference_object(version, event))
    if rules == 3:
        return "$" + b64(digest)
    return "$" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def signed(version, draft):
    event = {**draft, "hashes": {"sha256": content_hash(draft)}}
    key = Ed25519PrivateKey.from_private_bytes(SEED)
    signature = b64(key.sign(canonical(reference_object(version, event))))
    return {**event, "signatures": {SERVER: {KEY_ID: signature}}}


# --- The events ------------------------------------------------------------------------------------------------------

def envelope(version, kind, content, **more):
    rules = rules_of(version)
    parent, auth = "$parent:other.example", "$auth:other.example"
    if rules >= 3:
        parent, auth = "$" + b64(hashlib.sha256(b"parent").digest()), "$" + b64(hashlib.sha256(b"auth").digest())
    if rules >= 4:
        parent, auth = (text.replace("+", "-").replace("/", "_") for text in (parent, auth))
    reference = (lambda each: [each, {"sha256": b64(hashlib.sha256(each.encode()).digest())}]) if rules <= 2 else str
    event = {
        "type": kind,
        "sender": "@alice:" + SERVER,
        "content": content,
        "prev_events": [reference(parent)],
        "auth_events": [reference(auth)],
        "depth": 7,
        "origin_server_ts": 1_700_000_000_123,
        **more,
    }
    if rules <= 2:
        event["event_id"] = "$named-" + kind + ":" + SERVER
    if not (rules >= 12 and kind == "m.room.create"):
        event["room_id"] = HASH_ROOM if rules >= 12 else "!room:" + SERVER
    return event


THIRD_PARTY = {"display_name": "a...", "signed": {"mxid": "@bob:x", "token": "t", "signatures": {"id": {"ed25519:0": "s"}}}}


def drafts(version):
    rules = rules_of(version)
    yield "a message: nothing of its content stays", envelope(version, "m.room.message", {"msgtype": "m.text", "body": "hello"})
    yield "every top-level key that any version ever kept, and some that none did", envelope(
        version, "m.room.message", {"membership": "join", "creator": "@a:x", "redacts": "$x"},
        origin=SERVER, membership="join", prev_state=[], redacts="$x", age_ts=5, prev_content={}, replaces_state="$x",
        unknown={"nested": [1, None, True]}, unsigned={"age": 1})
    yield "a create event, with creator, federation and type", envelope(
        version, "m.room.create",
        {"creator": "@alice:" + SERVER, "room_version": version, "m.federate": True, "type": "m.space",
         "predecessor": {"room_id": "!old:x", "event_id": "$old"}, "additional_creators": ["@bob:x"]},
        state_key="", prev_events=[], auth_events=[])
    yield "a join with a name and an authorising user", envelope(
        version, "m.room.member",
        {"membership": "join", "displayname": "Alice", "avatar_url": "mxc://x/y", "reason": "r",
         "join_authorised_via_users_server": "@carol:" + SERVER}, state_key="@alice:" + SERVER)
    yield "an invite that came of a third-party invite", envelope(
        version, "m.room.member", {"membership": "invite", "third_party_invite": THIRD_PARTY}, state_key="@bob:x")
    yield "a third-party invite in which nothing is signed", envelope(
        version, "m.room.member", {"membership": "invite", "third_party_invite": {"display_name": "a"}}, state_key="@bob:x")
    yield "a third-party invite that is no object", envelope(
        version, "m.room.member", {"membership": "invite", "third_party_invite": "x"}, state_key="@bob:x")
    yield "join rules with a list of rooms", envelope(
        version, "m.room.join_rules",
        {"join_rule": "restricted", "allow": [{"type": "m.room_membership", "room_id": "!r:x"}], "note": "n"}, state_key="")
    yield "power levels with every key", envelope(
        version, "m.room.power_levels",
        {"ban": 50, "events": {"m.room.name": 51}, "events_default": 1, "invite": 2, "kick": 52, "notifications": {"room": 53},
         "redact": 54, "state_default": 55, "users": {"@alice:" + SERVER: 100}, "users_default": 3, "other": 4}, state_key="")
    yield "aliases", envelope(version, "m.room.aliases", {"aliases": ["#a:x"], "other": 1}, state_key=SERVER)
    yield "history visibility", envelope(
        version, "m.room.history_visibility", {"history_visibility": "shared", "other": 1}, state_key="")
    yield "a redaction with its target in both places", envelope(
        version, "m.room.redaction", {"redacts": "$target", "reason": "spam"}, redacts="$target")
    yield "a server ACL: nothing stays", envelope(
        version, "m.room.server_acl", {"allow": ["*"], "deny": [], "allow_ip_literals": False}, state_key="")
    yield "an event type that only looks like one of the kept ones", envelope(
        version, "m.room.member.x", {"membership": "join"}, state_key="")
    yield "keys out of order, escapes, and characters beyond ASCII and beyond the first plane", envelope(
        version, "m.room.power_levels",
        {"users": {"@\u00e9\u6f22:x": 1, "\U0001F600": 2, "\ufb01": 3, "\u00e9": 4, "b": 5, "a": 6},
         "events": {"\u0000\u0008\t\n\u000c\r\u001f\"\\/\u007f\u2028\U0001F600": 7}, "\U0001F600": 8, "\ufb01": 9},
        state_key="\u0001\u2028\U0001F600")
    yield "the largest integers that every version takes", envelope(
        version, "m.room.power_levels", {"ban": 9007199254740991, "kick": -9007199254740991, "redact": 0}, state_key="")
    if rules < 6:
        yield "integers beyond those of canonical JSON", envelope(
            version, "m.room.power_levels", {"ban": 9007199254740992, "kick": -100000000000000000000}, state_key="")
        yield "fractions, as this and other implementations write them", envelope(
            version, "m.room.power_levels", {"ban": 1.5, "kick": 1e-07, "redact": 50.0, "state_default": 1e+23}, state_key="")
        yield "the depth limit of old rooms", envelope(version, "m.room.message", {}, **{"depth": 2**63 - 1})


def main():
    target = pathlib.Path(__file__).resolve().parent.parent / "resources" / "vectors" / "events.jsonl"
    with target.open("w", encoding="utf-8") as out:
        for version in VERSIONS:
            for claim, draft in drafts(version):
                event = signed(version, draft)
                out.write(json.dumps({
                    "room_version": version,
                    "claim": claim,
                    "event": event,
                    "redacted": redact(version, event),
                    "content_hash": event["hashes"]["sha256"],
                    "reference_hash": b64(sha256(reference_object(version, event))),
                    "event_id": event_id(version, event),
                }, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
