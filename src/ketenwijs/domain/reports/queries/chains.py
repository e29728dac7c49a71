"""Insight into chains, over the firms that handed in their chains of the year. Confidential: small cells go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.chains.models import Chain, ClosedYear, Link
from ketenwijs.domain.chains.rules import FACTORY, QUARRY
from ketenwijs.domain.participants.selectors import company_groups
from ketenwijs.domain.reference.selectors import country
from ketenwijs.domain.reports.figures import PERCENT, Words
from ketenwijs.domain.reports.indicators import Context, Counted, Row, indicator, words
from ketenwijs.foundation.content.texts import LANGUAGES

NOTHING = _("No company has handed in its chains of this year yet.")


@indicator("chains.factories_known", unit=PERCENT)
def factories_known(context: Context) -> Counted:
    """Share of chains with a known factory, by number of chains (volumes are never published)."""
    return _known(context, FACTORY, words(_("chains with a known factory")))


@indicator("chains.quarries_known", unit=PERCENT)
def quarries_known(context: Context) -> Counted:
    """Share of chains with a known quarry, by number of chains."""
    return _known(context, QUARRY, words(_("chains with a known quarry")))


@indicator("chains.by_country")
def by_country(context: Context) -> Counted:
    """Chains by country of the quarry as stated, each with the number of company groups behind it."""
    owners = _owners(context)
    if not owners:
        return Counted(reason=words(NOTHING))
    stated = _quarry_countries(context)
    group_of = _groups(context)
    groups: dict[str, set[int]] = defaultdict(set)
    numbers: dict[str, int] = defaultdict(int)
    for pk, owner in owners.items():
        code = stated.get(pk, "")
        numbers[code] += 1
        groups[code].add(group_of[owner])
    ordered = sorted(numbers, key=lambda code: (-numbers[code], code))
    rows = [
        Row(code or "none", _country(code), numbers[code], part_of="total", contributors=len(groups[code]))
        for code in ordered
    ]
    everybody = len(set(group_of.values()))
    total = Row("total", words(_("all chains")), len(owners), contributors=everybody)
    return Counted((total, *rows), _base(owners.values()))


def _known(context: Context, kind: str, label: Words) -> Counted:
    owners = _owners(context)
    if not owners:
        return Counted(reason=words(NOTHING))
    found = Link.objects.filter(kind=kind, **_handed_in(context, "chain__"))
    rows = list(found.values_list("chain_id", "site_id"))
    # With several places of the kind on one way, one that is not known is a gap.
    known = {chain for chain, _site in rows} - {chain for chain, site in rows if site is None}
    row = Row(
        "known", label, len(known), denominator=len(owners), contributors=len(set(_groups(context).values()))
    )  # fmt: skip
    return Counted((row,), _base(owners.values()))


def _owners(context: Context) -> dict[int, int]:
    """Chain to firm, of all chains handed in; one query."""
    if "chains" not in context.kept:
        found = Chain.objects.filter(**_handed_in(context)).order_by("pk")
        context.kept["chains"] = dict(found.values_list("pk", "organisation_id"))
    owners: dict[int, int] = context.kept["chains"]
    return owners


def _groups(context: Context) -> dict[int, int]:
    """Firm to company group, of all firms that handed in; one query."""
    if "chains.groups" not in context.kept:
        context.kept["chains.groups"] = company_groups(set(_owners(context).values()))
    groups: dict[int, int] = context.kept["chains.groups"]
    return groups


def _quarry_countries(context: Context) -> dict[int, str]:
    found = Link.objects.filter(kind=QUARRY, **_handed_in(context, "chain__"))
    rows = found.order_by("-position").values_list("chain_id", "site__country", "country")
    return {chain: in_site or stated for chain, in_site, stated in rows}


def _handed_in(context: Context, prefix: str = "") -> dict[str, object]:
    closed = ClosedYear.objects.filter(
        agreement=context.agreement, year=context.year.code, closed_at__date__lte=context.reference_date
    )
    return {
        f"{prefix}year": context.year.code,
        f"{prefix}organisation_id__in": closed.values("organisation_id"),
    }


def _country(code: str) -> Words:
    found = country(code)
    if found is None:
        return dict.fromkeys(LANGUAGES, code) if code else words(_("country not stated"))
    return found.names


def _base(owners: Iterable[int]) -> Words:
    return words(_("chains that companies handed in for this year; companies: {number}"), number=len(set(owners)))
