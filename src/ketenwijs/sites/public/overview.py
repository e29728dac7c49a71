"""All agreements side by side, and the sectors without one: what each row of the overview says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ketenwijs.sites.public import series
from ketenwijs.sites.public.copies import NO_FIGURES, Agreement, Copy, by_sector
from ketenwijs.sites.public.rules import NO_END_FOUND, STAGES, Stands, moment_as_of, present_term, signed_on, stands

ORDER = ("running", "extended", "signed", NO_END_FOUND, "ended", "successor")
"""Stages of agreements as the overview lists them."""
REPORTS = ("annual_report", "final_report", "evaluation", "measurement", "other")


@dataclass(frozen=True)
class Row:
    """One agreement of the overview."""

    agreement: Agreement
    stands: Stands
    sectors: tuple[str, ...]
    parties: tuple[tuple[Copy, int], ...]
    participants: series.Series | None
    shares: tuple[series.Series, ...]
    report: Copy | None
    released: str
    has_register: bool
    disputed: frozenset[str]

    @property
    def slug(self) -> str:
        """The agreement's key."""
        return self.agreement.slug

    @property
    def payload(self) -> Copy:
        """The public copy."""
        return self.agreement.payload

    @property
    def signed(self) -> str:
        """The first day of signing, or empty."""
        return signed_on(self.payload)


@dataclass(frozen=True)
class SectorRow:
    """One sector or branch without an agreement here; `above` is the sector it is a branch of."""

    sector: Copy
    above: Copy | None
    moment: Copy | None
    sectors: tuple[str, ...]

    @property
    def stage(self) -> str:
        """The last stage told; empty before the first."""
        return str(self.moment["stage"]) if self.moment else ""


@dataclass(frozen=True)
class Asked:
    """What a reader filters by; empty means everything."""

    sector: str = ""
    theme: str = ""
    state: str = ""

    def __bool__(self) -> bool:
        return bool(self.sector or self.theme or self.state)


@dataclass(frozen=True)
class Overview:
    """Everything the page shows."""

    rows: tuple[Row, ...]
    sectors: tuple[SectorRow, ...]


def overview(
    agreements: list[Agreement],
    figures: dict[str, Copy],
    pipeline: Copy,
    released: dict[str, list[str]],
    with_register: set[str],
    today: str,
) -> Overview:
    """All rows as of a day: agreements by state and name, sectors without one in the order of the pipeline."""
    above = {one["code"]: one["part_of"] or one["code"] for one in pipeline["sectors"]}
    rows = [
        _row(
            one, figures.get(one.slug, NO_FIGURES), above, released.get(one.slug, []), one.slug in with_register, today
        )
        for one in agreements
    ]
    return Overview(
        tuple(sorted(rows, key=lambda row: (_place(row.stands.stage), row.signed or "9999", row.slug))),
        tuple(sectors_without_agreement(pipeline, by_sector(agreements, pipeline), today)),
    )


def _row(
    agreement: Agreement, figures: Copy, above: dict[str, str], released: list[str], has_register: bool, today: str
) -> Row:
    payload = agreement.payload
    codes = payload["sector_codes"] or [agreement.slug]
    return Row(
        agreement=agreement,
        stands=stands(payload, today),
        sectors=tuple(dict.fromkeys(above.get(code, code) for code in codes)),
        parties=parties_by_section(payload, (present_term(payload, today) or {}).get("code", "")),
        participants=series.participants(figures, payload["years"]),
        shares=tuple(series.market_shares(figures, payload["years"])),
        report=latest_report(payload),
        released=released[0] if released else "",
        has_register=has_register,
        disputed=frozenset(code for one in figures["conflicts"] for code in one["figures"]),
    )


def parties_by_section(payload: Copy, term: str) -> tuple[tuple[Copy, int], ...]:
    """How many parties the copy names per section in a term; an entry may stand for several."""
    counted = [
        (section, sum(_number(one) for one in payload["parties"] if _is_in(one, section["code"], term)))
        for section in payload["sections"]
    ]
    return tuple((section, number) for section, number in counted if number)


def _number(party: Copy) -> int:
    return int(party.get("number") or 1)


def _is_in(party: Copy, section: str, term: str) -> bool:
    return party["section"] == section and term in party["terms"]


def latest_report(payload: Copy) -> Copy | None:
    """The newest report among the documents; the text of the agreement itself is none."""
    reports: list[Copy] = [one for one in payload["documents"] if one["kind"] in REPORTS]
    return max(reports, key=document_day, default=None)


def document_day(document: Copy) -> str:
    """The day a document came out, else the end of what it is about, for sorting; empty when neither is known."""
    if document["published_on"]:
        return str(document["published_on"])
    about = document["about"]
    return f"{about[-4:]}-12-31" if about[-4:].isdecimal() else str(about)


def sectors_without_agreement(pipeline: Copy, held: dict[str, list[Agreement]], today: str) -> list[SectorRow]:
    """Sectors and branches that no agreement here belongs to; a sector whose branches are told apart is left to them."""
    by_code = {one["code"]: one for one in pipeline["sectors"]}
    with_branches = {one["part_of"] for one in pipeline["sectors"] if one["part_of"]}
    return [
        SectorRow(
            sector=one,
            above=by_code.get(one["part_of"]),
            moment=moment_as_of(one["moments"], today),
            sectors=(one["part_of"] or one["code"],),
        )
        for one in pipeline["sectors"]
        if not held[one["code"]] and not (one["code"] in with_branches and _only_named(one))
    ]


def _only_named(sector: Copy) -> bool:
    """Whether the sources tell no more about a sector than that the analysis names it."""
    return all(moment["stage"] == "identified" for moment in sector["moments"])


def _place(stage: str) -> int:
    return ORDER.index(stage) if stage in ORDER else len(ORDER)


def chosen(found: Overview, asked: Asked) -> Overview:
    """What fits the filter; sectors without an agreement have no themes."""

    def fits(row: Row | SectorRow, stage: str) -> bool:
        return (not asked.sector or asked.sector in row.sectors) and (not asked.state or asked.state == stage)

    return Overview(
        tuple(
            row
            for row in found.rows
            if fits(row, row.stands.stage) and (not asked.theme or asked.theme in row.payload["themes"])
        ),
        tuple(row for row in found.sectors if fits(row, row.stage) and not asked.theme),
    )


def choices(found: Overview, pipeline: Copy, themes: list[tuple[str, str]], words: Callable[[Any], str]) -> Copy:
    """What can be filtered by: sectors, themes and states that occur, each as code and words (states only codes)."""
    names = {one["code"]: words(one["name"]) for one in pipeline["sectors"]}
    for row in found.rows:
        for code in row.sectors:
            names.setdefault(code, words(row.payload["sector"]))
    sectors = {code for row in found.rows for code in row.sectors}
    sectors |= {code for one in found.sectors for code in one.sectors}
    used = {code for row in found.rows for code in row.payload["themes"]}
    states = {row.stands.stage for row in found.rows} | {row.stage for row in found.sectors} - {""}
    order = [*STAGES, NO_END_FOUND]
    return {
        "sectors": sorted(((code, names.get(code, code)) for code in sectors), key=lambda one: one[1].casefold()),
        "themes": [(code, name) for code, name in themes if code in used],
        "states": [code for code in order if code in states],
    }
