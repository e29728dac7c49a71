"""Why two places may be one, in words: what the matcher said about each part of the pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PARTS: dict[str, str | Promise] = {
    "name": gettext_lazy("name"),
    "name_numbers": gettext_lazy("number in the name"),
    "address": gettext_lazy("address"),
    "place": gettext_lazy("place"),
    "region": gettext_lazy("region"),
    "country": gettext_lazy("country"),
    "coordinates": gettext_lazy("coordinates"),
    "identifiers": gettext_lazy("numbers"),
}
VERDICTS: dict[str, tuple[str | Promise, str]] = {
    "agrees": (gettext_lazy("agrees"), "good"),
    "partly": (gettext_lazy("partly agrees"), "warning"),
    "differs": (gettext_lazy("differs"), "bad"),
    "unknown": (gettext_lazy("on one side only"), "neutral"),
}


@dataclass(frozen=True)
class ReasonLine:
    """One part of a comparison in words, with the tone of its badge."""

    part: str
    verdict: str
    tone: str
    detail: str


def reason_lines(reasons: Iterable[Mapping[str, Any]]) -> list[ReasonLine]:
    """The stored or fresh reasons in the reader's language."""
    found = []
    for one in reasons:
        verdict, tone = VERDICTS.get(str(one.get("verdict")), VERDICTS["unknown"])
        part = str(one.get("part"))
        found.append(ReasonLine(str(PARTS.get(part, part)), str(verdict), tone, _detail(part, one.get("facts") or {})))
    return found


def in_short(reasons: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Verdict, tone and the parts it holds for, for one line of a list; what one side does not say is left out."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in reason_lines(reasons):
        if one.tone != "neutral":
            found.setdefault((one.verdict, one.tone), []).append(one.part)
    return [(verdict, tone, ", ".join(parts)) for (verdict, tone), parts in found.items()]


def percent(probability: float | None) -> str:
    """A probability as whole per cents; never 100, because nothing is certain. Empty for none."""
    return "" if probability is None else f"{min(int(probability * 100), 99)}\N{NO-BREAK SPACE}%"


def _detail(part: str, facts: Mapping[str, Any]) -> str:
    if part == "name":
        words = ((_("the same: %(words)s"), facts.get("same")), (_("alike: %(words)s"), facts.get("alike")))
        return "; ".join(text % {"words": value} for text, value in words if value)
    if part == "coordinates" and "kilometres" in facts:
        return _("%(distance)s km apart") % {"distance": number_format(facts["kilometres"])}
    return ""
