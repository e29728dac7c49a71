"""Processor time of saving one answer, with 50 and with 1,000 firms' answers stored, and of a step of 40 questions.

Run on demand: `python benchmarks/answers.py [firms]`. Works through the pages, on SQLite in a throw-away folder, and
prints milliseconds of processor time (median) and ratios, never a verdict.
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

FOLDER = Path(tempfile.mkdtemp(prefix="ketenwijs-bench-"))
os.environ["DATA_DIR"] = str(FOLDER)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketenwijs.config.settings.local")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import django  # noqa: E402 - the settings must be chosen first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from ketenwijs.domain.agreements.models import Agreement, GroupPeriod, Membership  # noqa: E402
from ketenwijs.domain.chains.models import Chain, Supplier  # noqa: E402
from ketenwijs.domain.participants.models import Organisation  # noqa: E402
from ketenwijs.domain.questionnaires.models import Answer, AnswerSheet  # noqa: E402
from ketenwijs.domain.questionnaires.tests import factories  # noqa: E402
from ketenwijs.foundation.access.fence import unfenced  # noqa: E402
from ketenwijs.foundation.content.models import Edition  # noqa: E402

QUESTIONS, YEAR, EARLIER = 40, factories.YEAR, factories.EARLIER


def framework() -> dict[str, Any]:
    """Forty questions on the scale in one step, with the texts that real ones have."""
    one = factories.requirements()[0]
    text = dict.fromkeys(("nl", "fr", "en"), "A sentence about as long as a real question or the evidence that fits it")
    many = [{**one, "code": f"req-{n}", "title": text, "evidence": text} for n in range(QUESTIONS)]
    return factories.framework("second", many)


def fill(agreement: Agreement, edition: Edition, first: int, last: int) -> None:
    """Firms with this and last year's answers, written in bulk."""
    firms = Organisation.objects.bulk_create(
        Organisation(reference=f"bench{n:04d}", name=f"Voorbeeld {n}", kind="company", subkind="importer", country="NL")
        for n in range(first, last)
    )
    members = Membership.objects.bulk_create(
        Membership(agreement=agreement, organisation=firm, kind="participant", joined_on=date(2019, 10, 1))
        for firm in firms
    )
    GroupPeriod.objects.bulk_create(GroupPeriod(membership=m, group="C", since=date(2019, 10, 1)) for m in members)
    sheets = AnswerSheet.objects.bulk_create(
        AnswerSheet(organisation=firm, agreement=agreement, year=year, edition=edition)
        for firm in firms
        for year in (EARLIER, YEAR)
    )
    Answer.objects.bulk_create(
        (
            Answer(sheet=sheet, requirement=f"req-{n}", value=2, explanation="Written down in our handbook, chapter 3.")
            for sheet in sheets
            for n in range(QUESTIONS)
        ),
        batch_size=500,
    )
    suppliers = Supplier.objects.bulk_create(Supplier(organisation=firm, name=f"S {firm.pk}") for firm in firms)
    Chain.objects.bulk_create(
        Chain(organisation=one.organisation, year=YEAR, supplier=one, material="granite")
        for one in suppliers
        for _n in range(15)
    )


def milliseconds(deed: Callable[[int], Any], runs: int) -> float:
    """Median processor time of one run, after a few to warm up."""
    for number in range(5):
        deed(number)
    spent = []
    for number in range(5, 5 + runs):
        started = time.process_time()
        deed(number)
        spent.append((time.process_time() - started) * 1000)
    return statistics.median(spent)


class Firm:
    """One person of one firm, in a browserless client."""

    def __init__(self, name: str) -> None:
        with unfenced(reason="benchmark"):
            organisation = Organisation.objects.get(reference=name)
            person = factories.worker(organisation, "company_user", name=f"user.{name}").person
            if person is None:
                raise RuntimeError("a worker is a person")
            Answer.objects.filter(sheet__organisation=organisation).update(answered_by=person)
        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        self.page = reverse("questionnaires:section", args=[name, factories.SLUG, YEAR, "1"])
        setup_test_environment()  # keeps what the template was given; off again before anything is measured
        self.fields = factories.fields_of(self.look(0))
        teardown_test_environment()
        self.saved = 0

    def look(self, _number: int) -> Any:
        """Open the step."""
        answer = self.client.get(self.page)
        if answer.status_code != 200:
            raise RuntimeError(f"{self.page} answered {answer.status_code}")
        return answer

    def save(self, number: int) -> None:
        """Send the page as a browser does: all forty questions, one of them changed."""
        code = f"req-{self.saved % QUESTIONS}"
        self.saved += 1
        sent = {**self.fields, f"{code}-value": "3", "do": f"save:{code}"}
        self.send(sent, number)
        self.fields.pop(f"{code}-seen")

    def save_alone(self, number: int) -> None:
        """Send one answer by itself."""
        code = f"req-{self.saved % QUESTIONS}"
        self.saved += 1
        sent = {name: value for name, value in self.fields.items() if name.startswith(f"{code}-")}
        self.send({**sent, f"{code}-value": "3", "do": "save"}, number)

    def send(self, fields: dict[str, str], number: int) -> None:
        """Post as a browser posts a form without files."""
        kind = "application/x-www-form-urlencoded"
        if self.client.post(self.page, urlencode(fields), content_type=kind).status_code != 302:
            raise RuntimeError(f"answer {number} was not saved")


def main() -> None:
    """Fill, measure, fill more, measure again, print."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    agreement = factories.agreement_with(second=framework())
    edition = Edition.objects.get(identifier=f"framework:{factories.SLUG}:second")
    saved, alone, shown, size = {}, {}, {}, 0
    begun = 0
    for firms in (50, most):
        with unfenced(reason="benchmark"):
            fill(agreement, edition, begun, firms)
        one, other = Firm(f"bench{begun:04d}"), Firm(f"bench{begun + 1:04d}")
        shown[firms] = milliseconds(one.look, 40)
        saved[firms] = milliseconds(one.save, 30)
        alone[firms] = milliseconds(other.save_alone, 30)
        size = len(one.client.get(one.page, headers={"accept-encoding": "gzip"}).content)
        begun = firms
    for name, spent, aim in (
        ("saving one answer of a page of 40", saved, "12 ms"),
        ("saving one answer sent alone", alone, "12 ms"),
        ("a step of 40 questions", shown, "25 ms"),
    ):
        ratio = spent[most] / spent[50]
        print(
            f"{name}: {spent[50]:.1f} ms with 50 firms, {spent[most]:.1f} ms with {most}, ratio {ratio:.2f} (aim {aim}, ratio 1.2)"
        )
    print(f"a step of 40 questions: {size / 1024:.1f} kB compressed (aim 60)")


if __name__ == "__main__":
    main()
