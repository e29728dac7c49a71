"""How a finding reaches a draft: counted, held against the new minimum, or unknown; and the outcome as a range."""

import pytest

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.agreements.frameworks import FrameworkFile
from ketenwijs.domain.agreements.tests import instruments
from ketenwijs.domain.agreements.tests.factories import agreement_content, framework_content, words
from ketenwijs.domain.assessments.simulation.mapping import Before, mapped, rules_between
from ketenwijs.domain.assessments.simulation.outcomes import Member, Simulator

RUBRIC = [{"value": n, "name": words(f"rung {n}")} for n in range(5)]
LEVELS, COLOURS = "levels", "colours"


def asked(code, **more):
    about = {"code": code, "substep": "1.1", "title": words(f"Title of {code}"), "answer": "scale"}
    return {**about, "asked_from": 1, "minimum": 2, **more}


def edition(requirements, version="1", term="second", **more):
    return FrameworkFile.model_validate(
        framework_content(term, version=version, rubric=RUBRIC, requirements=requirements, **more)
    )


def one(before, after, finding=None, facts=None, **more):
    """The verdicts at worst and best of the last requirement of `after`."""
    rules = rules_between(edition(before), edition(after, version="2", **more))
    found = mapped(rules[after[-1]["code"]], finding, facts or {})
    return found.worst.verdict, found.best.verdict, found.how


UNKNOWN = ("not_met", "met", "unknown")


@pytest.mark.parametrize("verdict", ["met", "partly", "not_met", "not_applicable"])
def test_a_requirement_that_stayed_the_same_keeps_its_finding(verdict):
    assert one([asked("a")], [asked("a")], Before(verdict, value=0)) == (verdict, verdict, "carried")


@pytest.mark.parametrize(("value", "verdict"), [(4, "met"), (3, "met"), (2, "partly"), (0, "not_met")])
def test_a_raised_minimum_is_held_against_the_answer_as_handed_in(value, verdict):
    found = one([asked("a")], [asked("a", minimum=3)], Before("met", value=value))
    assert found == (verdict, verdict, "recomputed")


@pytest.mark.parametrize("value", ["collective", "n/a", None, True])
def test_an_answer_in_words_says_nothing_about_a_raised_minimum(value):
    assert one([asked("a")], [asked("a", minimum=3)], Before("met", value=value)) == UNKNOWN


def test_what_fell_short_of_less_falls_short_of_more():
    assert one([asked("a")], [asked("a", minimum=3)], Before("partly", value=4)) == ("partly", "partly", "carried")


def test_a_lowered_minimum_keeps_what_was_met_and_leaves_the_rest_to_people():
    lower = [asked("a", minimum=1)]
    assert one([asked("a")], lower, Before("met", value=2)) == ("met", "met", "carried")
    assert one([asked("a")], lower, Before("partly", value=1)) == UNKNOWN
    assert one([asked("a")], lower, Before("not_met", value=0)) == ("not_met", "not_met", "carried")


def test_stricter_by_its_words_alone_is_unknown_unless_it_fell_short_already():
    before, after = edition([asked("a")], term="first"), None
    said = {"same_as": {"requirement": "a", "change": "stricter"}}
    after = edition([asked("a", **said)], replaces=before.identifier)
    rule = rules_between(before, after)["a"]
    found = mapped(rule, Before("met", value=4), {})
    assert (found.worst.verdict, found.best.verdict, found.how) == UNKNOWN
    assert mapped(rule, Before("partly", value=4), {}).best.verdict == "partly"


def test_new_and_split_requirements_are_unknown_and_what_does_not_apply_stays_so():
    assert one([asked("a")], [asked("a"), asked("b")]) == UNKNOWN
    before = edition([asked("whole")], term="first")
    parts = [asked(f"half-{n}", same_as={"requirement": "whole", "change": "split"}) for n in (1, 2)]
    rule = rules_between(before, edition(parts, replaces=before.identifier))["half-2"]
    assert mapped(rule, Before("met", value=4), {}).worst.verdict == "not_met"
    assert mapped(rule, Before("met", value=4), {}).best.verdict == "met"
    assert mapped(rule, Before("not_applicable"), {}).best.verdict == "not_applicable"


def test_a_requirement_that_was_not_judged_last_round_is_unknown():
    assert one([asked("a")], [asked("a")]) == UNKNOWN


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"chains.share": 0.8}, ("met", "met", "recomputed")),
        ({"chains.share": 0.2}, ("not_met", "not_met", "recomputed")),
        ({}, UNKNOWN),
        ({"chains.share": None}, UNKNOWN),
        ({"chains.share": True}, UNKNOWN),
    ],
)
def test_a_figure_from_the_members_own_data_is_held_against_its_minimum(facts, expected):
    assert one([], [asked("a", answer="fact", fact="chains.share", minimum=0.5)], facts=facts) == expected


def score(version="1", **changes):
    return FrameworkFile.model_validate(instruments.framework("weighted_score", version=version, **changes))


def points(before, after, finding):
    found = mapped(rules_between(before, after)["policy"], finding, {})
    return found.worst.points, found.best.points, found.how


def test_points_stay_where_as_many_can_be_had_and_are_a_range_elsewhere():
    block = instruments.weighted_score(most_points=10)
    assert points(score(), score("2"), Before("met", 3)) == (3, 3, "carried")
    assert points(score(), score("2", instrument=block), Before("met", 3)) == (2, 10, "unknown")
    assert points(score(), score("2", instrument=block), Before("not_met", 0)) == (0, 0, "carried")
    assert points(score(), score("2", instrument=block), None) == (0, 10, "unknown")


def test_under_a_raised_minimum_points_stay_and_the_verdict_follows_from_them():
    raised = [{**one.model_dump(mode="json", exclude_none=True), "minimum": 4} for one in score().requirements]
    found = mapped(rules_between(score(), score("2", requirements=raised))["policy"], Before("met", 3), {})
    assert (found.worst.points, found.worst.verdict, found.how) == (3, "partly", "recomputed")


def scheme(code):
    return OutcomeScheme.model_validate(next(s for s in agreement_content()["schemes"] if s["code"] == code))


def somebody(**changes):
    about = {
        "pk": 1, "name": "A", "kind": "full", "group": "C", "membership_year": 3, "level": 1, "target": 2,
        "present": ("l2", 2),
    }  # fmt: skip
    return Member(**{**about, **changes})


LADDER = [asked("one"), asked("two", asked_from=2), asked("three", asked_from=3)]
ALL_MET = {"one": ("met", None), "two": ("met", None), "three": ("met", None)}


def test_the_same_edition_gives_the_same_outcome():
    simulator = Simulator(edition(LADDER), edition(LADDER), scheme(LEVELS))
    found = simulator.work_out(somebody(), ALL_MET, {}, {})
    assert (found.worst, found.best, found.unknown) == (("l2", 2), ("l2", 2), 0)


def test_unknown_findings_give_a_range_and_are_counted():
    after = edition([*LADDER, asked("fresh", asked_from=2)], version="2")
    simulator = Simulator(edition(LADDER), after, scheme(LEVELS))
    found = simulator.work_out(somebody(), ALL_MET, {}, {})
    assert (found.worst, found.best) == (("l1", 1), ("l2", 2))
    assert (found.carried, found.recomputed, found.unknown, found.is_sure) == (2, 0, 1, False)
    assert simulator.asked["fresh"].known["unknown"] == 1


def test_leaving_the_level_held_aside_lets_the_findings_speak_for_themselves():
    held = Simulator(edition(LADDER), edition(LADDER, version="2"), scheme(LEVELS))
    fresh = Simulator(edition(LADDER), edition(LADDER, version="2"), scheme(LEVELS), fresh=True)
    assert held.work_out(somebody(), ALL_MET, {}, {}).best == ("l2", 2)
    assert fresh.work_out(somebody(), ALL_MET, {}, {}).worst == ("l3", 3)
    judged = {code: ALL_MET[code] for code in ("one", "two")}
    found = fresh.work_out(somebody(), judged, {}, {})
    assert (found.worst, found.best) == (("l2", 2), ("l3", 3))
    short = {**ALL_MET, "one": ("partly", None)}
    assert fresh.work_out(somebody(), short, {}, {}).best == ("", None)


def test_a_present_number_becomes_the_level_held_only_where_the_agreement_has_such_a_rule():
    before = edition(LADDER, term="first", scheme=COLOURS)
    after = edition(LADDER, replaces=before.identifier)
    green = somebody(level=None, present=("green", 2), target=2)
    without = Simulator(before, after, scheme(LEVELS), was=scheme(COLOURS)).work_out(green, ALL_MET, {}, {})
    assert without.best == ("l1", 1)
    content = agreement_content()["start_values"][0]
    ruled = Simulator(before, after, scheme(LEVELS), was=scheme(COLOURS), start=content).work_out(
        green, ALL_MET, {}, {}
    )
    assert ruled.best == ("l3", 3)


def test_a_plan_only_year_keeps_the_level_held_or_leaves_it_to_people():
    plan = [asked("one", plan=True), asked("two", asked_from=2)]
    simulator = Simulator(edition(plan), edition(plan, version="2"), scheme(LEVELS))
    planned = somebody(kind="plan_only", level=3, target=3)
    assert simulator.work_out(planned, {"one": ("met", None)}, {}, {}).best == ("l3", 3)
    assert simulator.work_out(planned, {"one": ("partly", None)}, {}, {}).best == ("", None)


def test_from_levels_to_a_grade_the_membership_year_is_judged():
    after = edition(LADDER, version="2", scheme=COLOURS)
    found = Simulator(edition(LADDER), after, scheme(COLOURS), was=scheme(LEVELS)).work_out(somebody(), ALL_MET, {}, {})
    assert found.best == ("green", 3)


def test_conditions_are_weighed_with_the_figures_as_handed_in():
    far = asked("far", when={"fact": "chains.non_eea", "gte": 1})
    simulator = Simulator(edition([asked("one")]), edition([asked("one"), far], version="2"), scheme(LEVELS))
    assert simulator.needs_facts
    assert simulator.answers_needed == []
    assert simulator.work_out(somebody(), {"one": ("met", None)}, {}, {"chains.non_eea": 0}).unknown == 0
    assert simulator.work_out(somebody(), {"one": ("met", None)}, {}, {"chains.non_eea": 2}).unknown == 1
