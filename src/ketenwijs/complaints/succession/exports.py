"""A case as its new body takes it: plain age files that open with the ordinary `age` program and the body's own key."""

from __future__ import annotations

import io
import json
import zipfile

from ketenwijs.complaints.cases.exports import write_contents
from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.selectors import signers_of
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.succession import selectors
from ketenwijs.complaints.succession.models import Handing

READ_ME = """This bundle is sealed to you. With the ordinary age program (age-encryption.org) and your own key:

1. age -d -i your-key.txt -o thread.txt keys/intake-1.age       (the key of one thread and epoch)
2. age -d -i thread.txt messages/intake/0001-1.age              (a message: the second number is the epoch)
3. age -d -i thread.txt -o file files/<identifier>.age          (a file; its message tells name and true size)

case.json tells number, kind and state. statement.json is what two members of the committee signed about you.
key-list.json is the committee's list of keys with its signature; signers.json names who may have signed a message.
Every message is one line of JSON and one line of signature; each names the digest of the one before it.
The last message of the kind "handover" in the thread "intake" is the complainant's own consent, signed.
"""


def bundle(case: Case, handing: Handing) -> bytes:
    """A zip of everything sealed of a case that went over, with the keys for its new body."""
    target, successor, stored = io.BytesIO(), handing.successor, committee.latest_list()
    about = {
        "case": case.identifier,
        "number": case.number,
        "kind": case.kind,
        "state": case.state,
        "received_week": case.received_week.isoformat(),
        "handed_week": handing.week.isoformat(),
    }
    said = {
        "statement": successor.statement,
        "signatures": list(successor.signatures.values("key", "function", "signature")),
    }
    listed = {
        "document": stored.document if stored else "",
        "signature": stored.signature if stored else "",
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("read-me.txt", READ_ME)
        archive.writestr("case.json", json.dumps(about, indent=1))
        archive.writestr("statement.json", json.dumps(said, indent=1, ensure_ascii=False))
        archive.writestr("key-list.json", json.dumps(listed, indent=1, ensure_ascii=False))
        archive.writestr("signers.json", json.dumps(signers_of(case, committee.key_list().signers), indent=1))
        for (name, epoch), sealed in selectors.keys_of(case).items():
            archive.writestr(f"keys/{name}-{epoch}.age", sealed)
        write_contents(archive, case)
    return target.getvalue()
