"""The round of the year: who was judged against what, published outcomes, and who handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.assessments.models import Dossier, Outcome, Round
from ketenwijs.domain.reports.figures import PERCENT, Words
from ketenwijs.domain.reports.indicators import Context, Counted, Row, indicator, words
from ketenwijs.foundation.content.texts import LANGUAGES

NO_ROUND_YET = _("The round of this year has not been opened yet.")


@dataclass(frozen=True)
class Judged:
    """One firm in the round: kind of assessment, year or level judged against, and its published outcome if any."""

    kind: str
    target: int | None
    handed_in: bool
    value: str = ""
    number: int | None = None


@indicator("assessment.judged")
def judged(context: Context) -> Counted:
    """Firms in the round by kind of assessment and the year or level they are judged against."""
    firms = _firms(context)
    if not firms:
        return Counted(reason=words(NO_ROUND_YET))
    means = _asked(_scheme(context))
    counts = Counter((one.kind, one.target) for one in firms)
    rows = [
        Row(f"{kind}.{target or 0}", _judged_label(kind, target, means), number, part_of="total")
        for (kind, target), number in sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] or 0))
    ]
    return Counted((Row("total", words(_("all companies in the round")), len(firms)), *rows), _base())


@indicator("assessment.outcomes", unit=PERCENT)
def outcomes(context: Context) -> Counted:
    """Published outcomes by value; grades also by the year judged, each with its own base."""
    firms = _firms(context)
    if not firms:
        return Counted(reason=words(NO_ROUND_YET))
    scheme = _scheme(context)
    rows: list[Row] = []
    for outcome in scheme.outcomes:
        rows += _outcome_rows(scheme, outcome.code, outcome.name.by_language, firms)
    waiting = [one for one in firms if not one.value]
    rows.append(Row("none", words(_("no published outcome yet")), len(waiting), denominator=len(firms)))
    return Counted(tuple(rows), _base())


@indicator("assessment.meets_demands", unit=PERCENT)
def meets_demands(context: Context) -> Counted:
    """Firms whose published outcome reaches what was asked of them: over all published ones, and per year or level."""
    firms = _firms(context)
    if not firms:
        return Counted(reason=words(NO_ROUND_YET))
    scheme = _scheme(context)
    done = [one for one in firms if one.value]
    met = [one for one in done if _reaches(scheme, one)]
    means = _asked(scheme)
    rows = [Row("all", words(_("all companies with a published outcome")), len(met), denominator=len(done))]
    for target in sorted({one.target for one in done if one.target is not None}):
        here, of = _with_target(met, target), _with_target(done, target)
        rows.append(Row(f"target.{target}", _numbered(means, target), here, denominator=of))
    return Counted(
        tuple(rows),
        words(_("companies with a published outcome, each judged on what was asked of it that year")),
    )


@indicator("assessment.plans_handed_in", unit=PERCENT)
def handed_in(context: Context) -> Counted:
    """Firms in the round that had handed in on the reference date."""
    firms = _firms(context)
    if not firms:
        return Counted(reason=words(NO_ROUND_YET))
    number = sum(1 for one in firms if one.handed_in)
    return Counted((Row("all", words(_("companies that handed in")), number, denominator=len(firms)),), _base())


def _firms(context: Context) -> list[Judged]:
    """All firms of the round with their running published outcome on the reference date; two queries, read once."""
    if "round" not in context.kept:
        context.kept["round"] = _read_firms(context)
    firms: list[Judged] = context.kept["round"]
    return firms


def _read_firms(context: Context) -> list[Judged]:
    held = Round.objects.filter(agreement=context.agreement, year=context.year.code, held=True)
    day = context.reference_date
    later = Q(superseded_by=None) | Q(superseded_by__published_on=None) | Q(superseded_by__published_on__gt=day)
    running = Outcome.objects.filter(later, dossier__round__in=held, published_on__lte=day).order_by("pk")
    published = {
        dossier: (value, number) for dossier, value, number in running.values_list("dossier", "value", "number")
    }
    rows = Dossier.objects.filter(round__in=held).values_list("pk", "kind", "target_level", "handed_in_at__date")
    return [
        Judged(kind, target, at is not None and at <= day, *published.get(pk, ("", None)))
        for pk, kind, target, at in rows.order_by("pk")
    ]


def _scheme(context: Context) -> OutcomeScheme:
    return context.definition.scheme(context.year.scheme)


def _asked(scheme: OutcomeScheme) -> Words:
    """What the number says that firms are judged on: of levels the one aimed at, which is not yet the one reached."""
    if scheme.kind != "level":
        return scheme.number_means.by_language
    judged_on, name = words(_("judged on")), scheme.name.by_language
    return {language: f"{judged_on[language]} {name[language]}" for language in LANGUAGES}


def _reaches(scheme: OutcomeScheme, firm: Judged) -> bool:
    if scheme.kind != "level":
        return firm.value == scheme.best
    return firm.number is not None and firm.target is not None and firm.number >= firm.target


def _outcome_rows(scheme: OutcomeScheme, code: str, name: Words, firms: list[Judged]) -> list[Row]:
    """The outcome over all firms; for grades then once per year judged, over the firms judged against that year."""
    got = [one for one in firms if one.value == code]
    rows = [Row(code, name, len(got), denominator=len(firms))]
    if scheme.kind != "grade" or any(one.target is None for one in got):
        return rows
    means = scheme.number_means.by_language
    for target in sorted({one.target for one in got if one.target is not None}):
        label = {language: f"{name[language]}, {means[language]}: {target}" for language in LANGUAGES}
        of = _with_target(firms, target)
        rows.append(Row(f"{code}.{target}", label, _with_target(got, target), part_of=code, denominator=of))
    return rows


def _with_target(firms: Iterable[Judged], target: int) -> int:
    return sum(1 for one in firms if one.target == target)


def _judged_label(kind: str, target: int | None, means: Words) -> Words:
    name = words(Dossier.Kind(kind).label)
    if target is None:
        return name
    return {language: f"{name[language]}; {means[language]}: {target}" for language in LANGUAGES}


def _numbered(means: Words, target: int) -> Words:
    return {language: f"{means[language]}: {target}" for language in LANGUAGES}


def _base() -> Words:
    return words(_("all companies in the round of this year"))
