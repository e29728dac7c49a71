"""Proposes what each column of a table is: by its heading, by its values, and by the columns around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from .grid import Grid
from .headings import Heading, HeadingReader
from .model import Column, column_letter
from .numbers import TONNES_PER_UNIT
from .profile import Profile, profile_of
from .tables import Place
from .values import ValueReader
from .vocabulary import Vocabulary

OWNERS = ("supplier", "factory", "quarry", "site")
AMOUNTS = ("tonnes", "value_eur")
_COUNTRIES = (
    "country",
    "origin_country",
    "supplier_country",
    "factory_country",
    "quarry_country",
    "site_country",
)
_SUFFIX = {
    "place": "_place",
    "region": "_region",
    "code": "_code",
    "kind": "_kind",
    "name": "",
    "country": "_country",
}
_NO_FIELD = ("other", "measure", "name", "place", "region", "code", "kind", "origin", None)
_WEAK = 0.35
_STRONG = 0.6


@dataclass(slots=True)
class Proposal:
    """One column on its way to a field; `field` may still be a general meaning such as "place"."""

    index: int
    text: str
    heading: Heading
    profile: Profile
    field: str | None
    confidence: float
    reason: str

    def settle(self, field: str | None, confidence: float, reason: str) -> None:
        self.field, self.confidence, self.reason = field, round(min(confidence, 1.0), 2), reason


@dataclass(frozen=True, slots=True)
class Layout:
    """A table with its columns settled; its `role` is one of those of `model.Table`."""

    place: Place
    role: str
    proposals: tuple[Proposal, ...]

    def column(self, field: str) -> int | None:
        """Index of the column that holds a field."""
        return next((proposal.index for proposal in self.proposals if proposal.field == field), None)

    def proposal(self, field: str) -> Proposal | None:
        """The column that holds a field, with its heading and profile."""
        return next((proposal for proposal in self.proposals if proposal.field == field), None)

    @property
    def fields(self) -> set[str]:
        """The fields this table has."""
        return {proposal.field for proposal in self.proposals if proposal.field}

    def shown(self) -> tuple[Column, ...]:
        """The columns as a screen shows them for correction."""
        return tuple(
            Column(
                proposal.index, column_letter(proposal.index), proposal.text, proposal.field, proposal.reason,
                proposal.confidence, proposal.profile.samples,
                proposal.heading.unit or proposal.heading.currency,
            )
            for proposal in self.proposals
        )  # fmt: skip


def lay_out(
    grid: Grid,
    place: Place,
    headings: HeadingReader,
    values: ValueReader,
    words: Vocabulary,
    overrides: Mapping[int, str | None],
) -> Layout:
    """Settles the columns of one table; `overrides` (column index to field) win over every proposal."""
    proposals = []
    for index, text in enumerate(place.headings):
        cells = [row[index] for row in grid.rows[place.first_row : place.last_row + 1]]
        profile = profile_of(cells, values, words)
        if text or profile.filled:
            heading = headings.read(text)
            proposals.append(Proposal(index, text, heading, profile, heading.field, heading.confidence, heading.reason))
    for proposal in proposals:
        _weigh_values(proposal)
    role = _role(proposals, headings.read(grid.sheet))
    _as_in_a_list(proposals, role)
    _name_owners(proposals, role)
    if role == "records":
        _fill_gaps(proposals)
    _settle_doubles(proposals)
    for proposal in proposals:
        if proposal.field in _NO_FIELD:
            proposal.settle(None, proposal.confidence, proposal.reason)
    _override(proposals, overrides)
    if overrides:
        role = _role(proposals, headings.read(grid.sheet))
    return Layout(place, role, tuple(proposals))


def _weigh_values(proposal: Proposal) -> None:
    """Values that contradict the heading win; values that speak for themselves replace a missing heading."""
    profile, field = proposal.profile, proposal.field
    fits = _fit(field, profile)
    if fits is not None and profile.filled >= 2 and fits < _WEAK / 2:
        proposal.settle(None, 0.0, "values_disagree")
        field = None
    elif fits is not None:
        proposal.settle(field, proposal.confidence * (0.75 + 0.25 * fits), proposal.reason)
    if field in ("supplier", "quarry") and profile.country >= _STRONG + 0.1 and proposal.confidence < 1:
        # "Supplier is in": the heading says whose, the values say that it is a country.
        proposal.settle(f"{field}_country", proposal.confidence * 0.8, "heading_and_values")
    if field == "origin":
        country = profile.country >= _WEAK
        proposal.settle(
            "origin_country" if country else "quarry_place", proposal.confidence * 0.9, "heading_and_values"
        )
    elif field == "kind" and profile.material >= _STRONG:
        proposal.settle("material", 0.8, "heading_and_values")
    elif field == "material" and profile.country >= _STRONG > profile.material:
        proposal.settle("country", 0.6, "values")
    elif field in (None, "other") and not (field == "other" and profile.number > 0.5):
        _by_values(proposal)


def _fit(field: str | None, profile: Profile) -> float | None:
    """How far the values are what the field needs; None where anything goes."""
    if field in _COUNTRIES:
        return profile.country
    if field == "material":
        return profile.material
    if field in (*AMOUNTS, "measure", "latitude", "longitude", "factory_latitude", "factory_longitude"):
        return profile.number
    if field == "year":
        return max(profile.year, profile.dated)
    if field in ("supplier", "name") and profile.number > 0.9 and profile.distinct > 3:
        return 0.0
    if field in OWNERS and profile.yes_no > 0.8:
        return 0.0
    return None


def _by_values(proposal: Proposal) -> None:
    profile = proposal.profile
    if proposal.reason == "values_disagree":
        return
    if profile.country >= 0.7:
        proposal.settle("country", 0.65 * profile.country, "values")
    elif profile.material >= 0.7:
        proposal.settle("material", 0.65 * profile.material, "values")
    elif not proposal.text and profile.quarry >= 0.5 and profile.quarry > profile.factory:
        proposal.settle("quarry", 0.5 * profile.quarry, "values")
    elif not proposal.text and profile.factory >= 0.5:
        proposal.settle("factory", 0.5 * profile.factory, "values")
    elif not proposal.text and profile.legal_form >= 0.5:
        proposal.settle("supplier", 0.5 * profile.legal_form, "values")


def _role(proposals: list[Proposal], sheet_heading: Heading) -> str:
    """Rows of purchase name a supplier, a site or a stone together with an amount or a stone; other lists
    are looked up in.
    """
    fields = {proposal.field for proposal in proposals}
    amounts = fields & {*AMOUNTS, "measure"}
    named = fields & {"supplier", "supplier_code", "name", "factory", "quarry", "factory_code", "quarry_code"}
    if (amounts or "material" in fields) and named and (amounts or len(named) > 1 or "supplier" in fields):
        return "records"
    owners = Counter(_owner(proposal.field) for proposal in proposals if _owner(proposal.field))
    named_by_sheet = _owner(sheet_heading.field)
    if len(fields - {None, "other"}) < 2 or (amounts and not named):
        return "left_out"
    owner = "site" if owners.get("site") else (owners.most_common(1)[0][0] if owners else named_by_sheet)
    return {"supplier": "suppliers", "factory": "factories", "quarry": "quarries", "site": "sites"}.get(
        owner or "site", "sites"
    )


def _owner(field: str | None) -> str | None:
    owner = (field or "").partition("_")[0]
    return owner if owner in OWNERS else None


def _name_owners(proposals: list[Proposal], role: str) -> None:
    """A column "Plaats" after "Fabriek" is the place of the factory; in a list of sites it is the place of
    the site.
    """
    taken = {proposal.field for proposal in proposals}
    listed = {"suppliers": "supplier", "factories": "factory", "quarries": "quarry", "sites": "site"}.get(role)
    countries = sum(proposal.field == "country" for proposal in proposals)
    owner = listed
    for proposal in proposals:
        if listed is None:
            named = _owner(proposal.field)
            owner = named if named and named != "site" else owner
        suffix = _suffix_of(proposal.field or "", listed)
        if suffix is None or (proposal.field == "country" and listed is None and countries < 2):
            continue
        if proposal.field == "name" and listed is None and not (taken & {"supplier"}) and owner in (None, "supplier"):
            field: str | None = "supplier"
        else:
            field = f"{owner}{suffix}" if owner else None
        if listed is None and (field is None or field in taken):
            field = _of_the_next(proposals, proposal, suffix, taken)
        if field is None or field in taken:
            if proposal.field != "country":
                proposal.settle(None, 0.0, "no_owner")
            continue
        taken.add(field)
        proposal.settle(field, proposal.confidence * 0.85, "neighbours")


def _as_in_a_list(proposals: list[Proposal], role: str) -> None:
    """In a list of factories the local name and the coordinates are those of the line, as in any list of sites."""
    for proposal in proposals:
        plain = (proposal.field or "").removeprefix("factory_")
        if role != "records" and plain in ("local_name", "latitude", "longitude", "coordinates"):
            proposal.field = plain


def _suffix_of(field: str, listed: str | None) -> str | None:
    """What a general meaning adds to its owner; among rows of purchase "site" stands for one that is to be found."""
    suffix = _SUFFIX.get(field)
    if suffix is None and listed is None and field.startswith("site_"):
        return field.removeprefix("site")
    return suffix


def _of_the_next(proposals: list[Proposal], proposal: Proposal, suffix: str, taken: set[str | None]) -> str | None:
    """Where the columns to the left leave no owner, the site just to the right may be one: town, workshop."""
    after = next((one for one in proposals if one.index == proposal.index + 1), None)
    field = f"{after.field}{suffix}" if after and after.field in ("factory", "quarry") and suffix else None
    return None if field in taken else field


def _fill_gaps(proposals: list[Proposal]) -> None:
    """What rows of purchase cannot do without is looked for among the columns that are still free."""
    fields = {proposal.field for proposal in proposals}
    for proposal in proposals:
        if proposal.field == "measure":
            field = next((amount for amount in AMOUNTS if amount not in fields), None)
            proposal.settle(field, 0.45, "values")
            fields.add(field)
    free = [
        proposal for proposal in proposals
        if proposal.field is None and not proposal.text
        and proposal.profile.number > 0.8 and proposal.profile.year < 0.9
    ]  # fmt: skip
    free.sort(key=lambda proposal: (proposal.profile.euro, proposal.profile.median or Decimal(0)))
    for amount in AMOUNTS:
        if amount not in fields and free:
            free.pop(0).settle(amount, 0.4, "values")
    if not fields & {"supplier", "supplier_code"}:
        texts = [
            proposal for proposal in proposals
            if proposal.field is None and proposal.heading.field != "other" and proposal.profile.text > 0.8
        ]  # fmt: skip
        best = max(texts, key=lambda proposal: (proposal.profile.legal_form, -proposal.index), default=None)
        if best:
            best.settle("supplier", 0.4, "values")


def _settle_doubles(proposals: list[Proposal]) -> None:
    """One column per field: the surest, for amounts the one in a usable unit and of the latest year."""
    by_field: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        if proposal.field and proposal.field not in _NO_FIELD:
            by_field.setdefault(proposal.field, []).append(proposal)
    for field, rivals in by_field.items():
        if len(rivals) < 2:
            continue
        rivals.sort(key=lambda proposal: _rank(field, proposal), reverse=True)
        for loser in rivals[1:]:
            loser.settle(None, loser.confidence, "another_column_fits_better")


def _rank(field: str, proposal: Proposal) -> tuple[bool, float, int, bool, int]:
    heading = proposal.heading
    usable = True
    if field == "tonnes":
        usable = heading.unit in TONNES_PER_UNIT or heading.unit is None
    elif field == "value_eur":
        usable = heading.currency in ("EUR", None)
    named = bool(heading.currency if field == "value_eur" else heading.unit)
    filled = proposal.profile.filled > 0
    return usable and filled, round(proposal.confidence, 1), heading.year or 0, named, -proposal.index


def _override(proposals: list[Proposal], overrides: Mapping[int, str | None]) -> None:
    chosen = {field for field in overrides.values() if field}
    for proposal in proposals:
        if proposal.index in overrides:
            proposal.settle(overrides[proposal.index], 1.0, "chosen")
        elif proposal.field in chosen:
            proposal.settle(None, proposal.confidence, "another_column_chosen")


def left_out(layout: Layout) -> Layout:
    """The same table, not taken as rows of purchase."""
    return replace(layout, role="left_out")
