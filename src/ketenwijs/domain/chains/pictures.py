"""Pictures of a firm's chains: bars of what is known, and the ways from quarry to firm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ketenwijs.domain.chains import choices
from ketenwijs.domain.chains.rules import MappedChain, Share, Step
from ketenwijs.domain.chains.selectors import RegisterMap
from ketenwijs.foundation.ui.charts import Node, Picture, coverage_bar, layered_graph
from ketenwijs.foundation.ui.maps import Spot, WorldMap, world_map

MOST_BOXES = 14
"""More boxes per column cannot be read any more; the rest is taken together and the table shows them all."""

REST = "rest"


def bar_of(share: Share, title: str) -> Picture:
    """One bar: known and unknown."""
    description = _("%(known)s of %(total)s known, %(unknown)s unknown") % {
        "known": f"{share.known:f}",
        "total": f"{share.total:f}",
        "unknown": f"{share.unknown:f}",
    }
    parts = [(_("known"), float(share.known), "known"), (_("unknown"), float(share.unknown), "unknown")]
    return coverage_bar(title, description, parts)


def graph_of(chains: Sequence[MappedChain], firm: str) -> Picture:
    """Quarries, factories and suppliers of a firm as boxes in columns; unknown places are dashed."""
    ways = [
        (_box(one, one.quarry, one.country), _box(one, one.factory, one.factory.country), _supplier(one))
        for one in chains
    ]
    nodes, edges = [], []
    shown = [_most(Counter(way[layer] for way in ways)) for layer in range(3)]
    for layer, kept in enumerate(shown):
        nodes += [_node(layer, box) for box in kept]
        rest = len({way[layer] for way in ways}) - len(kept)
        if rest:
            label = ngettext("%(count)s other", "%(count)s others", rest) % {"count": rest}
            nodes.append(Node(layer, f"{layer}{REST}", label, "box"))
    nodes.append(Node(3, "firm", firm, "box-firm"))
    for way in ways:
        keys = [_key(layer, box, shown[layer]) for layer, box in enumerate(way)]
        edges += [(keys[0], keys[1]), (keys[1], keys[2]), (keys[2], "firm")]
    headings = [_("Quarry"), _("Factory"), _("Supplier"), _("Company")]
    description = _("From left to right the ways of the stone. The table below gives the same, chain by chain.")
    return layered_graph(
        _("Ways of the stone"), description, headings=headings, nodes=nodes, edges=list(dict.fromkeys(edges))
    )


def map_of(chains: Sequence[MappedChain]) -> WorldMap:
    """Where the stone comes from by country, and of how much of it the quarry is known; places with coordinates as dots."""
    known: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for one in chains:
        if one.country:
            total[one.country] += 1
            known[one.country] += one.quarry.known
    kinds = {
        code: "strong" if known[code] == number else "middle" if known[code] else "light"
        for code, number in total.items()
    }
    labels = [
        ("strong", _("all quarries known")),
        ("middle", _("some quarries known")),
        ("light", _("no quarry known")),
    ]
    description = _("Countries of origin; the table of chains below names each with its quarries.")
    return world_map(_("Countries of origin"), description, kinds, labels, _spots(chains), _("place of your chains"))


def _spots(chains: Sequence[MappedChain]) -> list[Spot]:
    """Places with coordinates, weighed by how many chains go through them."""
    through = Counter(step.site for one in chains for step in one.steps if step.site and step.site.coordinates)
    found = []
    for place, number in through.items():
        latitude, longitude = place.coordinates or (Decimal(0), Decimal(0))
        label = ", ".join(part for part in (place.name, choices.country_name(place.country)) if part)
        found.append(Spot(float(latitude), float(longitude), label, number))
    return found


def register_picture(found: RegisterMap, address: Callable[[int], str]) -> WorldMap:
    """The secretariat's map: countries by what members share there, locations as dots that lead to their page."""
    kinds = {
        one.country: "strong" if one.shared else "light" for one in found.countries if one.country and one.locations
    }
    labels = [
        ("strong", _("with locations that several members use")),
        ("light", _("each location used by one member at most")),
    ]
    spots = [
        Spot(
            one.latitude, one.longitude, _("%(name)s, used by %(members)s") % {"name": one.name, "members": one.members},
            max(1, one.members), address(one.pk),
        )
        for one in found.spots
    ]  # fmt: skip
    description = _("The table below gives the same by country; dots are locations of which the coordinates are known.")
    return world_map(_("Locations"), description, kinds, labels, spots, _("location with coordinates"))


def areas_map(countries: Sequence[Mapping[str, Any]]) -> WorldMap:
    """Countries of the published list: with named areas, or without."""
    kinds = {one["country"]: "strong" if one["areas"] else "light" for one in countries}
    labels = [("strong", _("areas named")), ("light", _("areas not known or not named"))]
    description = _("Countries in which members' quarries lie; the list names the areas.")
    return world_map(_("Quarry areas"), description, kinds, labels)


Box = tuple[str, str, str]
"""Label, detail and kind of one box; equal boxes are one."""


def _box(chain: MappedChain, step: Step, country: str) -> Box:
    where = choices.country_name(country)
    if step.site is None:
        return _("unknown"), where, "box-unknown"
    # The region after the comma does not fit into a box; the table has it in full.
    near = "" if step.site.is_area_only else step.site.place.split(",")[0].strip()
    detail = " · ".join(part for part in (near, where) if part)
    return step.site.name, detail, "box-known"


def _supplier(chain: MappedChain) -> Box:
    return chain.supplier, choices.country_name(chain.supplier_country), "box-supplier"


def _most(counted: Counter[Box]) -> list[Box]:
    """The boxes to draw: those with most chains, in order of name, unknown last."""
    kept = [box for box, _count in counted.most_common()]
    if len(kept) > MOST_BOXES:
        kept = kept[: MOST_BOXES - 1]
    return sorted(kept, key=lambda box: (box[2] == "box-unknown", box[1], box[0].casefold()))


def _node(layer: int, box: Box) -> Node:
    return Node(layer, f"{layer}{box}", box[0], box[2], box[1])


def _key(layer: int, box: Box, shown: Sequence[Box]) -> str:
    return f"{layer}{box}" if box in shown else f"{layer}{REST}"
