"""Making, writing and releasing an annual report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import counts_examples, definition_of, report_year, report_years
from ketenwijs.domain.reports import policies, queries
from ketenwijs.domain.reports.definitions import ReportFile
from ketenwijs.domain.reports.figures import FigureTable, FrozenFigures, Period, Words
from ketenwijs.domain.reports.indicators import Context
from ketenwijs.domain.reports.models import Release
from ketenwijs.domain.reports.rules import edition_number, filled
from ketenwijs.domain.reports.selectors import (
    KIND,
    figures_checksum,
    gaps_of,
    is_intact,
    report_of,
    template_of,
    texts_token,
    untranslated,
)
from ketenwijs.domain.reports.tables import table_for, unexplained_sums
from ketenwijs.foundation.access.fence import unfenced
from ketenwijs.foundation.access.viewer import Viewer, system
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.selectors import content_of
from ketenwijs.foundation.content.services import mark_used
from ketenwijs.foundation.content.texts import LANGUAGES
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.publishing.services import publish
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

__all__ = ["make_release", "queries", "release", "save_texts"]


@transaction.atomic
def make_release(*, actor: Viewer, agreement: Agreement, year: str, reference_date: date) -> Release:
    """Compute all figures of a report year as known on the reference date and freeze them, with a checksum.

    Texts of the last report of the same year are taken along. Refuses a day before the year or in the future, an
    agreement without a report template, and totals that differ from their parts without an explanation.
    """
    if not policies.may_draft(actor, agreement):
        raise NotAllowed(_("Only the secretariat makes the annual report."))
    template = template_of(agreement)
    if template is None:
        raise DomainError(_("This agreement has no report template yet. Add one to its content package first."))
    context = _context(agreement, year, reference_date)
    frozen = _frozen(context, template)
    _refuse_wrong_sums(context, frozen.tables)
    mark_used(template)
    figures = frozen.model_dump(mode="json")
    before = Release.objects.filter(agreement=agreement, year=year).order_by("-pk").first()
    made = Release.objects.create(
        agreement=agreement, year=year, reference_date=reference_date, template=template, figures=figures,
        texts=before.texts if before else {}, checksum=figures_checksum(figures), made_by=actor.person,
    )  # fmt: skip
    values = {"year": year, "reference_date": reference_date, "checksum": made.checksum}
    record(actor=actor, event="reports.release.made", subject=made, chain=agreement.slug, values=values)
    return made


@transaction.atomic
def save_texts(*, actor: Viewer, release: Release, paragraphs: Mapping[str, Mapping[str, str]], seen: str) -> Release:
    """Store the paragraphs (block to language to text) of a draft. `seen` is the `texts_token` the form started from.

    Refuses a released report, blocks without a gap, and a form that was opened before a colleague saved.
    """
    if not policies.may_draft(actor, release.agreement):
        raise NotAllowed(_("Only the secretariat writes the annual report."))
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if locked.released_at:
        raise DomainError(_("This report is released and cannot be changed. Make a new draft to correct it."))
    if texts_token(locked) != seen:
        raise StaleVersion(_("A colleague saved in the meantime. Compare both texts and save again."))
    gaps = {block.code for block in gaps_of(locked)}
    if not set(paragraphs) <= gaps:
        raise DomainError(_("There is no place for this text in the report. Reload the page."))
    kept = {code: _cleaned(texts) for code, texts in paragraphs.items()}
    writers = set(locked.texts.get("written_by", []))
    if actor.person:
        writers.add(actor.person.pk)
    locked.texts = {
        "paragraphs": {code: texts for code, texts in kept.items() if texts},
        "written_by": sorted(writers),
    }
    locked.save(update_fields=["texts"])
    record(
        actor=actor, event="reports.texts.saved", subject=locked, chain=locked.agreement.slug,
        values={"blocks": sorted(locked.texts["paragraphs"])},
    )  # fmt: skip
    return locked


@transaction.atomic
def release(*, actor: Viewer, release: Release) -> Release:
    """Publish a draft that somebody else made and wrote; it replaces the released report of the same year, if any.

    Refuses the maker and the writers, a report released before, texts that lack a language the template asks for,
    and changed figures.
    """
    if not policies.may_release(actor, release.agreement):
        raise NotAllowed(_("Only the coordinator of the secretariat releases the annual report."))
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if locked.released_at:
        raise StaleVersion(_("This report was released already. Reload the page to see it."))
    if policies.made_it(actor, locked):
        raise NotAllowed(_("You made or wrote this report yourself. Ask a colleague to release it."))
    _refuse_unfinished(locked)
    today = timezone.localdate()
    locked.replaces = (
        Release.objects.filter(agreement=locked.agreement, year=locked.year, released_at__isnull=False)
        .order_by("-released_at", "-pk")
        .first()
    )
    locked.released_by, locked.released_at = actor.person, timezone.now()
    locked.save(update_fields=["released_by", "released_at", "replaces"])
    slug = locked.agreement.slug
    values = {"year": locked.year, "checksum": locked.checksum, "replaces": locked.replaces_id}
    record(actor=actor, event="reports.release.released", subject=locked, chain=slug, values=values)
    publish(
        actor=actor,
        kind=KIND,
        key=f"{slug}/{locked.year}",
        payload=report_of(locked, today),
        effective_on=today,
        chain=slug,
    )
    return locked


def _context(agreement: Agreement, code: str, reference_date: date) -> Context:
    year = report_year(agreement, code)
    if year is None:
        raise DomainError(_("This agreement has no such report year."))
    if reference_date < year.starts_on:
        raise DomainError(
            _("The reference date lies before the report year."),
            fields={"reference_date": _("Choose a day on or after the first day of the year.")},
        )
    if reference_date > timezone.localdate():
        raise DomainError(
            _("The reference date lies in the future."),
            fields={"reference_date": _("Choose today or an earlier day.")},
        )
    return Context(agreement, definition_of(agreement), year, reference_date, system("annual report"))


def _frozen(context: Context, template: Edition) -> FrozenFigures:
    """All tables of the template; counted over all members on purpose, only counts leave the fence."""
    content = content_of(template)
    assert isinstance(content, ReportFile)
    year = context.year
    number = edition_number([one.code for one in report_years(context.agreement)], year.code)
    with unfenced(reason="figures over all members of an agreement"):
        found = {use.code: table_for(context, use) for block in content.blocks for use in block.indicators}
    return FrozenFigures(
        agreement=context.agreement.slug,
        agreement_name=context.definition.name.by_language,
        period=Period(
            code=year.code, number=number, starts_on=year.starts_on, ends_on=year.ends_on, held=year.held,
            reason=dict(year.reason),
        ),
        reference_date=context.reference_date,
        template=content.identifier,
        template_version=template.version,
        template_checksum=template.checksum,
        minimum_contributors=context.definition.publication.minimum_contributors,
        title=filled(content.title.by_language, number=number, period=year.code),
        is_example=counts_examples(context.agreement),
        tables={code: table for code, table in found.items() if table is not None},
    )  # fmt: skip


def _refuse_wrong_sums(context: Context, tables: Mapping[str, FigureTable]) -> None:
    for table in tables.values():
        for wrong in unexplained_sums(context, table):
            raise DomainError(
                _(
                    "In “%(table)s” the parts add up to %(added)s, not to %(total)s. "
                    "Record a conflict with a reading first."
                )
                % {"table": table.name["nl"], "added": int(wrong.added), "total": int(wrong.total)}
            )


def _refuse_unfinished(draft: Release) -> None:
    if not is_intact(draft):
        raise DomainError(_("The frozen figures were changed after they were made. Make a new draft."))
    for block, languages in untranslated(draft):
        raise DomainError(
            _("The text of “%(block)s” is not written in every language asked for; missing: %(languages)s.")
            % {"block": str(block.heading), "languages": ", ".join(languages)}
        )


def _cleaned(texts: Mapping[str, str]) -> Words:
    return {language: texts[language].strip() for language in LANGUAGES if texts.get(language, "").strip()}
