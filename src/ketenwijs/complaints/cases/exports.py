"""One case as a bundle of plain age files: opens with the ordinary `age` program and the member's own key."""

from __future__ import annotations

import io
import json
import zipfile

from ketenwijs.complaints.cases.models import Case, Envelope, SealedFile
from ketenwijs.complaints.cases.selectors import envelopes_of, signers_of, wraps_for_member
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.foundation.files import storage

READ_ME = """This bundle is sealed. With the ordinary age program (age-encryption.org):

1. age -d -o me.txt my-key.age                                  (asks the passphrase of your key)
2. age -d -i me.txt -o thread.txt keys/intake-1.age             (the key of one thread and epoch)
3. age -d -i thread.txt messages/intake/0001-1.age              (a message: the second number is the epoch)
4. age -d -i thread.txt -o file files/<identifier>.age          (a file; its message tells name and true size)

signers.json names who may have signed; every message is one line of JSON and one line of signature.
"""


def bundle(case: Case, member: Member) -> bytes:
    """A zip of everything sealed of a case that this member has a key of, with how to open it."""
    target, own = io.BytesIO(), committee.own_key(member)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("read-me.txt", READ_ME)
        archive.writestr("signers.json", json.dumps(signers_of(case, committee.key_list().signers), indent=1))
        if own is not None:
            archive.writestr("my-key.age", bytes(own.by_passphrase))
            archive.writestr("my-key-by-paper.age", bytes(own.by_paper))
        for (name, epoch), (_key, wrap) in wraps_for_member(case, member).items():
            archive.writestr(f"keys/{name}-{epoch}.age", wrap)
        write_contents(archive, case)
    return target.getvalue()


def write_contents(archive: zipfile.ZipFile, case: Case) -> None:
    """Add every sealed message and file of a case to an archive."""
    for name in dict.fromkeys(Envelope.objects.filter(case=case).values_list("name", flat=True)):
        for one in envelopes_of(case, name):
            archive.writestr(f"messages/{name}/{one.sequence:04}-{one.epoch}.age", one.sealed)
    for kept in SealedFile.objects.filter(case=case):
        archive.writestr(f"files/{kept.identifier}.age", _stored(kept))


def _stored(kept: SealedFile) -> bytes:
    """The bytes on disk; empty when they are gone, so that the rest can still be taken along."""
    try:
        return storage.path_of(kept.stored_name).read_bytes()
    except OSError:
        return b""
