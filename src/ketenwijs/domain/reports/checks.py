"""Checks of `report.yaml`: known agreement and indicators, no code twice, a title with known gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter

from ketenwijs.domain.agreements.definitions import AgreementFile, ObservationsFile
from ketenwijs.domain.reports import queries
from ketenwijs.domain.reports.definitions import ReportFile
from ketenwijs.domain.reports.indicators import indicator_codes
from ketenwijs.foundation.content.checking import duplicates
from ketenwijs.foundation.content.kinds import Loaded, Problem

__all__ = ["check_report", "queries"]
GAPS = {"number", "period"}


def check_report(loaded: Loaded, every: list[Loaded]) -> Iterable[Problem]:
    """All checks of one report template."""
    content = loaded.content
    assert isinstance(content, ReportFile)
    agreements = {one.content.slug for one in every if isinstance(one.content, AgreementFile)}
    if content.agreement not in agreements:
        yield ("agreement",), "unknown_agreement", f"there is no agreement {content.agreement}"
    for place, code in duplicates([block.code for block in content.blocks]):
        yield ("blocks", place, "code"), "duplicate_code", f"the code {code} stands twice"
    yield from _indicators(content, every)
    for language, text in content.title.by_language.items():
        unknown = {name for _text, name, _spec, _how in Formatter().parse(text) if name is not None} - GAPS
        if unknown:
            yield ("title", language), "unknown_gap", f"the title has only the gaps {sorted(GAPS)}"


def _indicators(content: ReportFile, every: list[Loaded]) -> Iterator[Problem]:
    files = [one.content for one in every if isinstance(one.content, ObservationsFile)]
    dated = {one.code for file in files if file.agreement == content.agreement for one in file.indicators}
    known, seen = dated | set(indicator_codes()), set()
    for place, block in enumerate(content.blocks):
        for number, use in enumerate(block.indicators):
            path = ("blocks", place, "indicators", number, "code")
            if use.code not in known:
                yield path, "unknown_indicator", f"nothing gives the indicator {use.code}"
            if use.code in seen:
                yield path, "duplicate_indicator", f"the indicator {use.code} stands twice in the report"
            seen.add(use.code)
