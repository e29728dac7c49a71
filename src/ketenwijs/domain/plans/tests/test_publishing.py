"""What becomes public: only what was written for the public, exactly as the preview shows it."""

import json
from datetime import date

import pytest

from ketenwijs.domain.plans import services
from ketenwijs.domain.plans.models import Goal, Measure, Plan
from ketenwijs.domain.plans.selectors import confidential_names_in, public_payload
from ketenwijs.domain.plans.services import GOAL_FIELDS, MEASURE_FIELDS
from ketenwijs.domain.plans.tests.factories import (
    CANARY,
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
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.publishing.selectors import as_of, history
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
DAY, EARLIER = date(2025, 10, 15), date(2025, 10, 14)
PUBLIC = {"theme", "country", "indicator", "baseline", "target", "due_on", "is_public", "public_title", "public_text"}


@pytest.fixture
def firm():
    return member(example_agreement())


@pytest.fixture
def viewer(firm):
    somebody = worker(firm.organisation)
    with fenced_for(somebody):
        yield somebody


def key(plan):
    return f"{plan.agreement.slug}/{plan.organisation.reference}/{plan.year}"


def text_of(payload):
    return json.dumps(payload.model_dump(mode="json"), ensure_ascii=False)


def test_every_field_of_goal_and_measure_is_either_public_on_purpose_or_holds_the_canary():
    goal = {name for name, value in goal_values().items() if CANARY in str(value)}
    tied = {"id", "position", "version"}
    assert {one.name for one in Goal._meta.fields} == PUBLIC | goal | tied | {"plan", "risk", "carried_from"}
    measure = {name for name, value in measure_values().items() if CANARY in str(value)}
    public = {"due_on", "progress", "is_public", "public_text"}
    assert {one.name for one in Measure._meta.fields} == public | measure | tied | {"goal", "influence"}


def test_no_confidential_field_reaches_the_public_copy(viewer, firm):
    plan = ready(viewer, opened(viewer, firm))
    Goal.objects.update(country="IN")
    text = text_of(public_payload(plan))
    assert CANARY not in text
    assert "join" not in text
    assert "Clean water at the quarries" in text
    assert "Meters are placed." in text


def test_a_goal_or_measure_not_marked_for_the_public_leaves_only_its_number(viewer, firm):
    plan = started(viewer, opened(viewer, firm))
    secret = {name: CANARY for name in GOAL_FIELDS if name not in ("risk", "country", "due_on", "is_public")}
    with_goal(viewer, plan, **secret, is_public=False)
    shown = with_goal(viewer, plan)
    hidden = {name: CANARY for name in MEASURE_FIELDS if name not in ("due_on", "is_public", "progress", "influence")}
    with_measure(viewer, shown, **hidden, is_public=False)
    payload = public_payload(plan)
    assert CANARY not in text_of(payload)
    assert (len(payload.goals), payload.goals_not_public, payload.goals[0].measures) == (1, 1, [])


def test_publishing_needs_a_ready_plan_with_something_to_read(viewer, firm):
    plan = started(viewer, opened(viewer, firm))
    with_measure(viewer, with_goal(viewer, plan, is_public=False))
    with pytest.raises(DomainError, match="No goal is marked"):
        services.publish(actor=viewer, plan=plan, on=DAY)
    with_goal(viewer, plan)
    with pytest.raises(DomainError):
        services.publish(actor=viewer, plan=plan, on=DAY)
    assert not history("plans.plan", key(plan)).exists()


def test_who_may_write_but_not_publish_is_refused_and_so_is_everybody_else(viewer, firm):
    plan = ready(viewer, opened(viewer, firm))
    stranger = worker(member(firm.agreement, "Other BV").organisation, name="stranger")
    for actor in (worker(firm.organisation, "company_user", name="user"), staff(firm.agreement), stranger):
        with pytest.raises(NotAllowed):
            services.publish(actor=actor, plan=plan, on=DAY)
    assert not history("plans.plan", key(plan)).exists()


def test_the_public_copy_is_what_the_preview_showed_and_stays_while_the_firm_writes_on(viewer, firm):
    plan = ready(viewer, opened(viewer, firm))
    shown = public_payload(plan).model_dump(mode="json")
    services.publish(actor=viewer, plan=plan, on=DAY)
    assert as_of("plans.plan", key(plan), DAY).payload == shown
    assert as_of("plans.plan", key(plan), EARLIER) is None
    assert (Plan.objects.get().state, Plan.objects.get().published_on) == ("published", DAY)
    assert JournalEntry.objects.get(event="plans.plan.published").detail.values["on"] == "2025-10-15"
    services.reopen(actor=viewer, plan=plan)
    goal = plan.goals.get()
    services.save_goal(
        actor=viewer, plan=plan, goal=goal, values=goal_values(public_title="Half written"), version=goal.version
    )
    assert as_of("plans.plan", key(plan), DAY).payload == shown


def test_names_of_own_suppliers_in_public_texts_are_pointed_out_before_publishing(viewer, firm):
    add(viewer, opened(viewer, firm))
    plan = started(viewer, opened(viewer, firm))
    with_goal(viewer, plan, public_text="Together with Kolar Stone Exports.")
    services.save_public_texts(actor=viewer, plan=plan, introduction="Stone.", policy="", version=plan.version)
    assert confidential_names_in(Plan.objects.get()) == [("goal 1", "Kolar Stone Exports")]
