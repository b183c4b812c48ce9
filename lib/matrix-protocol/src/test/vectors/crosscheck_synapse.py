#!/usr/bin/env python3
"""Asks Synapse for the same: computes redactions, hashes and IDs of events.jsonl with an installed matrix-synapse.

Prints what differs and exits with 1 if anything does. Needs `pip install matrix-synapse`; nothing is started. An
unstable version that the installed Synapse does not know is asked about as the stable one that it builds on.
"""

import hashlib
import json
import pathlib
import sys

from synapse.api.room_versions import KNOWN_ROOM_VERSIONS
from synapse.crypto.event_signing import compute_content_hash, compute_event_reference_hash
from synapse.events import make_event_from_dict
from synapse.events.utils import prune_event
from unpaddedbase64 import encode_base64

BUILDS_ON = {"org.matrix.msc1767.10": "10"}


def findings(vector):
    name = vector["room_version"]
    version = KNOWN_ROOM_VERSIONS[name if name in KNOWN_ROOM_VERSIONS else BUILDS_ON[name]]
    event = make_event_from_dict(json.loads(json.dumps(vector["event"])), version)
    redacted = {k: v for k, v in prune_event(event).get_pdu_json().items() if k != "unsigned"}
    redacted = json.loads(json.dumps(redacted))  # tuples become lists
    yield "redacted", vector["redacted"], redacted
    yield "event_id", vector["event_id"], event.event_id
    yield "reference_hash", vector["reference_hash"], encode_base64(compute_event_reference_hash(event, hashlib.sha256)[1])
    # Synapse leaves keys out of the content hash that it once added itself; the specification does not.
    if "age_ts" not in vector["event"]:
        yield "content_hash", vector["content_hash"], encode_base64(compute_content_hash(vector["event"], hashlib.sha256)[1])


def main():
    path = pathlib.Path(__file__).resolve().parent.parent / "resources" / "vectors" / "events.jsonl"
    different = compared = 0
    for line in path.read_text(encoding="utf-8").strip().split("\n"):
        vector = json.loads(line)
        try:
            for what, ours, theirs in findings(vector):
                compared += 1
                if ours != theirs:
                    different += 1
                    print(vector["room_version"], vector["claim"], what, ours, theirs, sep="\n  ")
        except Exception as refused:
            different += 1
            print(vector["room_version"], vector["claim"], repr(refused), sep="\n  ")
    print(f"{compared} compared, {different} different")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
