"""Upstream places by packed bits say exactly what a slow walk says, circles included, also after links change."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ketenwijs.domain.chains.upstream import FirmFigures, Upstream, Ways, firm_figures, ways_of

KINDS, COUNTRIES = 3, 4
SEVERAL = 70
"""More firms than fit into one word of bits."""


@st.composite
def worlds(draw):
    """Firms, places, links with circles and doubles, and what is open."""
    firms, places = draw(st.integers(1, SEVERAL)), draw(st.integers(1, 14))
    firm, place = st.integers(0, firms - 1), st.integers(0, places - 1)
    return {
        "firms": firms,
        "kinds": draw(st.lists(st.integers(0, KINDS - 1), min_size=places, max_size=places)),
        "countries": draw(st.lists(st.integers(0, COUNTRIES - 1), min_size=places, max_size=places)),
        "bought": draw(st.lists(st.tuples(firm, place), max_size=30)),
        "onward": draw(st.lists(st.tuples(place, place), max_size=40)),
        "open_firms": draw(st.lists(firm, max_size=4)),
        "open_places": draw(st.lists(place, max_size=4)),
    }


def ways(world) -> Ways:
    return ways_of(
        firms=world["firms"], kinds=world["kinds"], countries=world["countries"], bought=_split(world["bought"]),
        onward=_split(world["onward"]), open_firms=world["open_firms"], open_places=world["open_places"],
    )  # fmt: skip


def _split(pairs):
    return [one for one, _other in pairs], [other for _one, other in pairs]


def walked(world, firm) -> set[int]:
    """All upstream places of a firm, by walking from place to place."""
    found: set[int] = set()

    def visit(place: int) -> None:
        if place not in found:
            found.add(place)
            for one, other in world["onward"]:
                if one == place:
                    visit(other)

    for one, place in world["bought"]:
        if one == firm:
            visit(place)
    return found


def figures(world, firm) -> FirmFigures:
    """What a firm's ways amount to, counted one by one."""
    places = walked(world, firm)
    kinds = [sum(world["kinds"][one] == kind for one in places) for kind in range(max(world["kinds"]) + 1)]
    lands = [sum(world["countries"][one] == land for one in places) for land in range(max(world["countries"]) + 1)]
    open_ends = (firm in world["open_firms"]) + len(places & set(world["open_places"]))
    return FirmFigures(len(places), open_ends, tuple(kinds), tuple(lands))


def check(world, upstream: Upstream) -> None:
    for firm in range(world["firms"]):
        expected = figures(world, firm)
        assert upstream.firm(firm) == expected
        assert set(upstream.places_of(firm).tolist()) == walked(world, firm)
        alone, places = firm_figures(upstream.ways, firm)
        assert (alone, set(places.tolist())) == (expected, walked(world, firm))
    leading = [{firm for firm in range(world["firms"]) if place in walked(world, firm)} for place in places_of(world)]
    assert upstream.firms_per_place().tolist() == [len(one) for one in leading]
    assert [set(upstream.firms_of(place).tolist()) for place in places_of(world)] == leading


def places_of(world):
    return range(len(world["kinds"]))


@given(worlds())
@settings(max_examples=150, deadline=None)
def test_bits_and_a_walk_from_place_to_place_agree(world):
    check(world, Upstream(ways(world)))


@given(worlds(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_changed_link_leaves_what_starting_anew_would_give(world, data):
    upstream = Upstream(ways(world))
    firm = data.draw(st.integers(0, world["firms"] - 1))
    near, far = (data.draw(st.sampled_from(places_of(world))) for _side in range(2))
    for acts in data.draw(st.permutations([_link_firm, _unlink_firm, _link, _unlink, _unlink_one, _opened])):
        acts(world, upstream, firm, near, far)
        check(world, upstream)


def _link_firm(world, upstream, firm, near, _far):
    world["bought"].append((firm, near))
    upstream.link_firm(firm, near)


def _unlink_firm(world, upstream, firm, near, _far):
    world["bought"] = [one for one in world["bought"] if one != (firm, near)]
    upstream.unlink_firm(firm, near)


def _link(world, upstream, _firm, near, far):
    world["onward"].append((near, far))
    upstream.link_places(near, far)


def _unlink(world, upstream, _firm, near, far):
    world["onward"] = [one for one in world["onward"] if one != (near, far)]
    upstream.unlink_places(near, far)


def _unlink_one(world, upstream, firm, _near, _far):
    if world["onward"]:
        _unlink(world, upstream, firm, *world["onward"][0])


def _opened(world, upstream, firm, near, _far):
    for name, number, change in (
        ("open_places", near, upstream.open_place),
        ("open_firms", firm, upstream.open_firm),
    ):
        was_open = number in world[name]
        others = [one for one in world[name] if one != number]
        world[name] = others if was_open else [*others, number]
        change(number, not was_open)


def line(length: int) -> Ways:
    """One firm at the end of a long way."""
    places = list(range(length))
    return ways_of(
        firms=1, kinds=[0] * length, countries=[1] * length, bought=([0], [0]), onward=(places[:-1], places[1:])
    )


def test_a_way_may_be_thousands_of_places_long():
    upstream = Upstream(line(3000))
    assert upstream.firm(0).places == 3000
    assert firm_figures(upstream.ways, 0)[0].places == 3000


def test_a_changed_link_looks_only_at_what_lies_above_it():
    upstream = Upstream(line(1000))
    upstream.unlink_places(989, 990)
    assert (upstream.worked, upstream.firm(0).places) == (10, 990)
    upstream.link_places(989, 990)
    assert (upstream.worked, upstream.firm(0).places) == (10, 1000)
    upstream.link_places(0, 990)
    assert upstream.worked == 1


def test_nothing_known_is_no_share_and_nothing_fails_without_places():
    upstream = Upstream(ways_of(firms=2, kinds=[], countries=[], bought=([], []), onward=([], []), open_firms=[1]))
    assert upstream.firm(0).share is None
    assert upstream.firm(1).share == 0.0
    assert upstream.firms_per_place().tolist() == []
