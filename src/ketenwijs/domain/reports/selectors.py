"""Reading releases, and the published shape of one from its frozen figures and texts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import agreement_by_slug, agreements_of, report_year, report_years
from ketenwijs.domain.reports import policies
from ketenwijs.domain.reports.definitions import Block, ReportFile
from ketenwijs.domain.reports.figures import AnnualReport, FrozenFigures, PublicBlock, Words
from ketenwijs.domain.reports.models import Release
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.selectors import content_of, newest
from ketenwijs.foundation.content.texts import LANGUAGES
from ketenwijs.foundation.journal.rules import canonical
from ketenwijs.foundation.publishing.rules import checksum_of

KIND = "reports.annual"


def releases_visible_to(viewer: Viewer) -> QuerySet[Release]:
    """Releases and drafts this viewer may read: latest year first, newest first."""
    rows = Release.objects.select_related("agreement", "template", "made_by", "released_by", "replaces")
    return policies.visible(viewer, rows).order_by("agreement__slug", "-year", "-pk")


def release_for(viewer: Viewer, pk: int) -> Release | None:
    """One release, if visible; foreign and absent look the same."""
    return releases_visible_to(viewer).filter(pk=pk).first()


def agreements_with_reports(viewer: Viewer) -> list[Agreement]:
    """Agreements whose reports the viewer may read."""
    slugs = policies.agreements_open_to(viewer)
    return [one for one in agreements_of(viewer) if viewer.is_system or one.slug in slugs]


def year_to_draft(viewer: Viewer, slug: str, code: str) -> tuple[Agreement, ReportYear] | None:
    """The agreement and report year a draft can be made for, or None where absent or not the viewer's to draft."""
    agreement = agreement_by_slug(slug)
    if agreement is None or not policies.may_draft(viewer, agreement):
        return None
    year = report_year(agreement, code)
    return (agreement, year) if year else None


def years_begun(agreement: Agreement, today: date) -> list[ReportYear]:
    """Report years that have begun, latest first; of these a report can be made."""
    return [year for year in reversed(report_years(agreement)) if year.starts_on <= today]


def template_of(agreement: Agreement) -> Edition | None:
    """The newest edition of the agreement's report, or None when its package has none."""
    return newest("report", f"report:{agreement.slug}")


def frozen_of(release: Release) -> FrozenFigures:
    """The figures a release was made from."""
    return FrozenFigures.model_validate(release.figures)


def paragraphs_of(release: Release) -> dict[str, Words]:
    """Texts written by people: block to language to text."""
    found: dict[str, Words] = release.texts.get("paragraphs", {})
    return found


def content_of_release(release: Release) -> ReportFile:
    """The edition of the template the release was made with."""
    assert release.template is not None
    content = content_of(release.template)
    assert isinstance(content, ReportFile)
    return content


def gaps_of(release: Release) -> list[Block]:
    """Blocks with a gap for a text."""
    return [block for block in content_of_release(release).blocks if block.text is not None]


def texts_token(release: Release) -> str:
    """Names the state of the texts, so that a form can say which state it showed."""
    return checksum_of(
        kind=KIND, key=str(release.pk), sequence=0, effective_on=release.reference_date, payload=release.texts
    )


def figures_checksum(figures: dict[str, Any]) -> str:
    """SHA-256 over frozen figures; the same inputs give the same checksum for ever."""
    return checksum_of(
        kind=KIND, key=f"{figures['agreement']}/{figures['period']['code']}", sequence=0,
        effective_on=date.fromisoformat(figures["reference_date"]), payload=figures,
    )  # fmt: skip


def is_intact(release: Release) -> bool:
    """Whether the frozen figures are still those the checksum was made over."""
    return release.checksum == figures_checksum(release.figures)


def report_of(release: Release, released_on: date | None = None) -> AnnualReport:
    """The whole report from frozen figures, texts and edition alone; the same inputs give the same report."""
    frozen, paragraphs = frozen_of(release), paragraphs_of(release)
    blocks = []
    for block in content_of_release(release).blocks:
        tables = tuple(frozen.tables[use.code] for use in block.indicators if use.code in frozen.tables)
        written = {language: paragraphs.get(block.code, {}).get(language, "") for language in LANGUAGES}
        if block.optional and not tables and not any(written.values()):
            continue
        blocks.append(PublicBlock(code=block.code, heading=block.heading.by_language, text=written, tables=tables))
    return AnnualReport(
        agreement=frozen.agreement, agreement_name=frozen.agreement_name, title=frozen.title, period=frozen.period,
        reference_date=frozen.reference_date, minimum_contributors=frozen.minimum_contributors, blocks=tuple(blocks),
        checksum=release.checksum, template=frozen.template, template_version=frozen.template_version,
        released_on=released_on or (localdate(release.released_at) if release.released_at else None),
        replaces_checksum=release.replaces.checksum if release.replaces else "", is_example=frozen.is_example,
    )  # fmt: skip


def untranslated(release: Release) -> list[tuple[Block, list[str]]]:
    """Blocks whose text lacks a language that the template asks for, with those languages."""
    paragraphs, asked = paragraphs_of(release), content_of_release(release).languages
    found = []
    for block in gaps_of(release):
        written = paragraphs.get(block.code, {})
        missing: list[str] = [language for language in asked if not written.get(language)]
        if any(written.values()) and missing:
            found.append((block, missing))
    return found


def serialised(report: AnnualReport) -> bytes:
    """Canonical bytes of a report, for comparing two."""
    return canonical(report.model_dump(mode="json"))
