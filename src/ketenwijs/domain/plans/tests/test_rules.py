"""The SMART check says what is missing in a sentence, and never refuses."""

from dataclasses import replace
from datetime import date

import pytest

from ketenwijs.domain.plans.rules import GoalFacts, share_fine, smart, words_not_for_the_public

TODAY, LATEST = date(2025, 10, 15), date(2028, 9, 30)
GOOD = GoalFacts(
    title="All workers of our quarry in Kolar have a contract",
    for_whom="quarry workers",
    indicator="share of workers with a contract",
    baseline="40%",
    target="100%",
    due_on=date(2026, 9, 30),
    owner="Head of buying",
    means="two visits",
    measures=1,
)


def letters(goal, latest=LATEST):
    return {one.letter: one for one in smart(goal, today=TODAY, latest=latest)}


def test_a_full_goal_is_fine_on_all_five_letters():
    assert share_fine(smart(GOOD, today=TODAY, latest=LATEST)) == (5, 5)
    assert list(letters(GOOD)) == ["S", "M", "A", "R", "T"]


@pytest.mark.parametrize(
    ("letter", "changes"),
    [
        ("S", {"title": "Better"}),
        ("S", {"for_whom": " "}),
        ("M", {"indicator": ""}),
        ("M", {"target": "everyone", "indicator": "contracts"}),
        ("A", {"baseline": ""}),
        ("A", {"baseline": " 100% "}),
        ("R", {"owner": ""}),
        ("R", {"measures": 0}),
        ("R", {"means": ""}),
        ("T", {"due_on": None}),
        ("T", {"due_on": date(2025, 10, 14)}),
        ("T", {"due_on": date(2028, 10, 1)}),
    ],
)
def test_one_gap_shows_at_its_letter_alone_with_advice(letter, changes):
    found = letters(replace(GOOD, **changes))
    assert [one.letter for one in found.values() if not one.fine] == [letter]
    assert str(found[letter].advice).strip()


def test_the_last_day_of_the_period_still_counts_and_no_known_last_day_bounds_nothing():
    assert letters(replace(GOOD, due_on=LATEST))["T"].fine
    assert letters(replace(GOOD, due_on=date(2040, 1, 1)), latest=None)["T"].fine
    assert letters(replace(GOOD, due_on=TODAY))["T"].fine


def test_an_empty_goal_gets_five_pieces_of_advice():
    assert share_fine(smart(GoalFacts(), today=TODAY, latest=None)) == (0, 5)


def test_names_of_suppliers_in_public_texts_are_found_as_whole_words_only():
    texts = {"introduction": "We buy from KOLAR STONE and others.", "policy": "Kolarstone is not meant."}
    assert words_not_for_the_public(texts, ["Kolar Stone", "Abc", "Nowhere Ltd"]) == [("introduction", "Kolar Stone")]
