"""Rows of the pages with codes turned into words, so that templates stay plain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ketenwijs.domain.chains import choices, lists
from ketenwijs.domain.chains.models import Link, PeopleGroup
from ketenwijs.domain.chains.rules import (
    QUARRY,
    Change,
    Coverage,
    MappedChain,
    Place,
    ProposedChain,
    PurchaseRow,
    Share,
    SiteCoverage,
    Step,
)
from ketenwijs.foundation.ui.charts import Picture


def amount_in_words(amount: Decimal | None, places: int | None = None) -> str:
    """A number as people write it: no closing zeros, thousands apart; rounded where `places` says so.

    Empty for None.
    """
    if amount is None:
        return ""
    if places is not None:
        amount = round(amount, places)
    return number_format(f"{amount.normalize():f}", force_grouping=True)


@dataclass(frozen=True)
class ShownPlace:
    """A factory or quarry in words. `asked_on` only where it is unknown.

    `confidence` and `source` say how the firm knows; `is_unnamed`: its area must not appear in the published list.
    """

    known: bool
    name: str
    place: str
    country: str = ""
    asked_on: object = None
    confidence: str = ""
    local_name: str = ""
    kind: str = ""
    source: str = ""
    is_unnamed: bool = False


@dataclass(frozen=True)
class ShownChain:
    """One chain of the list in words. `before` are further places between quarry and firm, `quarries` further quarries.

    `group` is the participant group this chain alone belongs to; empty where that cannot be told.
    """

    chain: MappedChain
    supplier_country: str
    material: str
    factory: ShownPlace
    quarry: ShownPlace
    tonnes: str
    band: str
    before: list[ShownPlace]
    quarries: list[ShownPlace]
    group: str = ""


@dataclass(frozen=True)
class ShownShare:
    """One figure of coverage in words: what it counts, numerator, denominator, the rest, and who has
    no figure.
    """

    label: str
    percentage: int | None
    known: str
    total: str
    unknown: str
    without_figure: int


@dataclass(frozen=True)
class ShownCoverage:
    """Coverage of one kind of place with its definition and picture; `code` tells the kinds apart."""

    code: str
    title: str
    definition: str
    picture: Picture
    shares: list[ShownShare]


def shown_chain(chain: MappedChain, group: str = "") -> ShownChain:
    """A chain in the reader's language; `group` in words."""
    return ShownChain(
        chain,
        choices.country_name(chain.supplier_country),
        choices.material_name(chain.material),
        shown_step(chain.factory),
        shown_step(chain.quarry),
        amount_in_words(chain.tonnes),
        lists.band_in_words(chain.band) if chain.tonnes is None else "",
        [shown_step(step) for step in chain.further if step.kind != QUARRY],
        [shown_step(step) for step in chain.further if step.kind == QUARRY],
        group,
    )


def by_country(
    chains: Sequence[MappedChain], group_of: Mapping[int, str] | None = None
) -> list[tuple[str, list[ShownChain]]]:
    """Chains grouped by country of origin, each group with the country's name.

    `group_of`: the participant group of a chain in words, by its number.
    """
    of = group_of or {}
    groups = groupby(chains, key=lambda one: one.country)
    return [
        (choices.country_name(code) or _("Country not stated"), [shown_chain(one, of.get(one.pk, "")) for one in group])
        for code, group in groups
    ]


def shown_step(step: Step) -> ShownPlace:
    """A link of a chain in words."""
    # That the supplier said so goes without saying; it is told where more is known, or where it was said.
    is_usual = step.confidence == Link.Confidence.STATED and not step.source
    confidence = "" if is_usual else dict(Link.Confidence.choices).get(step.confidence, "")
    shown = shown_place(step.site, choices.country_name(step.country), step.asked_on, str(confidence))
    unnamed = step.kind == QUARRY and step.known and not step.may_name_area
    return replace(shown, kind=choices.site_kind_name(step.kind), source=step.source, is_unnamed=unnamed)


def shown_place(site: Place | None, country: str = "", asked_on: object = None, confidence: str = "") -> ShownPlace:
    """A place in words, or that it is unknown."""
    if site is None:
        return ShownPlace(False, "", "", country, asked_on)
    place = "" if site.is_area_only else site.place
    return ShownPlace(True, site.name, place, country, None, confidence, site.local_name)


@dataclass(frozen=True)
class ShownProposal:
    """One proposed chain in words. `before`: the tonnes it had in the list it is compared with."""

    chain: ProposedChain
    country: str
    material: str
    factory: ShownPlace
    quarry: ShownPlace
    tonnes: str
    before: str = ""


def shown_proposals(chains: Iterable[ProposedChain], changed: Iterable[Change] = ()) -> list[ShownProposal]:
    """Proposed chains in the reader's language; of `changed` ones also what they weighed before."""
    before = {change.proposed.key: amount_in_words(change.before.tonnes) for change in changed}
    return [
        ShownProposal(
            one,
            choices.country_name(one.country),
            choices.material_name(one.material),
            shown_place(one.factory, asked_on=one.asked_on),
            shown_place(one.quarry, asked_on=one.asked_on),
            amount_in_words(one.tonnes),
            before.get(one.key, ""),
        )
        for one in chains
    ]


@dataclass(frozen=True)
class ShownRow:
    """One row of a sheet in words, with its place in the list and what is the matter with it."""

    position: int
    row: PurchaseRow
    country: str
    material: str
    factory: ShownPlace
    quarry: ShownPlace
    tonnes: str
    tone: str
    label: str


def shown_row(position: int, row: PurchaseRow, *, needs_look: bool) -> ShownRow:
    """A row of the sheet in the reader's language."""
    tone, label = "good", _("read")
    if row.left_out:
        tone, label = "neutral", _("left out")
    elif row.problems:
        tone, label = "bad", _("repair first")
    elif needs_look:
        tone, label = "warning", _("look at this")
    elif row.corrected:
        tone, label = "busy", _("corrected")
    return ShownRow(
        position,
        row,
        choices.country_name(row.country),
        choices.material_name(row.material) or row.material_as_written,
        shown_place(row.factory_site),
        shown_place(row.quarry_site),
        amount_in_words(row.tonnes),
        tone,
        label,
    )


def shown_coverage(coverage: Coverage, bar: Callable[[Share, str], Picture]) -> list[ShownCoverage]:
    """Coverage of suppliers, factories and quarries, and of what lies deeper where that is said; `bar` draws one share with a title."""
    parts = [
        (
            "suppliers",
            _("Suppliers"),
            _("Part of the chains of which the supplier is known: its name and its country."),
            coverage.suppliers,
        ),
        (
            "factories",
            _("Factories"),
            _("Part of the chains of which the factory is known: its name, or at least its place."),
            coverage.factories,
        ),
        (
            "quarries",
            _("Quarries"),
            _("Part of the chains of which the quarry is known: its name, or at least its area."),
            coverage.quarries,
        ),
        (
            "deeper",
            _("Other places on the way"),
            _(
                "Of the chains with yards, workshops, home work or ports on the way: the part of which each of those "
                "places is known. Other chains do not count here."
            ),
            coverage.deeper,
        ),
    ]
    return [
        ShownCoverage(code, title, definition, bar(sites.number, title), _shares(sites))
        for code, title, definition, sites in parts
        if sites.number.total or code != "deeper"
    ]


def _shares(sites: SiteCoverage) -> list[ShownShare]:
    found = [_shown_share(_("Chains"), sites.number, 0, "%s")]
    if sites.tonnes.total or sites.tonnes.without_figure:
        found.append(_shown_share(_("Weight"), sites.tonnes, 1, "%s\N{NO-BREAK SPACE}t"))
    if sites.value.total > Decimal(0):
        found.append(_shown_share(_("Purchase value"), sites.value, 0, "€\N{NO-BREAK SPACE}%s"))
    return found


def _shown_share(label: str, share: Share, places: int, unit: str) -> ShownShare:
    known, total, unknown = (
        unit % amount_in_words(amount, places) for amount in (share.known, share.total, share.unknown)
    )
    return ShownShare(label, share.percentage, known, total, unknown, share.without_figure)


def shown_people(groups: Iterable[PeopleGroup]) -> list[tuple[PeopleGroup, str]]:
    """Groups of people who stand in no register, each with its kind in words."""
    return [(one, lists.people_kind_name(one.kind)) for one in groups]
