"""Checks of `policy/pipeline.yaml`: sectors once, branches and agreements that exist, moments in order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ketenwijs.domain.agreements.checks.agreement import unknown
from ketenwijs.domain.agreements.definitions import AgreementFile, PipelineFile, Sector
from ketenwijs.foundation.content.checking import duplicates
from ketenwijs.foundation.content.kinds import Loaded, Problem


def check_pipeline(loaded: Loaded, every: list[Loaded]) -> Iterable[Problem]:
    """All checks of the pipeline file."""
    content = loaded.content
    assert isinstance(content, PipelineFile)
    agreements = {f.content.slug for f in every if isinstance(f.content, AgreementFile)}
    for name in ("sectors", "events", "targets", "claims"):
        for place, code in duplicates([one.code for one in getattr(content, name)]):
            yield (name, place, "code"), "duplicate_code", f"the code {code} stands twice"
    sectors = {one.code: one for one in content.sectors}
    for place, sector in enumerate(content.sectors):
        yield from _sector(place, sector, sectors, agreements)


def _sector(place: int, sector: Sector, sectors: dict[str, Sector], agreements: set[str]) -> Iterator[Problem]:
    if sector.part_of:
        yield from unknown(("sectors", place, "part_of"), "sector", sector.part_of, sectors)
    above = sectors.get(sector.part_of)
    if sector.part_of == sector.code or (above is not None and above.part_of):
        yield ("sectors", place, "part_of"), "circle", "a branch belongs to a sector that is no branch itself"
    for number, slug in enumerate(sector.agreements):
        yield from unknown(("sectors", place, "agreements", number), "agreement", slug, agreements)
    for number, moment in enumerate(sector.moments):
        if moment.agreement:
            path = ("sectors", place, "moments", number, "agreement")
            yield from unknown(path, "agreement", moment.agreement, agreements)
        if number and moment.on < sector.moments[number - 1].on:
            yield ("sectors", place, "moments", number, "on"), "order", "moments stand in order of time"
