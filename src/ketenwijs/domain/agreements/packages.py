"""The one place that reads an agreement's content package: its newest edition, as names, report years and
duty terms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ketenwijs.domain.agreements.definitions import (
    AgreementFile,
    ObservationsFile,
    OutcomeScheme,
    Party,
    PipelineFile,
    Term,
)
from ketenwijs.domain.agreements.frameworks import FrameworkFile
from ketenwijs.domain.agreements.rules import (
    BY_LEVEL,
    BY_YEAR,
    Alternation,
    DutyTerms,
    GroupDuty,
    ReportYear,
    report_year_on,
)
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.selectors import all_newest, content_of, newest
from ketenwijs.foundation.content.texts import Texts

AGREEMENT, FRAMEWORK, OBSERVATIONS, PIPELINE = "agreement", "framework", "observations", "pipeline"
Names = dict[str, Texts]


@dataclass(frozen=True)
class Framework:
    """An assessment framework with the edition it was read from, which rounds freeze."""

    edition: Edition
    file: FrameworkFile


def all_definitions() -> list[AgreementFile]:
    """The newest edition of every agreement, by slug."""
    return [content_of(edition) for edition in all_newest(AGREEMENT)]


def definition_or_none(slug: str) -> AgreementFile | None:
    """What the newest edition of an agreement says, or None when it was never applied; cached per process."""
    edition = newest(AGREEMENT, f"agreement:{slug}")
    return content_of(edition) if edition else None


def definition_of(slug: str) -> AgreementFile:
    """As `definition_or_none`; LookupError when the content of a stored agreement is missing (a fault of
    operation).
    """
    found = definition_or_none(slug)
    if found is None:
        raise LookupError(f"no content was applied for agreement {slug}")
    return found


def framework(definition: AgreementFile, term_code: str) -> Framework:
    """The newest edition of the framework a term is judged by; LookupError when it was never applied."""
    name = definition.term(term_code).framework
    identifier = name if name.startswith("framework:") else f"framework:{definition.slug}:{name}"
    edition = newest(FRAMEWORK, identifier)
    if edition is None:
        raise LookupError(f"no content was applied for {identifier}")
    return Framework(edition, content_of(edition))


def observations(slug: str) -> ObservationsFile | None:
    """The dated figures of an agreement, or None when its package has none."""
    edition = newest(OBSERVATIONS, f"observations:{slug}")
    return content_of(edition) if edition else None


def pipeline() -> PipelineFile | None:
    """The sectors of the policy with their stages, or None when that file was never applied."""
    applied = all_newest(PIPELINE)
    return content_of(applied[-1]) if applied else None


_years: dict[str, tuple[AgreementFile, list[ReportYear]]] = {}


def report_years(definition: AgreementFile) -> list[ReportYear]:
    """All report years in order of time, those without a round included; worked out once per edition."""
    known = _years.get(definition.slug)
    if known is None or known[0] is not definition:
        ordered = sorted(definition.years, key=lambda year: year.starts_on)
        known = (definition, [_report_year(definition, code.code) for code in ordered])
        _years[definition.slug] = known
    return known[1]


def _report_year(definition: AgreementFile, code: str) -> ReportYear:
    year = next(one for one in definition.years if one.code == code)
    return ReportYear(
        code=year.code,
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        term_code=year.term,
        held=year.held,
        reason=year.reason.by_language if year.reason else {},
        opens_on=year.opens_on,
        due_on=year.due_on,
        reply_days=year.reply_days,
        scheme=definition.term(year.term).scheme,
        example=year.example,
    )


def year_by_code(definition: AgreementFile, code: str) -> ReportYear | None:
    """One report year by code."""
    return next((year for year in report_years(definition) if year.code == code), None)


def working_year(definition: AgreementFile, today: date) -> ReportYear | None:
    """The report year to work on: the one whose round is open, else the one the day falls in, else the last
    begun.

    A year's report may be written after the year has ended, so an open round goes before the calendar until
    it is due.
    """
    years = report_years(definition)
    present = report_year_on(years, today)
    opened = [year for year in years if year.held and year.opens_on and year.opens_on <= today]
    if opened and (present is None or opened[-1].starts_on >= present.starts_on or not _is_over(opened[-1], today)):
        return opened[-1]
    begun = [year for year in years if year.starts_on <= today]
    return present or (begun[-1] if begun else None)


def _is_over(year: ReportYear, today: date) -> bool:
    """Whether the time to hand in has passed."""
    return year.due_on is not None and year.due_on < today


def duty_terms(definition: AgreementFile, term_code: str) -> DutyTerms:
    """What a term says about duties, for the rules; a term that no round is run for here counts by year."""
    term = definition.term(term_code)
    scheme = definition.scheme(term.scheme) if term.scheme else None
    by_level = scheme is not None and scheme.kind == "level"
    rule = term.alternation
    return DutyTerms(
        groups={group.code: GroupDuty(group.code, group.report) for group in definition.groups},
        judged_by=BY_LEVEL if by_level else BY_YEAR,
        alternation=Alternation(rule.from_level, str(rule.next_is.value)) if rule else None,
        first_report_after=int(term.first_report_after.value),
        highest=(scheme.highest if scheme and by_level else 0) or term.highest_year,
    )


def start_scheme(definition: AgreementFile, scheme: str) -> str:
    """The earlier scheme whose number gives the start value in this one (year n becomes level n); empty if
    none.
    """
    return next((one.from_scheme for one in definition.start_values if one.to_scheme == scheme), "")


def first_day_of(definition: AgreementFile, scheme: str) -> date:
    """The first day of the first term that uses an outcome scheme."""
    return min(term.starts_on for term in definition.terms if term.scheme == scheme)


def scheme_or_none(definition: AgreementFile, code: str) -> OutcomeScheme | None:
    """One outcome scheme by code."""
    return next((one for one in definition.schemes if one.code == code), None)


def value_of_number(definition: AgreementFile, scheme: str, number: int) -> str:
    """The code of the level with a number; empty when the scheme has none."""
    found = scheme_or_none(definition, scheme)
    return next((one.code for one in found.outcomes if one.number == number), "") if found else ""


def number_of_value(definition: AgreementFile, scheme: str, value: str) -> int | None:
    """The number that belongs to an outcome by itself (a level), or None (a colour)."""
    found = scheme_or_none(definition, scheme)
    return next((one.number for one in found.outcomes if one.code == value), None) if found else None


def group_names(definition: AgreementFile) -> Names:
    """Participant groups by code."""
    return {one.code: one.name for one in definition.groups}


def section_names(definition: AgreementFile) -> Names:
    """Sections of parties by code."""
    return {one.code: one.name for one in definition.sections}


def exit_reasons(definition: AgreementFile) -> Names:
    """Reasons of leaving by code."""
    return {one.code: one.name for one in definition.exit_reasons}


def outcome_schemes(definition: AgreementFile) -> Names:
    """Outcome schemes by code."""
    return {one.code: one.name for one in definition.schemes}


def outcome_names(definition: AgreementFile, scheme: str) -> Names:
    """Outcomes of a scheme by code; empty for an unknown scheme."""
    found = scheme_or_none(definition, scheme)
    return {one.code: one.name for one in found.outcomes} if found else {}


def outcome_tone(definition: AgreementFile, scheme: str, value: str) -> str:
    """How the badge of an outcome looks."""
    found = scheme_or_none(definition, scheme)
    return next((one.tone for one in found.outcomes if one.code == value), "neutral") if found else "neutral"


def appeal_days(definition: AgreementFile) -> int:
    """Days during which a firm that left can still read its own work."""
    return int(definition.appeal_days.value)


def present_term(definition: AgreementFile, today: date) -> Term:
    """The term a day falls in, else the last one that began, else the first."""
    begun = [term for term in sorted(definition.terms, key=lambda one: one.starts_on) if term.starts_on <= today]
    return begun[-1] if begun else definition.terms[0]


def parties_in(definition: AgreementFile, term_code: str) -> list[tuple[str, list[str]]]:
    """Parties of a term by section, in the order of the content; sections without one are left out."""
    by_section = [
        (
            str(section.name),
            [one.name for one in definition.parties if _is_party(one, section.code, term_code)],
        )
        for section in definition.sections
    ]
    return [(section, names) for section, names in by_section if names]


def _is_party(party: Party, section: str, term_code: str) -> bool:
    return party.section == section and term_code in party.terms


def local(names: Mapping[str, Texts], code: str) -> str:
    """The name of a code in the active language; empty when there is none."""
    return str(names[code]) if code in names else ""
