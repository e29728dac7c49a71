"""The pure outcome functions of the four families, from what is known about real instruments of each kind."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.frameworks import FrameworkFile, WeightedScore
from ketenwijs.domain.agreements.tests.factories import agreement_content, framework_content
from ketenwijs.domain.agreements.tests.instruments import (
    ACTIONS,
    GOALS,
    POLICY,
    TALKS,
    agreement,
    framework,
    weighted_score,
)
from ketenwijs.domain.assessments.instruments import INSTRUMENTS, instrument_for
from ketenwijs.domain.assessments.rules import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    TOGETHER,
    Case,
    Judged,
    Line,
    Participant,
    Place,
    average_of,
    declared_verdict,
    main_lines,
    propose_indicators,
    propose_score,
    shares_of,
    shown_groups,
    tally,
    tenths,
    verdict_of_points,
    weighted,
)

PARTS = {"policy": 15.0, "risks": 15.0, "goals": 40.0, "evaluation": 15.0, "talks": 15.0}
"""Five parts of which goals and actions weigh 40 %; the other weights are examples."""


def score(points, *, year=1, most=4, weights=PARTS, verdicts=None):
    """A proposal for one requirement per part, against the pass marks 20, 40 and 60 % of years 1, 2 and 3."""
    marks = WeightedScore.model_validate(weighted_score())
    verdicts = verdicts or {}
    judged = [
        Judged(part, 1, verdicts.get(part, MET), None if verdicts.get(part) == NOT_APPLICABLE else got)
        for part, got in points.items()
    ]
    return propose_score(
        judged,
        places={part: Place(part, most) for part in weights},
        weights=weights,
        mark=marks.pass_mark(year),
        best="enough",
        under_way="not_yet",
    )


@pytest.mark.parametrize(("year", "mark"), [(1, 20), (2, 40), (3, 60), (4, 60), (9, 60)])
def test_the_pass_mark_rises_from_20_to_40_to_60_per_cent_and_stays_there(year, mark):
    assert WeightedScore.model_validate(weighted_score()).pass_mark(year) == mark
    assert score(dict.fromkeys(PARTS, 4), year=year).wanted == mark


def test_goals_and_actions_weigh_forty_per_cent():
    only_goals = dict.fromkeys(PARTS, 0) | {"goals": 4}
    all_but_goals = dict.fromkeys(PARTS, 4) | {"goals": 0}
    assert score(only_goals).percent == 40
    assert score(all_but_goals).percent == 60
    assert score(only_goals, year=2).value == "enough"
    assert score(only_goals, year=3).value == "not_yet"
    assert score(all_but_goals, year=3).value == "enough"


@pytest.mark.parametrize(("year", "value"), [(1, "enough"), (2, "enough"), (3, "not_yet")])
def test_one_score_is_enough_in_one_year_and_not_in_a_later_one(year, value):
    half = score(dict.fromkeys(PARTS, 2), year=year)
    assert (half.percent, half.value, half.number) == (50, value, 50)
    assert half.because == ("mark_reached" if value == "enough" else "below_mark")


def test_a_score_just_below_the_mark_is_never_shown_as_reaching_it():
    weights = {"a": 100.0}
    judged = [Judged(f"r{n}", 1, MET, 5999 if n == 0 else 0) for n in range(1)]
    proposal = propose_score(
        judged, places={"r0": Place("a", 10000)}, weights=weights, mark=60, best="enough", under_way="not_yet"
    )
    assert (proposal.value, proposal.percent, proposal.number) == ("not_yet", 59.9, 59)


def test_a_third_of_three_parts_adds_up_exactly():
    weights = {"a": 33.3, "b": 33.3, "c": 33.4}
    proposal = score(dict.fromkeys(weights, 4), weights=weights)
    assert (proposal.percent, proposal.number) == (100, 100)


def test_what_does_not_apply_counts_neither_for_nor_against():
    proposal = score(dict.fromkeys(PARTS, 4), verdicts={"talks": NOT_APPLICABLE})
    assert proposal.percent == 100
    assert proposal.lines[-1] == Line("talks", 0, 0, None, 15.0)


def test_a_part_of_which_nothing_is_asked_leaves_its_weight_to_the_others_in_proportion():
    lines = (Line("goals", 2, 4, weight=40), Line("policy", 4, 4, weight=20), Line("talks", 0, 0, weight=40))
    assert weighted(lines) == Fraction(40 * 50 + 20 * 100, 60)
    assert weighted([Line("talks", 0, 0, weight=100)]) is None


def test_people_decide_when_points_are_missing_or_nothing_applies():
    missing = score({"policy": None, "goals": 4})
    assert (missing.value, missing.because, missing.short) == ("", "points_missing", ("policy",))
    nothing = score({"policy": 0}, verdicts={"policy": NOT_APPLICABLE})
    assert (nothing.value, nothing.because) == ("", "nothing_counts")


def test_an_average_of_66_per_cent_stays_below_a_target_of_80():
    target = WeightedScore.model_validate(weighted_score(pass_marks=[], target=80))
    assert [target.pass_mark(year) for year in (1, 3, 5)] == [80, 80, 80]
    scores = [(82.0, True), (74.0, False), (66.0, False), (58.0, False), (50.0, False)]
    average = average_of(scores)
    assert (average.base, average.percent, average.reached) == (5, 66, 1)
    assert average.percent < target.pass_mark(5)
    assert average_of([]).percent is None


@pytest.mark.parametrize(
    ("points", "enough", "verdict"),
    [(4, None, MET), (3, None, PARTLY), (0, None, NOT_MET), (2, 2, MET), (1, 2, PARTLY), (4, 9, MET)],
)
def test_the_verdict_follows_from_the_points(points, enough, verdict):
    assert verdict_of_points(points, 4, enough) == verdict


MAINS = {"policy": ("p1", "p2", "p3"), "reporting": ("r1", "r2")}


def verdicts(**given):
    return [Judged(code, 1, verdict) for code, verdict in given.items()]


def test_a_main_indicator_counts_only_when_all_its_parts_do():
    lines = main_lines(verdicts(p1=MET, p2=MET, p3=NOT_MET, r1=MET, r2=MET), MAINS)
    assert [(one.code, one.counts, one.reached, one.of) for one in lines] == [
        ("policy", False, 2, 3),
        ("reporting", True, 2, 2),
    ]


def test_a_part_that_does_not_apply_is_left_out_and_a_main_without_parts_neither_counts_nor_fails():
    lines = main_lines(verdicts(p1=MET, p2=MET, p3=NOT_APPLICABLE, r1=NOT_APPLICABLE), MAINS)
    assert [(one.counts, one.of) for one in lines] == [(True, 2), (None, 0)]


def test_partly_met_is_not_met_for_an_indicator():
    assert main_lines(verdicts(p1=PARTLY), {"policy": ("p1",)})[0].counts is False


def test_the_best_outcome_needs_every_main_indicator_that_applies():
    some = propose_indicators(
        verdicts(p1=MET, p2=MET, p3=NOT_MET, r1=MET, r2=MET), mains=MAINS, best="all", under_way="not_all"
    )
    assert (some.value, some.number, some.because) == ("not_all", 1, "some_mains_short")
    every = propose_indicators(verdicts(p1=MET, p2=MET, p3=MET), mains=MAINS, best="all", under_way="not_all")
    assert (every.value, every.number) == ("all", 1)
    nothing = propose_indicators([], mains=MAINS, best="all", under_way="not_all")
    assert (nothing.value, nothing.because) == ("", "nothing_counts")


def funds(*sizes_and_counts):
    return [Participant({"policy": counts}, Decimal(size)) for size, counts in sizes_and_counts]


def test_an_indicator_is_told_as_share_of_participants_and_as_share_of_capital():
    few_large = funds(*[(400, True)] * 3, *[(10, False)] * 9)
    share = shares_of(few_large, ["policy"], 3)[0]
    assert (share.met, share.base, share.percent) == (3, 12, 25)
    assert share.size_percent == tenths(Fraction(1200 * 100, 1290))
    assert share.size_percent == 93.0


def test_when_no_fund_is_positive_on_all_parts_both_shares_are_nothing():
    share = shares_of(funds(*[(100, False)] * 75), ["policy"], 10)[0]
    assert (share.percent, share.size_percent, share.base) == (0, 0, 75)


def test_too_few_participants_are_held_back_and_so_is_capital_that_could_be_worked_out():
    assert shares_of(funds((1, True), (2, False)), ["policy"], 3)[0].percent is None
    one_large = shares_of(funds((900, True), *[(10, False)] * 9), ["policy"], 3)[0]
    assert (one_large.percent, one_large.size_percent) == (10, None)
    unknown_size = [*funds(*[(10, True)] * 5), Participant({"policy": True}, None)]
    assert shares_of(unknown_size, ["policy"], 3)[0].size_percent is None


def test_an_indicator_that_does_not_apply_leaves_the_base():
    mixed = [*funds(*[(10, True)] * 4), Participant({"policy": None}, Decimal(10))]
    assert shares_of(mixed, ["policy"], 3)[0].base == 4


@pytest.mark.parametrize(
    ("value", "least", "verdict"),
    [
        ("yes", None, MET),
        ("no", None, NOT_MET),
        ("n/a", None, NOT_APPLICABLE),
        ("collective", 2, MET),
        (2, 2, MET),
        (1, 2, NOT_MET),
        (0, None, NOT_MET),
        ("Some words.", None, ""),
        (None, None, ""),
        (True, None, ""),
    ],
)
def test_a_small_participant_is_judged_on_its_own_statement(value, least, verdict):
    assert declared_verdict(value, least) == verdict


def test_small_groups_stand_together_and_take_the_next_one_when_they_are_still_too_few():
    assert shown_groups({"large": 40, "middle": 12, "small": 4}, 10) == {
        "large": "large",
        "middle": TOGETHER,
        "small": TOGETHER,
    }
    assert shown_groups({"large": 40, "a": 6, "b": 5}, 10) == {"large": "large", "a": TOGETHER, "b": TOGETHER}
    assert shown_groups({"large": 40, "middle": 12, "none": 0}, 10) == {"large": "large", "middle": "middle"}
    assert shown_groups({"only": 4}, 10) == {"only": TOGETHER}


def test_answers_are_only_counted_and_never_for_too_few():
    values = ["yes"] * 7 + ["no"] * 3 + ["n/a"] * 2
    told = tally("talks", values, minimum=10, least=None, counted=["yes", "no", "n/a"])
    assert (told.base, dict(told.answers), told.enough) == (12, {"yes": 7, "no": 3, "n/a": 2}, 70.0)
    few = tally("talks", values[:9], minimum=10, least=None, counted=["yes", "no", "n/a"])
    assert (few.base, dict(few.answers), few.enough) == (9, {}, None)


def test_free_text_is_never_told():
    told = tally("words", ["our secret"] * 20, minimum=3, least=None, counted=[])
    assert (dict(told.answers), told.enough) == ({}, None)


def case(family, judged, *, number=1, **changes):
    framework_file = FrameworkFile.model_validate(framework(family, **changes))
    scheme = AgreementFile.model_validate(agreement(family)).scheme(framework_file.scheme)
    return Case(framework_file, scheme, tuple(judged), report="full", number=number)


def test_each_family_has_one_instrument_and_the_edition_names_it():
    assert set(INSTRUMENTS) == {"requirement_list", "weighted_score", "indicator_tree", "self_assessment"}
    for family in ("weighted_score", "indicator_tree", "self_assessment"):
        assert instrument_for(FrameworkFile.model_validate(framework(family))).family == family
    assert instrument_for(FrameworkFile.model_validate(framework_content("second"))).family == "requirement_list"


def test_a_weighted_score_reads_weights_points_and_marks_from_the_edition():
    judged = [
        Judged(POLICY, 1, MET, 4),
        Judged(GOALS, 1, PARTLY, 1),
        Judged(ACTIONS, 1, NOT_MET, 0),
        Judged(TALKS, 1, NOT_MET, 0),
    ]
    here = case("weighted_score", judged, number=2)
    instrument = instrument_for(here.framework)
    proposal = instrument.propose(here)
    assert (proposal.percent, proposal.wanted, proposal.value) == (35.0, 40, "not_yet")
    assert instrument.number_for(here, "enough", proposal) == 35
    assert instrument.label(here.scheme, "not_yet", 35).endswith("(35 %)")
    assert instrument.propose(case("weighted_score", judged, number=1)).value == "enough"


def test_an_exception_gives_one_requirement_more_points_than_the_rubric():
    block = weighted_score(most_points=4, exceptions=[{"requirement": GOALS, "points": 10}])
    content = FrameworkFile.model_validate(framework("weighted_score", instrument=block))
    assert (content.most_points(GOALS), content.most_points(ACTIONS)) == (10, 4)
    judged = [Judged(GOALS, 1, MET, 10), Judged(ACTIONS, 1, NOT_MET, 0)]
    proposal = instrument_for(content).propose(case("weighted_score", judged, instrument=block))
    assert proposal.percent == tenths(Fraction(1000, 14))


def test_a_self_assessment_proposes_nothing_and_judges_nobody():
    here = case("self_assessment", [Judged(POLICY, 1, MET)])
    instrument = instrument_for(here.framework)
    assert not instrument.is_judged
    assert instrument.propose(here).value == ""
    assert here.framework.is_private


def test_advice_follows_from_the_answer_and_an_open_question_has_none():
    block = FrameworkFile.model_validate(framework("self_assessment")).instrument
    assert [str(text) for text in block.advice_for(POLICY, 1)] == ["Write one page. en"]
    assert block.advice_for(POLICY, 2) == []
    assert block.advice_for(POLICY, None) == []
    assert len(block.advice_for(TALKS, "no")) == 1
    assert block.advice_for(POLICY, False) == []


def test_grades_and_levels_come_out_as_before():
    definition = AgreementFile.model_validate(agreement_content())
    first = FrameworkFile.model_validate(framework_content("first"))
    second = FrameworkFile.model_validate(framework_content("second"))
    met, short = Judged("a", 1, MET), Judged("b", 1, PARTLY)
    colours, levels = definition.scheme("colours"), definition.scheme("levels")
    instrument = instrument_for(first)
    assert instrument.propose(Case(first, colours, (met,), "full", 3)).value == "green"
    orange = instrument.propose(Case(first, colours, (met, short), "full", 3))
    assert (orange.value, orange.number) == ("orange", 3)
    assert instrument.label(colours, "green", 3) == "green en 3"
    level = instrument_for(second).propose(Case(second, levels, (met,), "full", 2, held=1))
    assert (level.value, level.number) == ("l1", 1)
    assert instrument_for(second).label(levels, "l1", 1) == "level 1 en"
