"""The four instrument families in content: a right sample each, and one bad sample per check."""

from __future__ import annotations

import copy

import pytest

from ketenwijs.domain.agreements.frameworks import FrameworkFile, RequirementList
from ketenwijs.domain.agreements.tests.factories import checked, framework_content, words
from ketenwijs.domain.agreements.tests.instruments import (
    ACTIONS,
    GOALS,
    POLICY,
    TALKS,
    agreement,
    framework,
    indicator_tree,
    scheme,
    self_assessment,
    weighted_score,
)
from ketenwijs.foundation.content.parsing import parse

FAMILIES = ("weighted_score", "indicator_tree", "self_assessment")


def faults(family, content=None, **agreed):
    return checked(agreement=agreement(family, **agreed), second=content or framework(family)).faults


def codes(family, content=None, **agreed):
    return {fault.code for fault in faults(family, content, **agreed)}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_right_sample_of_each_family_has_no_fault(family):
    assert [str(fault) for fault in faults(family)] == []


def test_a_framework_without_an_instrument_is_a_requirement_list():
    content = FrameworkFile.model_validate(framework_content("second"))
    assert content.instrument == RequirementList()
    assert not content.is_private
    assert content.most_points("second-policy") == 0


MARKS = [{"from_year": 1, "percent": 40}, {"from_year": 2, "percent": 20}]
TWICE = [{"from_year": 2, "percent": 20}, {"from_year": 2, "percent": 40}]


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"weights": [{"step": step, "percent": 33} for step in ("1", "2", "3")]}, "weights", "instrument.weights"),
        (
            {"weights": [{"step": "1", "percent": 60}, {"step": "2", "percent": 40}]},
            "weights",
            "requirements[3].substep",
        ),
        (
            {"weights": [{"step": step, "percent": 25} for step in ("1", "2", "3", "4")]},
            "unknown_step",
            "instrument.weights[3].step",
        ),
        (
            {"weights": [{"step": step, "percent": 25} for step in ("1", "2", "3", "3")]},
            "duplicate_code",
            "instrument.weights[3].step",
        ),
        ({"pass_marks": MARKS}, "pass_mark", "instrument.pass_marks[1].percent"),
        ({"pass_marks": TWICE}, "pass_mark", "instrument.pass_marks[1].from_year"),
        ({"pass_marks": []}, "pass_mark", "instrument"),
        ({"target": 80}, "pass_mark", "instrument"),
        (
            {"exceptions": [{"requirement": "ghost", "points": 3}]},
            "unknown_requirement",
            "instrument.exceptions[0].requirement",
        ),
    ],
)
def test_each_fault_of_a_weighted_score_is_named_at_its_place(changes, code, path):
    content = framework("weighted_score", instrument=weighted_score(**changes))
    found = [(fault.code, fault.path) for fault in faults("weighted_score", content)]
    assert found == [(code, path)]


def test_points_need_a_scale_or_a_stated_maximum():
    flat = [{"value": 0, "name": words("nothing")}]
    content = framework("weighted_score", rubric=flat)
    for one in content["requirements"]:
        one.pop("minimum", None)
    assert codes("weighted_score", content) == {"points"}
    assert codes("weighted_score", {**content, "instrument": weighted_score(most_points=10)}) == set()


def tree(**changes):
    return framework("indicator_tree", instrument=indicator_tree(**changes))


def mains(*parts):
    return [{"code": f"m{n}", "name": words("m"), "parts": list(codes)} for n, codes in enumerate(parts)]


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        (
            {"mains": mains([POLICY, GOALS, ACTIONS, TALKS, "ghost"])},
            "unknown_requirement",
            "instrument.mains[0].parts[4]",
        ),
        (
            {"mains": mains([POLICY, GOALS, ACTIONS], [TALKS, POLICY])},
            "two_mains",
            "instrument.mains[1].parts[1]",
        ),
        ({"mains": mains([POLICY, GOALS, ACTIONS])}, "no_main", "requirements[3].code"),
        ({"mains": mains([POLICY, GOALS, ACTIONS, TALKS], [])}, "no_parts", "instrument.mains[1].parts"),
        ({"size": None}, "measure", "instrument"),
        ({"measures": ["participants"]}, "measure", "instrument"),
        (
            {"evidence": [{"group": "Z", "proof": "needed", "source": "test"}]},
            "unknown_group",
            "instrument.evidence[0].group",
        ),
        (
            {"reference_dates": [{"year": "1999", "on": "1999-12-31", "source": "test"}]},
            "unknown_year",
            "instrument.reference_dates[0].year",
        ),
    ],
)
def test_each_fault_of_an_indicator_tree_is_named_at_its_place(changes, code, path):
    found = [(fault.code, fault.path) for fault in faults("indicator_tree", tree(**changes))]
    assert found == [(code, path)]


def test_a_goal_about_something_that_is_not_measured_is_refused():
    block = indicator_tree(measures=["participants"], size=None)
    block["mains"][1]["goal"] = {**block["mains"][1]["goal"], "of": "size"}
    assert codes("indicator_tree", framework("indicator_tree", instrument=block)) == {"measure"}


@pytest.mark.parametrize(
    ("changed", "code", "path"),
    [
        ({"requirement": "ghost"}, "unknown_requirement", "instrument.advice[0].requirement"),
        ({"answers": [7]}, "answers", "instrument.advice[0].answers[0]"),
        ({"answers": ["yes"]}, "answers", "instrument.advice[0].answers[0]"),
        ({"answers": []}, "answers", "instrument.advice[0].answers"),
    ],
)
def test_each_fault_of_advice_is_named_at_its_place(changed, code, path):
    block = self_assessment()
    block["advice"][0] = {**block["advice"][0], **changed}
    found = [(f.code, f.path) for f in faults("self_assessment", framework("self_assessment", instrument=block))]
    assert found == [(code, path)]


def test_a_missing_language_is_named_where_it_is_missing():
    block = copy.deepcopy(self_assessment())
    del block["advice"][1]["text"]["fr"]
    found = faults("self_assessment", framework("self_assessment", instrument=block))
    assert ("translation", "instrument.advice[1].text.fr") in {(fault.code, fault.path) for fault in found}
    assert next(fault for fault in found if fault.code == "translation").line > 1


def test_a_bare_no_is_a_boolean_and_is_refused():
    block = self_assessment()
    block["advice"][1] = {**block["advice"][1], "answers": [False]}
    found = faults("self_assessment", framework("self_assessment", instrument=block))
    assert "instrument.advice[1].answers[0]" in {fault.path for fault in found}


def test_totals_of_fewer_than_three_are_refused():
    block = self_assessment(aggregate={"by": "group", "minimum": 2})
    assert "shape" in codes("self_assessment", framework("self_assessment", instrument=block))


@pytest.mark.parametrize("family", FAMILIES)
def test_an_instrument_needs_a_scheme_of_its_own_kind(family):
    assert codes(family, framework(family, scheme="levels")) == {"scheme_kind"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (scheme("none", published="participant"), "published"),
        (scheme("none", outcomes=scheme("score")["outcomes"]), "outcomes"),
        (scheme("score", best=""), "outcomes"),
        (scheme("indicators", outcomes=[]), "outcomes"),
    ],
)
def test_a_scheme_that_contradicts_its_kind_is_refused(wrong, code):
    content = agreement("weighted_score")
    content["schemes"] = [one for one in content["schemes"] if one["code"] != wrong["code"]] + [wrong]
    found = checked(agreement=content, second=framework("weighted_score")).faults
    assert code in {fault.code for fault in found if fault.file.endswith("agreement.yaml")}


def test_the_answers_are_always_handed_in_and_a_fact_needs_its_part():
    assert codes("weighted_score", framework("weighted_score", parts=["plan"])) == {"parts"}
    assert codes("weighted_score", framework("weighted_score", parts=["answers", "answers"])) == {"duplicate_code"}
    content = framework("weighted_score")
    content["requirements"][3] = {
        **content["requirements"][3],
        "answer": "fact",
        "fact": "chains.coverage.factories.share",
    }
    assert codes("weighted_score", content) == {"fact"}
    assert codes("weighted_score", {**content, "parts": ["chains", "answers"]}) == set()


def test_a_name_that_yaml_takes_for_a_boolean_stays_a_name():
    assert list(parse("on: 2025-06-30\nyes: 1\n", "a.yaml").data) == ["on", "yes"]
