"""The ways of the stone as boxes in columns: quarries, what lies between, factories, suppliers, the firm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ketenwijs.domain.chains import choices
from ketenwijs.domain.chains.rules import MappedChain, Step
from ketenwijs.foundation.ui.charts import Node, Picture, layered_graph

MOST_BOXES = 14
"""More boxes per column cannot be read any more; the rest is taken together and the table shows them all."""

REST = "rest"
QUARRIES, BEFORE, FACTORIES, AFTER, SUPPLIERS = range(5)
COLUMN_OF = {
    "quarry": QUARRIES, "quarry_area": QUARRIES, "factory": FACTORIES, "workshop": FACTORIES, "port": AFTER, "agent": AFTER,
}  # fmt: skip
"""Kinds that are not listed (yards, home work) lie between quarry and factory."""

Box = tuple[str, str, str]
"""Label, detail and kind of one box; equal boxes are one."""

Way = list[list[Box]]
"""The boxes of one chain, by column; a column may be empty."""


def graph_of(chains: Sequence[MappedChain], firm: str) -> Picture:
    """Places and suppliers of a firm as boxes in columns; unknown places are dashed.

    A chain with several quarries or factories has a curve from each. Columns that no chain needs are left out.
    """
    ways = [_way(one) for one in chains]
    used = [number for number in range(SUPPLIERS + 1) if any(way[number] for way in ways)]
    nodes, shown = [], []
    for layer, column in enumerate(used):
        every = Counter(box for way in ways for box in dict.fromkeys(way[column]))
        kept = _most(every)
        shown.append(kept)
        nodes += [Node(layer, _key(layer, box, kept), box[0], box[2], box[1]) for box in kept]
        rest = len(every) - len(kept)
        if rest:
            label = ngettext("%(count)s other", "%(count)s others", rest) % {"count": rest}
            nodes.append(Node(layer, f"{layer}{REST}", label, "box"))
    nodes.append(Node(len(used), "firm", firm, "box-firm"))
    edges: dict[tuple[str, str], None] = {}
    for way in ways:
        stops = [[_key(layer, box, shown[layer]) for box in way[column]] for layer, column in enumerate(used)]
        edges.update(dict.fromkeys(_joined([*(stop for stop in stops if stop), ["firm"]])))
    names = [_("Quarry"), _("Before the factory"), _("Factory"), _("After the factory"), _("Supplier")]
    description = _("From left to right the ways of the stone. The table below gives the same, chain by chain.")
    return layered_graph(
        _("Ways of the stone"), description, headings=[*(names[column] for column in used), _("Company")], nodes=nodes,
        edges=list(edges),
    )  # fmt: skip


def _way(chain: MappedChain) -> Way:
    way: Way = [[], [], [], [], [(chain.supplier, choices.country_name(chain.supplier_country), "box-supplier")]]
    way[QUARRIES].append(_box(chain.quarry, chain.country))
    way[FACTORIES].append(_box(chain.factory, chain.factory.country))
    for step in chain.further:
        country = step.country or (step.site.country if step.site else "")
        way[COLUMN_OF.get(step.kind, BEFORE)].append(_box(step, country))
    return way


def _joined(stops: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """From every box of a stop to every box of the next one."""
    pairs = zip(stops, stops[1:], strict=False)
    return [(start, end) for here, there in pairs for start in here for end in there]


def _box(step: Step, country: str) -> Box:
    where = choices.country_name(country)
    if step.site is None:
        return _("unknown"), where, "box-unknown"
    # The region after the comma does not fit into a box; the table has it in full.
    near = "" if step.site.is_area_only else step.site.place.split(",")[0].strip()
    detail = " · ".join(part for part in (near, where) if part)
    return step.site.name, detail, "box-known"


def _most(counted: Counter[Box]) -> list[Box]:
    """The boxes to draw: those with most chains, in order of name, unknown last."""
    kept = [box for box, _count in counted.most_common()]
    if len(kept) > MOST_BOXES:
        kept = kept[: MOST_BOXES - 1]
    return sorted(kept, key=lambda box: (box[2] == "box-unknown", box[1], box[0].casefold()))


def _key(layer: int, box: Box, shown: Sequence[Box]) -> str:
    return f"{layer}{box}" if box in shown else f"{layer}{REST}"
