"""What members know together of the ways behind their chains, joined at the locations that the secretariat matched."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from threading import Lock
from typing import TypeVar

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import members_of
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.models import LeftOut, Link, SharedSite, Site
from ketenwijs.domain.chains.selectors.locations import running_matches, secretariat_of
from ketenwijs.domain.chains.upstream import NOWHERE, Upstream, Ways, ways_of
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.viewer import Viewer

MOST_SHARED = 50
FEW_CHANGES = 50
"""Up to so many changed links what was kept is changed; beyond that working all out anew is as quick."""

KEPT = 4
LOCATION, SITE = "location", "site"

Place = tuple[str, int]
"""A location of the register, or a site of one firm that nobody matched."""


@dataclass(frozen=True)
class MemberReach:
    """One member: places and open ends as it knows them itself, and as all members know them together."""

    organisation: Organisation
    own_places: int
    own_open_ends: int
    places: int
    open_ends: int
    countries: tuple[str, ...]

    @property
    def more_places(self) -> int:
        """Places behind this member's chains that only others named."""
        return self.places - self.own_places


@dataclass(frozen=True)
class SharedPlace:
    """A place to which the ways of several members lead; `direct` of them name it themselves."""

    name: str
    place: str
    country: str
    location: int | None
    members: int
    direct: int


@dataclass(frozen=True)
class KnownTogether:
    """All members of a report year, those for whom others know most first, and the places most of them share."""

    members: list[MemberReach]
    shared: list[SharedPlace]
    places: int
    countries: int
    open_ends: int


@dataclass
class _Read:
    """Rows of chains as numbers. `named` and `stops` hold pairs of firm and place: what each firm knows itself."""

    firms: dict[int, int]
    places: dict[Place, int]
    countries: list[str]
    bought: set[tuple[int, int]] = field(default_factory=set)
    onward: set[tuple[int, int]] = field(default_factory=set)
    named: set[tuple[int, int]] = field(default_factory=set)
    stops: set[tuple[int, int]] = field(default_factory=set)
    nothing_known: set[int] = field(default_factory=set)

    @property
    def open_places(self) -> set[int]:
        """Places at which some firm's knowledge stops and from which nobody's goes on."""
        return {place for _firm, place in self.stops} - {nearer for nearer, _further in self.onward}


Step = tuple[int, int, int, Place | None, str]
"""Chain, firm, tier, place (None where it is not known) and its country."""


@dataclass
class _Kept:
    read: _Read
    upstream: Upstream
    country_codes: list[str]


_kept: OrderedDict[tuple[int, str], _Kept] = OrderedDict()
_lock = Lock()


def known_together(viewer: Viewer, agreement: Agreement, year: ReportYear) -> KnownTogether | None:
    """What the secretariat may see of all members' ways together, else None. A fixed number of queries.

    Never for a firm: what others know of its chain would tell it who else uses its suppliers.
    """
    if not policies.may_match_sites(viewer, agreement):
        return None
    took_part = members_of(viewer, agreement).filter(joined_on__lte=year.ends_on).exclude(left_on__lt=year.starts_on)
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return None
        read = _read(agreement, year, list(took_part.values_list("organisation_id", flat=True)))
        with _lock:
            kept = _upstream(agreement.pk, year.code, read)
            return _shown(agreement, kept)


def _read(agreement: Agreement, year: ReportYear, members: list[int]) -> _Read:
    """All links that count. A site that was matched stands for its location, so that ways of several firms meet."""
    matched = dict(running_matches(agreement).values_list("site_id", "shared__current"))
    links = Link.objects.filter(chain__year=year.code, chain__organisation__in=members)
    links = links.exclude(chain__in=LeftOut.objects.filter(agreement=agreement).values("chain"))
    rows = links.order_by("chain", "tier", "pk").values_list(
        "chain", "chain__organisation", "tier", "site", "site__country"
    )
    steps: list[Step] = [
        (chain, firm, tier, None if site is None else _key(site, matched.get(site)), country or "")
        for chain, firm, tier, site, country in rows
    ]
    country_of = {step[3]: step[4] for step in reversed(steps) if step[3] is not None}
    found = _Read(
        firms=_numbered({step[1] for step in steps}),
        places=_numbered(set(country_of)),
        countries=[country_of[key] for key in sorted(country_of)],
    )
    for _chain, way in groupby(steps, key=itemgetter(0)):
        _follow(found, list(way))
    return found


Key = TypeVar("Key", int, Place)


def _numbered(keys: set[Key]) -> dict[Key, int]:
    return {key: number for number, key in enumerate(sorted(keys))}


def _key(site: int, location: int | None) -> Place:
    return (SITE, site) if location is None else (LOCATION, location)


def _follow(found: _Read, way: list[Step]) -> None:
    """One chain from the firm outward, tier by tier; a tier that is not known leaves the one before it open."""
    firm = found.firms[way[0][1]]
    before: list[int] = []
    for _tier, side_by_side in groupby(way, key=itemgetter(2)):
        here = [step[3] for step in side_by_side]
        known = [found.places[one] for one in here if one is not None]
        if len(known) < len(here):
            found.stops.update((firm, one) for one in before)
            found.nothing_known |= set() if before else {firm}
        found.named.update((firm, one) for one in known)
        if before:
            found.onward.update((near, far) for near in before for far in known if near != far)
        else:
            found.bought.update((firm, one) for one in known)
        before = known or before


def _upstream(agreement: int, year: str, read: _Read) -> _Kept:
    """Worked out anew, or what was kept with the few links changed that differ now."""
    before = _kept.pop((agreement, year), None)
    if before is None or not _change(before, read):
        codes = ["", *sorted(set(read.countries) - {""})]
        kept = _Kept(read, Upstream(_ways(read, codes)), codes)
    else:
        kept = _Kept(read, before.upstream, before.country_codes)
    _kept[agreement, year] = kept
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return kept


def _ways(read: _Read, codes: list[str]) -> Ways:
    numbers = {code: number for number, code in enumerate(codes)}
    return ways_of(
        firms=len(read.firms),
        kinds=[0] * len(read.places),
        countries=[numbers[one] for one in read.countries],
        bought=_split(read.bought),
        onward=_split(read.onward),
        open_firms=sorted(read.nothing_known),
        open_places=sorted(read.open_places),
    )


def _change(before: _Kept, read: _Read) -> bool:
    """Bring kept numbers to what was read now; False where firms or places differ or too much changed."""
    old, upstream = before.read, before.upstream
    if (old.firms, old.places, old.countries) != (read.firms, read.places, read.countries):
        return False
    if len(old.bought ^ read.bought) + len(old.onward ^ read.onward) > FEW_CHANGES:
        return False
    _change_links(upstream, old, read)
    for place in old.open_places ^ read.open_places:
        upstream.open_place(place, place in read.open_places)
    for firm in old.nothing_known ^ read.nothing_known:
        upstream.open_firm(firm, firm in read.nothing_known)
    return True


def _change_links(upstream: Upstream, old: _Read, read: _Read) -> None:
    for firm, place in old.bought - read.bought:
        upstream.unlink_firm(firm, place)
    for near, far in old.onward - read.onward:
        upstream.unlink_places(near, far)
    for firm, place in read.bought - old.bought:
        upstream.link_firm(firm, place)
    for near, far in read.onward - old.onward:
        upstream.link_places(near, far)


def _split(pairs: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    listed = list(pairs)
    return [one for one, _other in listed], [other for _one, other in listed]


def _shown(agreement: Agreement, kept: _Kept) -> KnownTogether:
    members = sorted(_members(kept), key=lambda one: (-one.more_places, one.organisation.name.casefold()))
    return KnownTogether(
        members=members,
        shared=list(_shared(agreement, kept)),
        places=len(kept.read.places),
        countries=len(kept.country_codes) - 1,
        open_ends=len(kept.read.open_places) + len(kept.read.nothing_known),
    )


def _members(kept: _Kept) -> Iterator[MemberReach]:
    read, organisations = kept.read, Organisation.objects.in_bulk(list(kept.read.firms))
    named = _counted(read.named, len(read.firms))
    stops = _counted(read.stops, len(read.firms))
    for pk, number in read.firms.items():
        figures = kept.upstream.firm(number)
        yield MemberReach(
            organisation=organisations[pk],
            own_places=named[number],
            own_open_ends=stops[number] + (number in read.nothing_known),
            places=figures.places,
            open_ends=figures.open_ends,
            countries=tuple(kept.country_codes[one] for one in figures.countries if one != NOWHERE),
        )


def _counted(pairs: set[tuple[int, int]], firms: int) -> list[int]:
    counts = [0] * firms
    for firm, _place in pairs:
        counts[firm] += 1
    return counts


def _shared(agreement: Agreement, kept: _Kept) -> Iterator[SharedPlace]:
    """The places to which most members' ways lead, from two on."""
    leading, keys = kept.upstream.firms_per_place(), list(kept.read.places)
    order = [int(one) for one in (-leading).argsort(kind="stable")[:MOST_SHARED] if leading[one] > 1]
    direct: dict[int, int] = {}
    for _firm, place in kept.read.named:
        direct[place] = direct.get(place, 0) + 1
    locations = SharedSite.objects.filter(agreement=agreement).in_bulk(
        [keys[n][1] for n in order if keys[n][0] == LOCATION]
    )
    sites = Site.objects.in_bulk([keys[n][1] for n in order if keys[n][0] == SITE])
    for number in order:
        side, pk = keys[number]
        one = locations[pk] if side == LOCATION else sites[pk]
        yield SharedPlace(
            name=one.name, place=one.place, country=one.country, location=pk if side == LOCATION else None,
            members=int(leading[number]), direct=direct.get(number, 0),
        )  # fmt: skip
