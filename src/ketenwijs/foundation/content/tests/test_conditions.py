"""Conditions weigh facts and say which comparisons decided."""

import pytest
from pydantic import ValidationError

from ketenwijs.foundation.content.conditions import Because, Condition, evaluate

FACTS = {"group": "c", "level": 3, "employees": 12, "abroad": True, "nothing": None}


def weigh(**condition):
    return evaluate(Condition.model_validate(condition), FACTS)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"fact": "group", "eq": "c"}, True),
        ({"fact": "group", "eq": "b"}, False),
        ({"fact": "abroad", "eq": True}, True),
        ({"fact": "level", "gte": 3}, True),
        ({"fact": "level", "gte": 4}, False),
        ({"fact": "employees", "lte": 12}, True),
        ({"fact": "employees", "lte": 11}, False),
        ({"fact": "group", "one_of": ["b", "c"]}, True),
        ({"fact": "group", "one_of": ["a"]}, False),
        ({"not": {"fact": "group", "eq": "a"}}, True),
        ({"all": [{"fact": "group", "eq": "c"}, {"fact": "level", "gte": 3}]}, True),
        ({"all": [{"fact": "group", "eq": "c"}, {"fact": "level", "gte": 4}]}, False),
        ({"any": [{"fact": "group", "eq": "a"}, {"fact": "level", "gte": 3}]}, True),
        ({"any": [{"fact": "group", "eq": "a"}, {"fact": "level", "gte": 4}]}, False),
    ],
)
def test_a_condition_weighs_the_facts(condition, holds):
    assert weigh(**condition).holds is holds


@pytest.mark.parametrize("fact", ["nothing", "never_heard_of"])
@pytest.mark.parametrize("comparison", [{"eq": "c"}, {"gte": 1}, {"lte": 1}, {"one_of": ["c"]}])
def test_an_unknown_fact_makes_its_comparison_false_and_never_an_error(fact, comparison):
    outcome = weigh(fact=fact, **comparison)
    assert not outcome.holds
    assert outcome.because[0].value is None


def test_the_reason_holds_the_fact_its_value_and_what_was_wanted():
    assert weigh(fact="level", gte=3).because == (Because("level", 3, "gte", 3, True),)


def test_only_the_parts_that_decided_are_given_as_reason():
    either = weigh(any=[{"fact": "group", "eq": "a"}, {"fact": "level", "gte": 3}])
    assert [one.fact for one in either.because] == ["level"]
    both = weigh(all=[{"fact": "group", "eq": "c"}, {"fact": "level", "gte": 4}])
    assert [one.fact for one in both.because] == ["level"]


def test_a_condition_names_every_fact_it_looks_at():
    condition = Condition.model_validate(
        {
            "all": [
                {"fact": "group", "eq": "c"},
                {"not": {"any": [{"fact": "level", "gte": 1}, {"fact": "abroad", "eq": True}]}},
            ]
        }
    )
    assert list(condition.facts()) == ["group", "level", "abroad"]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"fact": "level"},
        {"fact": "level", "gte": 1, "lte": 3},
        {"fact": "level", "gte": 1, "all": [{"fact": "group", "eq": "c"}]},
        {"gte": 1},
        {"all": []},
        {"all": [{"fact": "level", "gte": 1}], "any": [{"fact": "level", "gte": 1}]},
        {"fact": "level", "greater": 1},
    ],
)
def test_anything_else_than_one_comparison_or_one_combination_is_refused(wrong):
    with pytest.raises(ValidationError):
        Condition.model_validate(wrong)
