"""Run as a process of its own: fills a small committee with a case, or does one deed and dies at a chosen statement.

`python killing.py prepare`, `python killing.py <deed> <statement>`: the process kills itself, with the signal that
cannot be caught, right before its n-th writing statement (0: never). `state` prints what is there and whether it fits.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from datetime import date, timedelta
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "ketenwijs.config.settings.complaints"
django.setup()

from django.core.management import call_command  # noqa: E402 - after the settings are chosen
from django.db import connection  # noqa: E402

from ketenwijs.complaints.cases.models import Case, Declaration, Envelope, SealedFile, Thread, Wrap  # noqa: E402
from ketenwijs.complaints.cases.selectors import newest_threads, wraps_for_member  # noqa: E402
from ketenwijs.complaints.cases.services import erasing, keys, moving, writing  # noqa: E402
from ketenwijs.complaints.cases.services.keys import Granted  # noqa: E402
from ketenwijs.complaints.cases.services.opening import SealedThread  # noqa: E402
from ketenwijs.complaints.cases.tests.conftest import identity_of, sealed_by, tell  # noqa: E402
from ketenwijs.complaints.committee import services as seats  # noqa: E402
from ketenwijs.complaints.committee.models import SignedKeyList  # noqa: E402
from ketenwijs.complaints.committee.tests.factories import full_committee, listed  # noqa: E402
from ketenwijs.complaints.intake import services as intake  # noqa: E402
from ketenwijs.complaints.intake.services import Told  # noqa: E402
from ketenwijs.complaints.register.models import Release  # noqa: E402
from ketenwijs.complaints.register.services import release_register  # noqa: E402
from ketenwijs.complaints.sealing import envelopes, keylists  # noqa: E402
from ketenwijs.complaints.sealing.keylists import KeyList  # noqa: E402
from ketenwijs.foundation.files import storage  # noqa: E402

CAST = Path(os.environ["COMPLAINTS_DATA_DIR"]) / "cast"
RECEIPT_SECRET = bytes(range(32))


def prepare():
    """A committee of three and one case, of which two declared to be free and one waits for a key."""
    call_command("migrate", verbosity=0)
    committee = full_committee("chair", "secretary", "member_firms")
    case = tell("words of the case").case
    for one in committee.members.values():
        keys.declare(actor=one.member, case=case, free=True)
    CAST.write_bytes(pickle.dumps(committee))


def scene():
    committee = pickle.loads(CAST.read_bytes())  # noqa: S301 - our own file of a moment ago
    return committee, Case.objects.get(number=1)


def tell_again():
    """Somebody sends a new case with a voice message; sent again it is the same."""
    file = intake.Arrived("1.ogg", "audio/ogg", b"OggS" + bytes(300))
    intake.send(RECEIPT_SECRET, Told(text="a new case", files=[file]), "nonce")


def grant():
    """The chair gives a member the keys of all threads."""
    committee, case = scene()
    chair, member = committee["chair"], committee["member_firms"]
    given = [
        Granted(
            name,
            epoch,
            member.key.identifier,
            envelopes.seal(identity_of(chair, case, name).encode(), [member.key.recipient]),
        )
        for name, epoch in wraps_for_member(case, chair.member)
    ]
    keys.grant(actor=chair.member, case=case, granted=given)


def renew():
    """The chair begins a new epoch of every thread."""
    committee, case = scene()
    new = {}
    for name in newest_threads(case):
        _identity, recipient = envelopes.new_identity()
        wraps = {key: envelopes.seal(b"k", [one.recipient]) for key, one in keys.current_readers(case).items()}
        new[name] = SealedThread(recipient, wraps, envelopes.seal(b"k", [recipient]))
    keys.renew(actor=committee["chair"].member, case=case, threads=new)


def recuse():
    """The secretary leaves the case: the keys go, and what follows needs a new one."""
    committee, case = scene()
    keys.declare(actor=committee["secretary"].member, case=case, free=False)


def move():
    """The chair moves the case with sealed reasons."""
    committee, case = scene()
    made = sealed_by(committee["chair"], case, "reasons")
    moving.move_case(actor=committee["chair"].member, case=case, move="acknowledge", seen="received", **made)


def add_file():
    """The chair adds a file."""
    committee, case = scene()
    made = sealed_by(committee["chair"], case, "a file", kind="file")
    file = envelopes.seal_file(b"f" * 3000, newest_threads(case)["committee"].recipient)
    writing.add_file(
        case=case, name="committee", identifier="a" * 32, file=file, sequence=made["sequence"], message=made["sealed"]
    )


def take_list():
    """The chair puts up the next signed list."""
    committee, _case = scene()
    found = KeyList(2, committee.root, tuple(listed(one) for one in committee.members.values()))
    signature = keylists.signed(found, committee.root_private)
    seats.take_list(actor=committee["chair"].member, document=keylists.document(found).decode(), signature=signature)


def release():
    """The chair publishes a new copy of the register."""
    committee, _case = scene()
    release_register(actor=committee["chair"].member, about={})


def erase():
    """A case that was closed long ago is erased."""
    add_file()
    day = date.today() - timedelta(days=400)
    Case.objects.update(closed_week=day, last_word_week=day, state="closed", read_to=1)
    erasing.erase_due(date.today())


def state():
    """Counts, and nothing half: every thread has its keys, every file its bytes, the journal verifies."""
    files = list(SealedFile.objects.all())
    found = {
        "cases": Case.objects.count(),
        "envelopes": Envelope.objects.count(),
        "threads": Thread.objects.count(),
        "wraps": Wrap.objects.count(),
        "free": Declaration.objects.filter(free=True).count(),
        "moved": Case.objects.filter(state="acknowledged").count(),
        "renew": Case.objects.filter(renew_keys=True).count(),
        "lists": SignedKeyList.objects.count(),
        "releases": Release.objects.count(),
        "files": len(files),
        "without_keys": Thread.objects.filter(wraps=None).count(),
        "without_words": Case.objects.filter(envelopes=None).count(),
        "without_bytes": sum(not storage.path_of(one.stored_name).is_file() for one in files),
    }
    sys.stdout.writelines(f"{name} {value}\n" for name, value in found.items())
    call_command("verify_journal")


def dying_at(statement):
    """Counts writing statements and dies before the chosen one."""
    seen = 0

    def wrapper(execute, sql, params, many, context):
        nonlocal seen
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP")):
            seen += 1
            if seen == statement:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    return wrapper


def migrate():
    """Bring an empty database up to date."""
    call_command("migrate", verbosity=0)


DEEDS = {one.__name__: one for one in (prepare, state, migrate, tell_again, grant, renew, recuse, move, add_file)}
DEEDS |= {one.__name__: one for one in (take_list, release, erase)}

if __name__ == "__main__":
    with connection.execute_wrapper(dying_at(int(sys.argv[2]) if len(sys.argv) > 2 else 0)):
        DEEDS[sys.argv[1]]()
