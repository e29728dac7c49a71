"""Checking register rows without touching the database: what each row means, and every fault with row and
column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from ketenwijs.domain.agreements.register.columns import folded
from ketenwijs.domain.agreements.register.reading import SheetRow
from ketenwijs.domain.participants.rules import SCHEMES, cleaned_identifiers

Sentence = str | Promise
Words = Mapping[str, Iterable[str]]

MEMBER, AUTHORITY, PARTY, SUPPORTER = "participant", "authority", "party", "supporter"
KIND_WORDS: Words = {
    MEMBER: (
        "participant",
        "deelnemer",
        "aangesloten bedrijf",
        "bedrijf",
        "member company",
        "entreprise affiliée",
        "company",
    ),
    AUTHORITY: (
        "authority",
        "aanbestedende dienst",
        "contracting authority",
        "pouvoir adjudicateur",
        "overheid",
    ),
    PARTY: ("party", "partij", "partie"),
    SUPPORTER: ("supporter", "steunbetuiger", "supporting organisation", "organisation de soutien"),
}


@dataclass(frozen=True)
class Vocabulary:
    """The codes a sheet may use, each with the words that stand for it; built from content and reference
    data.

    `years` holds the report years' codes; `kinds` maps a way of taking part to the kind of organisation.
    """

    countries: Words
    subkinds: Mapping[str, Words]
    groups: Words
    sections: Words
    exit_reasons: Words
    outcomes: Mapping[str, Words]
    years: Words
    today: date


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row; `field` names the column, empty for the row as a whole."""

    row: int
    field: str
    sentence: Sentence


class PastOutcome(BaseModel):
    """One outcome so far."""

    scheme: str
    value: str
    number: int | None
    since: date
    report_year: str


class PastPlan(BaseModel):
    """One plan so far, as a link."""

    report_year: str
    url: str


class RegisterRow(BaseModel):
    """One membership with everything the sheet says about it; `rows` are the rows of the sheet it was read
    from.
    """

    rows: list[int]
    name: str
    kind: str
    subkind: str
    country: str
    place: str
    website: str
    identifiers: dict[str, str]
    joined_on: date
    left_on: date | None
    exit_reason: str
    group: str
    section: str
    outcomes: list[PastOutcome]
    plans: list[PastPlan]


@dataclass
class _Checked:
    """What is found while one row is checked."""

    row: SheetRow
    vocabulary: Vocabulary
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.row.cells.get(name, "").strip()

    def wrong(self, name: str, sentence: Sentence) -> None:
        self.faults.append(Fault(self.row.number, name, sentence))

    def code(self, name: str, words: Words, sentence: Sentence) -> str:
        """The code a cell stands for, or empty with a fault when it is none of the known ones."""
        typed = self.text(name)
        if not typed:
            return ""
        code = code_of(typed, words)
        if code is None:
            self.wrong(name, sentence)
        return code or ""

    def day(self, name: str) -> date | None:
        typed = self.text(name)
        if not typed:
            return None
        day = day_of(typed)
        if day is None:
            self.wrong(name, _("This is no date. Write year-month-day, for example 2021-10-01."))
        elif day > self.vocabulary.today:
            self.wrong(name, _("This day lies in the future."))
            return None
        return day

    def address(self, name: str) -> str:
        typed = self.text(name)
        if typed and not is_web_address(typed):
            self.wrong(name, _("This is no web address. It starts with https:// or http://."))
        return typed


def check_rows(rows: list[SheetRow], vocabulary: Vocabulary) -> tuple[list[RegisterRow], list[Fault]]:
    """Every membership the sheet describes, and all faults at once.

    A further row with the name of an earlier one and no joining date adds an outcome or a plan to that one.
    """
    memberships: list[RegisterRow] = []
    faults: list[Fault] = []
    latest: dict[str, RegisterRow | None] = {}
    for row in rows:
        checked = _Checked(row, vocabulary)
        name = folded(checked.text("name"))
        if name in latest and not checked.text("joined_on"):
            _add_past(checked, latest[name])
        else:
            latest[name] = _membership(checked)
            memberships += [found for found in (latest[name],) if found is not None]
        faults += checked.faults
    return memberships, faults + _repeated(memberships)


def code_of(typed: str, words: Words) -> str | None:
    """The code that a word stands for, whatever its capitals and accents; None when unknown."""
    wanted = folded(typed)
    for code, names in words.items():
        if wanted == folded(code) or any(wanted == folded(name) for name in names):
            return code
    return None


def day_of(typed: str) -> date | None:
    """2021-10-01, 1-10-2021, 01/10/2021 or 1.10.2021; anything else is no date (a year alone says too
    little).
    """
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", typed)
    european = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", typed)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if european:
            return date(int(european[3]), int(european[2]), int(european[1]))
    except ValueError:
        pass
    return None


def is_web_address(typed: str) -> bool:
    """Whether a text is a web address that may be shown as a link."""
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and len(typed) <= 500 and " " not in typed
    )


def _membership(checked: _Checked) -> RegisterRow | None:
    """The membership a row describes, or None when it cannot be one."""
    _needed_cells(checked)
    known = checked.vocabulary
    kind = checked.code(
        "kind", KIND_WORDS, _("This is no way of taking part. Choose member, authority, party or supporter.")
    )
    country = checked.code(
        "country", known.countries, _("This country is not known. Write its name or two-letter code.")
    )
    joined_on, left_on, reason = _period(checked)
    group, section = _place_in_agreement(checked, kind)
    identifiers, wrong_numbers = cleaned_identifiers({scheme: checked.text(scheme) for scheme in SCHEMES})
    for scheme, sentence in wrong_numbers.items():
        checked.wrong(scheme, sentence)
    website = checked.address("website")
    trades = known.subkinds.get(kind, {}) if kind else None
    subkind = _trade(checked, trades)
    outcomes, plans = _past(checked, kind, joined_on)
    if not (kind and country and joined_on and checked.text("name")):
        return None
    return RegisterRow(
        rows=[checked.row.number],
        name=checked.text("name"),
        kind=kind,
        subkind=subkind,
        country=country,
        place=checked.text("place")[:120],
        website=website,
        identifiers=identifiers,
        joined_on=joined_on,
        left_on=left_on,
        exit_reason=reason,
        group=group,
        section=section,
        outcomes=outcomes,
        plans=plans,
    )


def _trade(checked: _Checked, trades: Words | None) -> str:
    """The trade or kind of authority; not looked at while the way of taking part is unclear."""
    if trades is None:
        return ""
    return checked.code("subkind", trades, _("This trade or kind of authority is not known."))


def _needed_cells(checked: _Checked) -> None:
    for name in ("name", "kind", "country", "joined_on"):
        if not checked.text(name):
            checked.wrong(name, _("This cell is needed."))
    if len(checked.text("name")) > 200:
        checked.wrong("name", _("This name is longer than 200 characters."))


def _period(checked: _Checked) -> tuple[date | None, date | None, str]:
    """First day, last day and reason of leaving."""
    joined_on, left_on = checked.day("joined_on"), checked.day("left_on")
    if joined_on and left_on and left_on < joined_on:
        checked.wrong("left_on", _("The last day lies before the first."))
    reasons = checked.vocabulary.exit_reasons
    reason = checked.code("exit_reason", reasons, _("This reason of leaving is not known to the agreement."))
    if left_on and not checked.text("exit_reason"):
        checked.wrong("exit_reason", _("A membership that ended needs its reason."))
    return joined_on, left_on, reason


def _place_in_agreement(checked: _Checked, kind: str) -> tuple[str, str]:
    """Group of a member company, section of a party."""
    group = checked.code("group", checked.vocabulary.groups, _("This group is not known to the agreement."))
    if kind == MEMBER and not checked.text("group"):
        checked.wrong("group", _("A member company needs its group."))
    section = checked.code("section", checked.vocabulary.sections, _("This section is not known to the agreement."))
    return (group if kind == MEMBER else ""), (section if kind == PARTY else "")


def _add_past(checked: _Checked, membership: RegisterRow | None) -> None:
    """A further row: its outcome and plan belong to a membership above it, which may itself be at fault."""
    outcomes, plans = _past(
        checked, membership.kind if membership else "", membership.joined_on if membership else None
    )
    if membership is not None:
        membership.rows.append(checked.row.number)
        membership.outcomes += outcomes
        membership.plans += plans


def _past(checked: _Checked, kind: str, joined_on: date | None) -> tuple[list[PastOutcome], list[PastPlan]]:
    """The outcome and the plan that a row carries, if any."""
    outcome = _outcome(checked, kind, joined_on)
    years = checked.vocabulary.years
    year = checked.code("plan_year", years, _("This report year is not known to the agreement."))
    url = checked.address("plan_url")
    if url and not checked.text("plan_year"):
        checked.wrong("plan_year", _("A plan needs its report year."))
    plans = [PastPlan(report_year=year, url=url)] if url and year else []
    return ([outcome] if outcome else []), plans


def _outcome(checked: _Checked, kind: str, joined_on: date | None) -> PastOutcome | None:
    if not checked.text("value"):
        return None
    outcomes = checked.vocabulary.outcomes
    scheme, value = _scheme_and_value(checked, outcomes)
    years = checked.vocabulary.years
    year = checked.code("report_year", years, _("This report year is not known to the agreement."))
    if not checked.text("since"):
        checked.wrong("since", _("An outcome needs the day since which it counts."))
    since = checked.day("since")
    number = _number(checked)
    if kind and kind != MEMBER:
        checked.wrong("value", _("Only member companies have outcomes."))
    if since and joined_on and since < joined_on:
        checked.wrong("since", _("The outcome is older than the membership."))
    if not (scheme and value and since):
        return None
    return PastOutcome(scheme=scheme, value=value, number=number, since=since, report_year=year)


def _scheme_and_value(checked: _Checked, outcomes: Mapping[str, Words]) -> tuple[str, str]:
    """Which outcome a row names; the kind of outcome may be left out where the word occurs in one kind
    only.
    """
    typed = checked.text("scheme")
    scheme = code_of(typed, {code: () for code in outcomes}) if typed else None
    if typed and scheme is None:
        checked.wrong("scheme", _("This kind of outcome is not known to the agreement."))
        return "", ""
    found = [
        (code, value)
        for code, words in outcomes.items()
        if scheme in (None, code) and (value := code_of(checked.text("value"), words))
    ]
    if len(found) == 1:
        return found[0]
    checked.wrong("value", _("This outcome is not known to the agreement, or needs the kind of outcome beside it."))
    return "", ""


def _number(checked: _Checked) -> int | None:
    typed = checked.text("number")
    if not typed:
        return None
    if not re.fullmatch(r"\d{1,2}", typed):
        checked.wrong("number", _("Write the year or level as a number."))
        return None
    return int(typed)


def _repeated(memberships: list[RegisterRow]) -> list[Fault]:
    """Rows that describe the same membership twice, or give one number to two names."""
    faults: list[Fault] = []
    seen: dict[tuple[str, str, date], int] = {}
    owners: dict[tuple[str, str], RegisterRow] = {}
    for one in memberships:
        key = (folded(one.name), one.kind, one.joined_on)
        if key in seen:
            sentence = _("The same membership stands in row %(row)s already.") % {"row": seen[key]}
            faults.append(Fault(one.rows[0], "name", sentence))
        seen.setdefault(key, one.rows[0])
        for scheme, value in one.identifiers.items():
            owner = owners.setdefault((scheme, value), one)
            if folded(owner.name) != folded(one.name):
                sentence = _("This number stands in row %(row)s under another name.") % {"row": owner.rows[0]}
                faults.append(Fault(one.rows[0], scheme, sentence))
    return faults
