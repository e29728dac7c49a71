"""Writing a plan: who may, what is refused, two people at once, and last year's unfinished work along."""

import pytest

from ketenwijs.domain.agreements.models import Membership
from ketenwijs.domain.agreements.tests.factories import ROBOT
from ketenwijs.domain.plans import part, services
from ketenwijs.domain.plans.models import Goal, Measure, Plan
from ketenwijs.domain.plans.selectors import goal_for, measure_for, plan_in, risks_without_goal
from ketenwijs.domain.plans.tests.factories import (
    NEXT_YEAR,
    add,
    example_agreement,
    goal_values,
    measure_values,
    member,
    opened,
    ready,
    staff,
    started,
    with_goal,
    with_measure,
    worker,
)
from ketenwijs.domain.risks.tests.factories import weigh
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    return member(example_agreement())


@pytest.fixture
def viewer(firm):
    somebody = worker(firm.organisation)
    with fenced_for(somebody):
        yield somebody


@pytest.fixture
def plan(viewer, firm):
    return started(viewer, opened(viewer, firm))


def events(name):
    return JournalEntry.objects.filter(event=name)


def test_there_is_one_plan_a_year_and_asking_again_makes_no_second(viewer, firm, plan):
    assert started(viewer, opened(viewer, firm)).pk == plan.pk
    assert events("plans.plan.started").count() == 1


def test_goals_and_measures_are_kept_in_order_with_a_journal_entry_each(viewer, plan):
    first, second = with_goal(viewer, plan, title="First"), with_goal(viewer, plan, title="Second")
    with_measure(viewer, first)
    assert [one.title for one in plan.goals.all()] == ["First", "Second"]
    assert second.position == 1
    assert (events("plans.goal.saved").count(), events("plans.measure.saved").count()) == (2, 1)


@pytest.mark.parametrize("name", ["plan", "plan_id", "state", "is_staff", "published_on"])
def test_fields_that_do_not_belong_to_a_goal_or_measure_are_refused(viewer, plan, name):
    goal = with_goal(viewer, plan)
    with pytest.raises(DomainError):
        services.save_goal(actor=viewer, plan=plan, values={**goal_values(), name: 1})
    with pytest.raises(DomainError):
        services.save_measure(actor=viewer, goal=goal, values={**measure_values(), name: 1})
    assert (Goal.objects.count(), Measure.objects.count()) == (1, 0)


def test_a_risk_of_another_firm_is_refused(viewer, firm, plan):
    stranger = worker(member(firm.agreement, "Other BV").organisation, name="stranger")
    with fenced_for(stranger):
        theirs = opened(stranger, stranger_membership(stranger))
        add(stranger, theirs)
        risk = weigh(stranger, opened(stranger, stranger_membership(stranger)))
    with pytest.raises(DomainError):
        with_goal(viewer, plan, risk=risk)


def stranger_membership(viewer):
    return Membership.objects.select_related("organisation", "agreement").get(organisation=viewer.acting_for)


def test_the_second_of_two_who_save_at_once_is_told_and_nothing_is_overwritten(viewer, plan):
    goal = with_goal(viewer, plan)
    measure = with_measure(viewer, goal)
    services.save_goal(actor=viewer, plan=plan, goal=goal, values=goal_values(title="Mine"), version=1)
    services.save_measure(actor=viewer, goal=goal, measure=measure, values=measure_values(what="Mine"), version=1)
    with pytest.raises(StaleVersion):
        services.save_goal(actor=viewer, plan=plan, goal=goal, values=goal_values(title="Theirs"), version=1)
    with pytest.raises(StaleVersion):
        services.save_measure(actor=viewer, goal=goal, measure=measure, values=measure_values(what="Theirs"), version=1)
    texts = {"actor": viewer, "plan": plan, "policy": ""}
    services.save_public_texts(**texts, introduction="Mine", version=1)
    with pytest.raises(StaleVersion):
        services.save_public_texts(**texts, introduction="Theirs", version=1)
    plan.refresh_from_db()
    assert (Goal.objects.get().title, Measure.objects.get().what, plan.public_introduction) == ("Mine", "Mine", "Mine")


def test_a_plan_is_ready_only_with_a_goal_and_a_measure_for_each(viewer, plan):
    with pytest.raises(DomainError, match="no goal yet"):
        services.mark_ready(actor=viewer, plan=plan)
    goal = with_goal(viewer, plan, title="Bare goal")
    with pytest.raises(DomainError, match="Bare goal"):
        services.mark_ready(actor=viewer, plan=plan)
    with_measure(viewer, goal)
    services.mark_ready(actor=viewer, plan=plan)
    assert Plan.objects.get().state == "ready"
    assert events("plans.plan.marked_ready").count() == 1


def test_a_ready_plan_is_changed_only_after_opening_it_again(viewer, firm):
    plan = ready(viewer, opened(viewer, firm))
    goal = plan.goals.get()
    acts = (
        lambda: with_goal(viewer, plan),
        lambda: with_measure(viewer, goal),
        lambda: services.remove_goal(actor=viewer, goal=goal),
        lambda: services.save_public_texts(actor=viewer, plan=plan, introduction="x", policy="", version=plan.version),
    )
    for act in acts:
        with pytest.raises(DomainError, match="ready"):
            act()
    services.reopen(actor=viewer, plan=plan)
    for act in (acts[0], acts[2]):
        act()
    assert events("plans.plan.reopened").count() == 1


def test_goals_and_measures_can_be_taken_out_and_the_journal_keeps_that(viewer, plan):
    goal = with_goal(viewer, plan)
    measure = with_measure(viewer, goal)
    services.remove_measure(actor=viewer, measure=measure)
    services.remove_goal(actor=viewer, goal=goal)
    assert not Goal.objects.exists()
    assert (events("plans.measure.removed").count(), events("plans.goal.removed").count()) == (1, 1)


def test_unfinished_goals_come_along_once_with_what_is_still_to_do(viewer, firm, plan):
    open_goal, done_goal = with_goal(viewer, plan, title="Open"), with_goal(viewer, plan, title="Done")
    with_measure(viewer, open_goal, what="to do")
    with_measure(viewer, open_goal, what="over", progress="done")
    with_measure(viewer, done_goal, progress="stopped")
    here = {"actor": viewer, "workspace": opened(viewer, firm, NEXT_YEAR), "from_year": plan.year}
    brought = services.carry_over(**here)
    services.carry_over(**here)
    (goal,) = brought.goals.all()
    assert (goal.title, goal.carried_from, [one.what for one in goal.measures.all()]) == ("Open", open_goal, ["to do"])
    assert events("plans.plan.carried_over").count() == 1


def test_hand_in_asks_for_a_goal_and_for_a_ready_plan(viewer, firm, plan):
    assert "no goal yet" in str(part.missing(opened(viewer, firm))[0].sentence)
    with_measure(viewer, with_goal(viewer, plan))
    assert "not marked as ready" in str(part.missing(opened(viewer, firm))[0].sentence)
    services.mark_ready(actor=viewer, plan=Plan.objects.get())
    assert part.missing(opened(viewer, firm)) == []


def test_a_risk_that_must_enter_the_plan_is_named_until_it_has_a_goal(viewer, firm, plan):
    add(viewer, opened(viewer, firm))
    own_harm = weigh(viewer, opened(viewer, firm), likelihood=4, involvement="cause")
    weigh(viewer, opened(viewer, firm), theme="child_labour", scale=1, scope=1, irremediability=1)
    assert [one.risk for one in risks_without_goal(opened(viewer, firm), [])] == [own_harm]
    goal = with_goal(viewer, plan, risk=own_harm)
    assert risks_without_goal(opened(viewer, firm), [goal]) == []


def test_only_the_firm_writes_and_only_it_and_its_secretariat_read(viewer, firm, plan):
    goal = with_goal(viewer, plan)
    measure = with_measure(viewer, goal)
    assessor = staff(firm.agreement, "assessor")
    stranger = worker(member(firm.agreement, "Other BV").organisation, name="stranger")
    for actor in (assessor, stranger):
        for act in (
            lambda: started(actor, opened(viewer, firm)),
            lambda: with_goal(actor, plan),
            lambda: with_measure(actor, goal),
            lambda: services.remove_goal(actor=actor, goal=goal),
            lambda: services.remove_measure(actor=actor, measure=measure),
            lambda: services.mark_ready(actor=actor, plan=plan),
            lambda: services.reopen(actor=actor, plan=plan),
        ):
            with pytest.raises(NotAllowed):
                act()
    with fenced_for(assessor):
        assert goal_for(assessor, goal.pk) == goal
        assert plan_in(opened(assessor, firm)) == plan
    with fenced_for(stranger):
        assert goal_for(stranger, goal.pk) is None
        assert measure_for(stranger, measure.pk) is None


def test_the_system_may_write_for_the_demonstration(firm):
    with fenced_for(ROBOT):
        assert started(ROBOT, opened(ROBOT, firm)).pk
