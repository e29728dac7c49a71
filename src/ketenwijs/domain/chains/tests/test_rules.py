"""Pure rules of chains: rows to chains, coverage with its unknown part, differences, quarry areas."""

from decimal import Decimal

import pytest

from ketenwijs.domain.chains.rules import (
    FACTORY,
    QUARRY,
    AreaSource,
    AreaTerms,
    MappedChain,
    Place,
    PurchaseRow,
    Share,
    Step,
    combinations,
    coverage_of,
    difference_between,
    grouped,
    quarry_areas,
)


def chain(pk=1, *, tonnes="10", value=None, factory=True, quarry=True, country="IN", **changes):
    site = Place("factory", "Unit 1", "Jaipur", "IN")
    pit = Place("quarry", "Quarry 8", "Kolar", country)
    facts = {
        "pk": pk,
        "organisation": 1,
        "supplier": f"Supplier {pk}",
        "supplier_country": "IN",
        "material": "granite",
        "tonnes": None if tonnes is None else Decimal(tonnes),
        "value_eur": None if value is None else Decimal(value),
        "factory": Step(FACTORY, site if factory else None, "IN"),
        "quarry": Step(QUARRY, pit if quarry else None, country),
    }
    return MappedChain(**{**facts, **changes})


def row(number=1, *, supplier="Kolar Stone", tonnes="5", **changes):
    facts = {
        "key": f"Blad1!{number}",
        "sheet": "Blad1",
        "row": number,
        "supplier": supplier,
        "supplier_country": "IN",
        "country": "IN",
        "material": "granite",
        "material_as_written": "graniet",
        "tonnes": None if tonnes is None else Decimal(tonnes),
        "value_eur": None,
        "factory": "Unit 1",
        "factory_place": "Jaipur",
        "quarry": "Quarry 8",
        "quarry_place": "Kolar",
        "quarry_kind": "",
        "factory_kind": "",
        "asked_on": None,
    }
    return PurchaseRow(**{**facts, **changes})


def test_rows_of_the_same_way_become_one_chain_with_volumes_added_up():
    chains = grouped([row(1), row(2, supplier=" kolar  STONE "), row(3, quarry="Quarry 9")])
    assert [one.tonnes for one in chains] == [Decimal(10), Decimal(5)]
    assert [part["row"] for part in chains[0].rows] == [1, 2]


def test_an_unknown_weight_stays_visible_beside_the_known_sum():
    known, unknown = grouped([row(1), row(2, tonnes=None), row(3, supplier="Other", tonnes=None)])
    assert (known.tonnes, known.rows_without_tonnes) == (Decimal(5), 1)
    assert (unknown.tonnes, unknown.rows_without_tonnes) == (None, 1)


def test_an_unknown_quarry_is_another_chain_than_a_known_one():
    chains = grouped([row(1), row(2, quarry="", quarry_place="")])
    assert [one.quarry is None for one in chains] == [False, True]


def test_a_place_without_a_name_is_a_known_area():
    (only,) = grouped([row(1, quarry="")])
    assert (only.quarry.kind, only.quarry.name, only.quarry.is_area_only) == ("quarry_area", "Kolar", True)


def test_a_row_left_out_adds_nothing():
    assert grouped([row(1, left_out=True)]) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"supplier": " "}, "supplier_missing"),
        ({"tonnes": "10000000000"}, "amount_too_large"),
        ({"quarry": "x" * 201}, "name_too_long"),
    ],
)
def test_a_row_that_cannot_be_taken_over_says_why(changes, problem):
    assert row(**changes).problems == [problem]


def test_coverage_gives_numerator_and_denominator_and_counts_what_has_no_figure():
    chains = [
        chain(1, tonnes="30"),
        chain(2, tonnes="10", quarry=False),
        chain(3, tonnes=None, factory=False),
    ]
    coverage = coverage_of(chains)
    assert coverage.quarries.number == Share(Decimal(2), Decimal(3), 0)
    assert coverage.quarries.tonnes == Share(Decimal(30), Decimal(40), 1)
    assert coverage.factories.tonnes == Share(Decimal(40), Decimal(40), 1)
    assert coverage.quarries.tonnes.unknown == 10
    assert coverage.quarries.value == Share(Decimal(0), Decimal(0), 3)


def test_a_supplier_is_known_by_its_name_and_country():
    chains = [chain(1, tonnes="30"), chain(2, tonnes="10", supplier_country="")]
    assert coverage_of(chains).suppliers.number == Share(Decimal(1), Decimal(2), 0)
    assert coverage_of(chains).suppliers.tonnes == Share(Decimal(30), Decimal(40), 0)


def test_other_places_on_the_way_are_covered_among_the_chains_that_have_any():
    yard, port = Step("cobble_yard", Place("cobble_yard", "Yard", "Kota", "IN"), "IN"), Step("port", None, "IN")
    second_quarry = Step(QUARRY, None, "IN")
    chains = [
        chain(1, further=(yard,)),
        chain(2, tonnes="30", further=(yard, port)),
        chain(3, further=(second_quarry,)),
    ]
    assert coverage_of(chains).deeper.number == Share(Decimal(1), Decimal(2), 0)
    assert coverage_of(chains).deeper.tonnes == Share(Decimal(10), Decimal(40), 0)
    assert coverage_of(chains).quarries.number == Share(Decimal(2), Decimal(3), 0)


def test_a_percentage_is_rounded_down_and_absent_without_a_whole():
    assert Share(Decimal(1), Decimal(8)).percentage == 12
    assert Share(Decimal(1), Decimal(3)).percentage == 33
    assert Share(Decimal(0), Decimal(0)).percentage is None


def test_a_chain_of_which_some_rows_gave_no_weight_is_counted_apart():
    parts = ({"tonnes": "5"}, {"tonnes": None})
    assert coverage_of([chain(1, rows=parts), chain(2)]).partly_without_tonnes == 1


def test_as_an_addition_nothing_goes_and_as_the_whole_list_the_rest_goes():
    here = [chain(1), chain(2)]
    same_way = row(1, supplier="Supplier 1", tonnes="3")
    added = difference_between(here, grouped([same_way]), replace=False)
    whole = difference_between(here, grouped([same_way]), replace=True)
    assert ([one.tonnes for one in added.changed], added.gone, added.kept) == ([Decimal(13)], [], 1)
    assert ([one.tonnes for one in whole.changed], [one.pk for one in whole.gone]) == ([Decimal(3)], [2])


def test_the_same_figures_again_as_the_whole_list_change_nothing():
    found = difference_between([chain(1)], grouped([row(1, supplier="Supplier 1", tonnes="10")]), replace=True)
    assert (len(found.same), found.new, found.changed, found.gone) == (1, [], [], [])


def test_where_harm_may_arise_counts_the_factorys_country_and_falls_back_to_that_of_origin():
    stages = {"quarry": "extraction", "quarry_area": "extraction", "factory": "processing"}
    elsewhere = chain(1, country="BR", factory=True)
    unknown = chain(2, country="ZA", factory=False, material="marble")
    unknown = MappedChain(**{**unknown.__dict__, "factory": Step(FACTORY, None, "")})
    assert combinations([elsewhere, unknown], stages.get) == [
        ("BR", "granite", "extraction"),
        ("IN", "granite", "processing"),
        ("ZA", "marble", "extraction"),
        ("ZA", "marble", "processing"),
    ]


def test_areas_are_named_once_and_numbers_only_from_the_minimum_on():
    sources = [AreaSource(firm, "IN", "Kolar,  Karnataka", True) for firm in range(4)]
    sources += [AreaSource(1, "BR", "Bahia", True), AreaSource(4, "IN", "kolar, karnataka", True)]
    brazil, india = quarry_areas(sources, AreaTerms(names=True, minimum=5))
    assert (india.country, india.areas, india.members, india.has_rest) == (
        "IN",
        ("Kolar, Karnataka",),
        5,
        False,
    )
    assert (brazil.areas, brazil.members) == (("Bahia",), None)


def test_a_member_that_does_not_want_its_area_named_is_told_apart_from_unknown_by_nobody():
    hidden = quarry_areas([AreaSource(1, "IN", "Kolar", False)], AreaTerms(names=True, minimum=5))
    unknown = quarry_areas([AreaSource(1, "IN", "", True)], AreaTerms(names=True, minimum=5))
    assert hidden == unknown
    assert hidden[0].has_rest
    assert hidden[0].areas == ()


def test_where_the_agreement_names_no_areas_only_countries_are_listed():
    (india,) = quarry_areas([AreaSource(1, "IN", "Kolar", True)], AreaTerms(names=False, minimum=1))
    assert (india.areas, india.members, india.has_rest) == ((), 1, True)
