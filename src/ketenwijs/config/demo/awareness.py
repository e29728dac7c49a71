"""Where invented firms announced the complaints route, and an example copy of the complaints register."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import report_year_of
from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.awareness import services
from ketenwijs.domain.awareness.selectors import sites_of
from ketenwijs.domain.awareness.services.announcing import Values
from ketenwijs.domain.awareness.services.mentioning import MentionValues
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.access.viewer import Viewer, system

FIRMS = 15
"""So many firms have announced the route; the others are the gaps that the secretariat sees."""

WAYS = (
    ("poster", "Fabrieksleiding (voorbeeld)", "Werknemerscomité van de fabriek (voorbeeld)"),
    ("talk", "Inkoper bij een bezoek (voorbeeld)", ""),
    ("training", "Vakbond ter plaatse (voorbeeld)", "Vakbond ter plaatse (voorbeeld)"),
)
SPOKEN = {
    "IN": ("hi", "kn"),
    "CN": ("zh-hans",),
    "VN": ("vi",),
    "BR": ("pt",),
    "PT": ("pt",),
    "TR": ("tr",),
    "IT": ("it",),
}
AGO = (40, 400)
"""Days before today on which the route was announced: in the present report year and in the one before."""


def fill_awareness(
    agreement: Agreement, dossiers: list[Dossier], firms: dict[int, Viewer], *, lead: Viewer, today: date
) -> None:
    """Announcements of some firms in two report years, the numbers published, and an example copy taken in."""
    for ago in AGO:
        day = today - timedelta(days=ago)
        year = report_year_of(agreement, day)
        if year is None:
            continue
        for number, dossier in enumerate(dossiers[:FIRMS]):
            _announce(firms[dossier.organisation_id], dossier, agreement, year, number, day, today)
        with fenced_for(lead):
            services.publish_numbers(actor=lead, agreement=agreement, year=year, today=today)
    example = (Path(settings.CONTENT_DIR) / "demo" / "complaints-released.json").read_bytes()
    services.take_release(actor=system("demo"), agreement=agreement, content=example, today=today)


def _announce(
    firm: Viewer, dossier: Dossier, agreement: Agreement, year: ReportYear, number: int, day: date, today: date
) -> None:
    with fenced_for(firm):
        workspace = workspace_for(firm, dossier.organisation.reference, agreement.slug, year.code, today=today)
        if workspace is None:
            raise RuntimeError(f"no workspace of {dossier.organisation.reference} in {year.code}")
        way, announced_by, confirmed_by = WAYS[number % len(WAYS)]
        confirmed_on = day + timedelta(days=7) if confirmed_by else None
        for site in sites_of(workspace)[: 1 + number % 3]:
            languages = SPOKEN.get(site.country, ("en",))
            values = Values(day, way, languages, announced_by, confirmed_by, confirmed_on)
            services.announce(actor=firm, workspace=workspace, sites=[site.pk], values=values, today=today)
        _mention(firm, workspace, number, today)


def _mention(firm: Viewer, workspace: Workspace, number: int, today: date) -> None:
    named = number % 4 != 3
    website = f"https://{workspace.organisation.reference}.example/klachten" if number % 2 == 0 else ""
    values = MentionValues(
        in_code=named,
        on_website=bool(website),
        in_code_since=workspace.year.starts_on if named else None,
        website_link=website.lower(),
    )
    services.save_mention(actor=firm, workspace=workspace, values=values, version=0, today=today)
