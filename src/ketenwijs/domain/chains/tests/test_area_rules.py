"""Which areas are named and which numbers are told, worked out by hand."""

from __future__ import annotations

from ketenwijs.domain.chains.rules.areas import AreaSource, AreaTerms, quarry_areas, shown_numbers

TERMS = AreaTerms(names=True, minimum=5)


def used(area: str, members: range, country: str = "IN", may_name: bool = True) -> list[AreaSource]:
    """These members quarry in an area."""
    return [AreaSource(number, country, area, may_name) for number in members]


def only(sources, terms=TERMS):
    (country,) = quarry_areas(sources, terms)
    return country


def test_an_area_of_one_member_is_named_when_the_agreement_names_always():
    assert only(used("Kolar", range(1))).areas == ("Kolar",)


def test_an_area_of_few_is_part_of_the_rest_when_the_agreement_names_only_from_a_number_on():
    sources = used("Kolar", range(3)) + used("Hospet", range(2))
    found = only(sources, AreaTerms(names=True, minimum=5, named_from=3))
    assert (found.areas, found.has_rest) == (("Kolar",), True)


def test_numbers_of_areas_are_told_from_the_minimum_on_when_nothing_is_hidden():
    found = only(used("Kolar", range(5)) + used("Hospet", range(4, 12)))
    assert (found.numbers, found.members) == ({"Hospet": 8, "Kolar": 5}, 12)


def test_one_hidden_number_hides_the_smallest_that_could_be_told():
    """12 members in the country, 8 shown for one area: the hidden 4 would be exactly 4, as fewer than 5 are hidden."""
    found = only(used("Kolar", range(4)) + used("Hospet", range(4, 12)))
    assert (found.numbers, found.members) == ({}, 12)
    found = only(used("Kolar", range(4)) + used("Hospet", range(4, 12)) + used("Salem", range(12, 30)))
    assert found.numbers == {"Salem": 18}


def test_the_unnamed_rest_is_a_hidden_number_too():
    assert only(used("Kolar", range(5)) + used("", range(9, 10))).numbers == {}
    assert shown_numbers({"Kolar": 5, "Hospet": 2}, 5, has_rest=True) == {"Kolar": 5}
    assert shown_numbers({"Kolar": 5, "Hospet": 6}, 5, has_rest=True) == {"Hospet": 6}
    assert shown_numbers({}, 5, has_rest=True) == {}


def test_spellings_that_differ_in_capitals_and_spaces_are_one_area_whichever_came_first():
    sources = used("kolar,  karnataka", range(2)) + used("Kolar, Karnataka", range(2, 4))
    assert only(sources) == only(sources[::-1])
    assert len(only(sources).areas) == 1


def test_without_names_there_are_only_countries_with_a_rest():
    found = only(used("Kolar", range(6)), AreaTerms(names=False, minimum=5))
    assert (found.areas, found.members, found.has_rest, dict(found.numbers)) == ((), 6, True, {})
