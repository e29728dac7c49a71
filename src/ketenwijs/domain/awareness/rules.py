"""Pure calculation: which numbers about the awareness of the route may be public. No database, settings or clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Announced:
    """One announcement as the numbers see it: firm and site are numbers without a name."""

    firm: int
    site: int
    languages: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True)
class Named:
    """Whether a firm's code of conduct and website name the route."""

    firm: int
    in_code: bool
    on_website: bool


@dataclass(frozen=True)
class Numbers:
    """What may be told; None where too few firms stand behind a number. `confirmed` is in whole per cents of the sites.

    `languages` holds those that may be told with the number of their sites; `more_languages`: there are others.
    """

    sites: int | None
    firms: int | None
    languages: tuple[tuple[str, int], ...]
    more_languages: bool
    in_code: int | None
    on_website: int | None
    confirmed: int | None


def numbers_of(
    announced: Sequence[Announced], named: Sequence[Named], minimum: int, group_of: Mapping[int, int] | None = None
) -> Numbers:
    """The numbers of one agreement and year. Zero is told; those of firms of one up to `minimum` - 1 company groups never
    are. A firm that is not in `group_of` stands alone.

    The confirmed share also goes when the sites without a confirmation come from too few groups, because it would give
    those away.
    """
    counting = Counting(minimum, group_of or {})
    firms = {one.firm for one in announced}
    languages = [
        (code, [one for one in announced if code in one.languages])
        for code in sorted({code for one in announced for code in one.languages})
    ]
    told = [(code, _sites(rows)) for code, rows in languages if counting.enough({one.firm for one in rows})]
    return Numbers(
        sites=_sites(announced) if counting.enough(firms) else None,
        firms=counting.shown(firms),
        languages=tuple(sorted(told, key=lambda one: (-one[1], one[0]))),
        more_languages=len(told) < len(languages),
        in_code=counting.shown({one.firm for one in named if one.in_code}),
        on_website=counting.shown({one.firm for one in named if one.on_website}),
        confirmed=_confirmed(announced, counting),
    )


@dataclass(frozen=True)
class Counting:
    """From how many company groups on numbers are told, and the group of each firm: holdings count once."""

    minimum: int
    group_of: Mapping[int, int]

    def enough(self, firms: Collection[int]) -> bool:
        """Whether nobody or enough groups stand behind a number."""
        return not firms or len({self.group_of.get(firm, firm) for firm in firms}) >= self.minimum

    def shown(self, firms: Collection[int]) -> int | None:
        """A number of firms, or None where their groups are too few."""
        return len(firms) if self.enough(firms) else None


def _sites(rows: Iterable[Announced]) -> int:
    return len({one.site for one in rows})


def _confirmed(rows: Sequence[Announced], counting: Counting) -> int | None:
    sites = {one.site for one in rows}
    confirmed = {one.site for one in rows if one.confirmed}
    sides = (
        {one.firm for one in rows if one.site in confirmed},
        {one.firm for one in rows if one.site not in confirmed},
    )
    if not sites or not all(counting.enough(firms) for firms in sides):
        return None
    share = (len(confirmed) * 200 + len(sites)) // (len(sites) * 2)
    # Never rounded to all or to none.
    return min(share, 99) if len(confirmed) < len(sites) and share == 100 else max(share, 1 if confirmed else 0)
