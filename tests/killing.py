"""Run as a process of its own: prepares a small installation, or does one deed in it and dies at a chosen statement.

`python tests/killing.py prepare`, or `python tests/killing.py <deed> <statement>`: the process kills itself with the
signal that cannot be caught right before its n-th writing statement (0: never). The tests look at what is left.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "ketenwijs.config.settings.local"
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
django.setup()

from django.core.management import call_command  # noqa: E402 - after the settings are chosen
from django.db import connection  # noqa: E402

from ketenwijs.domain.agreements.workspaces import workspace_for  # noqa: E402
from ketenwijs.domain.assessments import services as judging  # noqa: E402
from ketenwijs.domain.assessments.models import Dossier, Outcome  # noqa: E402
from ketenwijs.domain.assessments.tests.factories import DAY, NEXT, POLICY, world  # noqa: E402
from ketenwijs.domain.chains import services as chains  # noqa: E402
from ketenwijs.domain.chains.models import Chain, IntakeBatch  # noqa: E402
from ketenwijs.domain.chains.tests.factories import csv_of, sheet_rows, taken_in  # noqa: E402
from ketenwijs.domain.questionnaires import services as answers  # noqa: E402
from ketenwijs.domain.questionnaires.models import Answer  # noqa: E402
from ketenwijs.foundation.access.fence import fenced_for, unfenced  # noqa: E402
from ketenwijs.foundation.access.selectors import viewer_of  # noqa: E402
from ketenwijs.foundation.accounts.models import Person  # noqa: E402
from ketenwijs.foundation.publishing.models import Publication  # noqa: E402

WRITES = ("INSERT", "UPDATE", "DELETE")


def prepare() -> None:
    """A firm with an outcome that waits for publication, an uploaded sheet, and a report to fill in."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    cast = world()
    cast.open_round()
    cast.until_decided()
    with fenced_for(cast.lead):
        judging.confirm(actor=cast.reader, dossier=cast.dossier())
    with fenced_for(cast.owner):
        taken_in(cast.owner, cast.workspace(NEXT), csv_of(sheet_rows(12)))


def viewer(name: str) -> Any:
    return viewer_of(Person.objects.get(email__startswith=name))


def save() -> None:
    """The firm saves one answer."""
    owner = viewer("owner")
    with fenced_for(owner):
        answers.save_answer(
            actor=owner, workspace=workspace_of(owner), requirement=POLICY, value="2", explanation="kept", version=0
        )


def take_over() -> None:
    """The firm takes its sheet over."""
    owner = viewer("owner")
    with fenced_for(owner):
        batch = IntakeBatch.objects.get()
        chains.confirm_sheet(actor=owner, workspace=workspace_of(owner), batch=batch, version=batch.version)


def publish() -> None:
    """The second reader publishes the outcome."""
    reader = viewer("reader")
    with fenced_for(reader):
        dossier = Dossier.objects.select_related("round__agreement", "round__edition", "organisation", "membership")
        judging.publish(actor=reader, dossier=dossier.get(), on=DAY)


def workspace_of(owner: Any) -> Any:
    with unfenced(reason="test"):
        reference = Dossier.objects.select_related("organisation").get().organisation.reference
    found = workspace_for(owner, reference, "example-slate", NEXT, today=DAY)
    assert found is not None
    return found


def state() -> None:
    """What is there, in one line each; the journal is checked too."""
    with unfenced(reason="test"):
        found = {
            "answers": Answer.objects.filter(explanation="kept").count(),
            "chains": Chain.objects.filter(year=NEXT).count(),
            "outcome": Outcome.objects.filter(published_on__isnull=False).count(),
            "public": Publication.objects.filter(kind="assessments.outcome").count(),
            "dossier": Dossier.objects.get().state,
        }
    sys.stdout.writelines(f"{name} {value}\n" for name, value in found.items())
    call_command("verify_journal")


def dying_at(statement: int) -> Callable[..., Any]:
    """Counts writing statements and dies before the chosen one."""
    seen = 0

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        if sql.lstrip().upper().startswith(WRITES):
            seen += 1
            if seen == statement:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    return wrapper


DEEDS = {
    "save": save,
    "take_over": take_over,
    "publish": publish,
    "prepare": prepare,
    "state": state,
}

if __name__ == "__main__":
    with connection.execute_wrapper(dying_at(int(sys.argv[2]) if len(sys.argv) > 2 else 0)):
        DEEDS[sys.argv[1]]()
