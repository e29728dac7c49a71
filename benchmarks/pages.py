"""Processor time of what people do most, and its growth: one saved answer, a section, the board, the public register.

Run on demand: `python benchmarks/pages.py`. Works on its own demonstration world in a throw-away folder and prints
milliseconds of processor time (median of 15) and ratios, never a verdict.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(tempfile.mkdtemp(prefix="ketenwijs-bench-"))
os.environ.setdefault("DATA_DIR", str(FOLDER))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketenwijs.config.settings.local")

import django  # noqa: E402 - the settings must be chosen first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from ketenwijs.domain.agreements.workspaces import workspace_for  # noqa: E402
from ketenwijs.domain.assessments.models import Dossier, Round  # noqa: E402
from ketenwijs.domain.questionnaires import selectors, services  # noqa: E402
from ketenwijs.foundation.access.fence import fenced_for, unfenced  # noqa: E402
from ketenwijs.foundation.access.selectors import viewer_of  # noqa: E402
from ketenwijs.foundation.accounts.models import DemoAccount, Person  # noqa: E402


def median_ms(deed: Callable[[], Any], runs: int = 15) -> float:
    """Median processor time of one run in milliseconds, after one warm-up."""
    deed()
    times = []
    for _run in range(runs):
        started = time.process_time()
        deed()
        times.append((time.process_time() - started) * 1000)
    return statistics.median(times)


def signed_in(person: Person) -> Client:
    """A browserless client of somebody."""
    client = Client(headers={"host": "localhost"})
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def main() -> None:
    """Fill, measure, print."""
    call_command("demo", verbosity=0)
    firm = DemoAccount.objects.order_by("position").first().person
    lead = Person.objects.get(email__startswith="lead@")
    viewer = viewer_of(firm)
    with unfenced(reason="benchmark"):
        dossier = (
            Dossier.objects.filter(organisation_id=viewer.acting_for)
            .select_related("organisation", "round__agreement")
            .latest("round__year")
        )
        round_ = Round.objects.filter(pk=dossier.round_id).select_related("agreement").get()
    where = (dossier.organisation.reference, round_.agreement.slug, round_.year)

    def save_one() -> None:
        with fenced_for(viewer):
            workspace = workspace_for(viewer, *where)
            assert workspace is not None
            question = next(
                q for s in selectors.sections_in(workspace) for q in s.questions if q.requirement.answer == "scale"
            )
            version = question.answer.version if question.answer else 0
            value = "2" if version % 2 else "3"
            services.save_answer(
                actor=viewer, workspace=workspace, requirement=question.requirement.code, value=value, version=version
            )

    own, staff, visitor = signed_in(firm), signed_in(lead), Client(headers={"host": "localhost"})
    slug, year = round_.agreement.slug, round_.year
    pages = {
        "a section of questions": (own, f"/desk/answers/{where[0]}/{slug}/{year}/step/2/"),
        "the board of a round": (staff, f"/desk/assessments/rounds/{slug}/{year}/"),
        "the public register": (visitor, f"/register/{slug}/"),
        "an extract": (visitor, f"/register/{slug}/{where[0]}/extract/"),
    }
    print(f"saving one answer, finding it included: {median_ms(save_one):.1f} ms")
    for name, (client, address) in pages.items():
        answer = client.get(address)
        size = len(client.get(address, headers={"accept-encoding": "gzip"}).content)
        spent = median_ms(lambda c=client, a=address: c.get(a))
        print(f"{name}: {spent:.1f} ms, {answer.status_code}, {size / 1024:.1f} kB compressed")


if __name__ == "__main__":
    main()
