"""Public numbers: only totals from enough firms, worked out again from frozen inputs, without any name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.awareness import selectors, services
from ketenwijs.domain.awareness.publications import frozen_numbers, numbers_from
from ketenwijs.domain.awareness.rules import Announced, Named, numbers_of
from ketenwijs.domain.awareness.tests.factories import (
    CANARY,
    TODAY,
    example_agreement,
    fenced_for,
    filled_firms,
    member,
    staff,
    worker,
    year_of,
)
from ketenwijs.foundation.publishing.models import FrozenInputs, Publication
from ketenwijs.foundation.publishing.selectors import is_reproduced
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion


def rows(firms: int, sites: int = 1, confirmed: bool = True, languages: tuple[str, ...] = ("hi",)) -> list[Announced]:
    return [
        Announced(firm, firm * 100 + site, languages, confirmed)
        for firm in range(1, firms + 1)
        for site in range(sites)
    ]


def test_numbers_of_enough_firms_are_told():
    found = numbers_of(rows(3, sites=2), [Named(1, True, True), Named(2, True, False), Named(3, True, False)], 3)
    assert (found.sites, found.firms, found.in_code, found.confirmed) == (6, 3, 3, 100)
    assert found.on_website is None
    assert (found.languages, found.more_languages) == ((("hi", 6),), False)


def test_fewer_firms_hide_everything_but_zero():
    found = numbers_of(rows(2, sites=9), [], 3)
    assert (found.sites, found.firms, found.languages, found.more_languages) == (None, None, (), True)
    assert (found.in_code, found.on_website, found.confirmed) == (0, 0, None)
    assert numbers_of([], [], 3).sites == 0


def test_firms_of_one_holding_count_once():
    found = numbers_of(rows(3, sites=2), [Named(1, True, True)], 3, {1: 7, 2: 7})
    assert (found.sites, found.firms, found.languages, found.confirmed) == (None, None, (), None)
    assert numbers_of(rows(4), [], 3, {1: 7, 2: 7}).firms == 4


def test_a_language_of_few_firms_is_not_named():
    found = numbers_of([*rows(3), replace(rows(1)[0], languages=("ta",), site=999)], [], 3)
    assert [code for code, _sites in found.languages] == ["hi"]
    assert found.more_languages


def test_a_share_is_hidden_when_the_rest_points_at_few_firms():
    several = [*rows(4), replace(rows(1)[0], site=999, confirmed=False)]
    assert numbers_of(several, [], 3).confirmed is None
    assert (
        numbers_of([*rows(3), *[replace(one, site=one.site + 50, confirmed=False) for one in rows(3)]], [], 3).confirmed
        == 50
    )


def test_a_share_is_never_rounded_to_all_or_none():
    many = rows(3, sites=400)
    assert (
        numbers_of([*many, *[replace(one, site=one.site + 9000, confirmed=False) for one in rows(3)]], [], 3).confirmed
        == 99
    )
    none = [replace(one, confirmed=False) for one in many]
    assert numbers_of([*none, *[replace(one, site=one.site + 9000) for one in rows(3)]], [], 3).confirmed == 1


@pytest.fixture
def agreement(db):
    return example_agreement()


@pytest.fixture
def lead(agreement):
    return staff(agreement)


def publish(lead, agreement, **changes):
    with fenced_for(lead):
        return services.publish_numbers(
            actor=lead, agreement=agreement, year=year_of(agreement), today=TODAY, **changes
        )


def test_a_copy_holds_no_name_and_is_worked_out_again(agreement, lead):
    minimum = definition_of(agreement).publication.minimum_contributors
    filled_firms(agreement, minimum)
    copy = publish(lead, agreement)
    assert (copy.payload["sites"], copy.payload["firms"], copy.payload["confirmed"]) == (minimum * 2, minimum, 50)
    assert copy.payload["is_example"]
    assert copy.payload["languages"][0] == {
        "code": "kn", "name": {"nl": "Kannada", "fr": "kannada", "en": "Kannada"}, "sites": minimum * 2,
    }  # fmt: skip
    assert is_reproduced(copy) is True
    kept = json.dumps([copy.payload, FrozenInputs.objects.get(publication=copy).inputs])
    assert CANARY not in kept and "Voorbeeldfirma" not in kept


def test_one_firm_alone_gives_no_number_away(agreement, lead):
    filled_firms(agreement, 1)
    payload = publish(lead, agreement).payload
    assert [payload[name] for name in ("sites", "firms", "in_code", "on_website", "confirmed")] == [None] * 5
    assert payload["languages"] == [] and payload["more_languages"]


def test_an_empty_year_and_an_unseen_change_are_refused(agreement, lead):
    with pytest.raises(DomainError, match="nothing to publish"):
        publish(lead, agreement)
    filled_firms(agreement, 1)
    with pytest.raises(StaleVersion):
        publish(lead, agreement, seen="0" * 32)
    assert not Publication.objects.filter(kind="awareness.numbers").exists()


def test_only_the_lead_of_this_agreement_publishes(agreement):
    [membership] = filled_firms(agreement, 1)
    for viewer in (staff(agreement, "adviser"), staff(agreement, "steering_member"), worker(membership.organisation)):
        with pytest.raises(NotAllowed):
            publish(viewer, agreement)


def test_unknown_rules_are_not_guessed_and_those_of_before_still_work(agreement, lead):
    filled_firms(agreement, 1)
    with fenced_for(lead):
        sources = selectors.sources_of(lead, agreement, year_of(agreement))
    inputs = frozen_numbers(sources.announced, sources.named, sources.terms, TODAY)
    with pytest.raises(ValueError):
        numbers_from({**inputs, "rules": 99})
    before = {name: value for name, value in inputs.items() if name != "groups"}
    assert numbers_from({**before, "rules": 1}) == numbers_from(inputs)


def test_the_overview_shows_gaps_and_asks_the_same_number_of_questions_for_few_and_many(
    agreement, lead, django_assert_num_queries
):
    filled_firms(agreement, 3)
    for number, firms in ((3, 0), (15, 12)):
        for one in range(firms):
            member(agreement, f"Stille firma {one}")
        with fenced_for(lead), django_assert_num_queries(3):
            lines = selectors.overview(lead, agreement, year_of(agreement))
        assert len(lines) == number
        assert sum(line.is_gap for line in lines) == firms


def test_the_overview_is_for_staff_that_may_read_members(agreement):
    viewer = staff(agreement, "steering_member")
    with fenced_for(viewer):
        assert selectors.overview(viewer, agreement, year_of(agreement)) is None
        assert selectors.sources_of(viewer, agreement, year_of(agreement)) is None
