"""The pages of the plan: doors, two people at once, publishing from the preview, and a plan page that stays cheap."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ketenwijs.domain.agreements.services import leave
from ketenwijs.domain.agreements.tests.factories import ROBOT
from ketenwijs.domain.plans import services
from ketenwijs.domain.plans.models import Goal, Plan
from ketenwijs.domain.plans.tests.access import ACCESS
from ketenwijs.domain.plans.tests.factories import (
    CANARY,
    NEXT_YEAR,
    YEAR,
    example_agreement,
    goal_values,
    measure_values,
    member,
    opened,
    sign_in,
    staff,
    started,
    with_goal,
    with_measure,
    worker,
)
from ketenwijs.domain.plans.urls import urlpatterns
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION
from ketenwijs.foundation.publishing.selectors import all_current

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    return member(example_agreement())


@pytest.fixture
def viewer(firm):
    return worker(firm.organisation, name="owner")


@pytest.fixture
def measure(viewer, firm):
    with fenced_for(viewer):
        return with_measure(viewer, with_goal(viewer, started(viewer, opened(viewer, firm))))


def address(name, firm, measure, year=YEAR, **more):
    pattern = next(one.pattern for one in urlpatterns if one.name == name)
    known = {"firm": firm.organisation.reference, "agreement": firm.agreement.slug, "year": year, **more}
    known["pk"] = measure.pk if "measure" in name and name != "new-measure" else measure.goal_id
    return reverse(f"plans:{name}", kwargs={key: known[key] for key in pattern.converters})


def posted(values, **changes):
    """What a browser sends for these values."""
    values = {**values, "country": ""} if "country" in values else values
    sent = {name: "on" if value is True else str(value) for name, value in values.items() if value is not False}
    return {**sent, **changes}


def test_every_page_stands_in_the_access_table():
    assert {row["url"] for row in ACCESS} == {f"plans:{one.name}" for one in urlpatterns}


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_each_role_opens_what_the_table_says_and_nothing_else(firm, client, row):
    name = row["url"].split(":")[1]
    for number, role in enumerate(roles.all_roles().values()):
        if role.scope == ORGANISATION:
            viewer = worker(firm.organisation, role.code)
        elif role.scope == AGREEMENT:
            viewer = staff(firm.agreement, role.code)
        else:
            continue
        with fenced_for(ROBOT):
            goal = with_goal(ROBOT, started(ROBOT, opened(ROBOT, firm)), title=f"Goal {number}")
            measure = with_measure(ROBOT, goal)
        page = address(name, firm, measure, NEXT_YEAR if name == "carry-over" else YEAR, **row["arguments"])
        sign_in(client, viewer)
        for method in row["methods"]:
            answer = client.generic(method, page).status_code
            if role.code in row["roles"]:
                assert answer == row["answer"], (role.code, method)
            else:
                assert answer in (302, 403, 404), (role.code, method)
        with unfenced(reason="test"):
            Plan.objects.update(state="draft")


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_another_firm_finds_nothing_and_changes_nothing(firm, measure, client, row):
    sign_in(client, worker(member(firm.agreement, "Other BV").organisation, name="other"))
    page = address(row["url"].split(":")[1], firm, measure, **row["arguments"])
    for method in row["methods"]:
        assert client.generic(method, page).status_code == 404
    with unfenced(reason="test"):
        assert Goal.objects.get().measures.get() == measure


def test_a_firm_that_left_reads_its_plan_but_finds_no_door_to_change_it(firm, measure, viewer, client):
    leave(actor=ROBOT, membership=firm, left_on=timezone.localdate(), reason="closed", version=firm.version)
    sign_in(client, viewer)
    assert client.get(address("plan", firm, measure)).status_code == 200
    for name in ("goal", "measure", "new-goal", "new-measure", "public-texts", "preview"):
        assert client.get(address(name, firm, measure)).status_code == 404, name
    for name in ("remove-goal", "remove-measure"):
        assert client.post(address(name, firm, measure)).status_code == 404, name
    with unfenced(reason="test"):
        assert Goal.objects.get().measures.exists()


@pytest.mark.parametrize("name", ["goal", "measure", "public-texts"])
def test_two_colleagues_at_once_the_second_sees_both_texts_and_can_save_again(firm, measure, viewer, client, name):
    sign_in(client, viewer)
    sent = {
        "goal": lambda text: posted(goal_values(note=text)),
        "measure": lambda text: posted(measure_values(result=text)),
        "public-texts": lambda text: {"public_introduction": text, "public_policy": "", "version": "1"},
    }[name]
    page = address(name, firm, measure)
    assert client.post(page, {**sent("The first words."), "version": "1"}).status_code == 302
    refused = client.post(page, {**sent("My own words."), "version": "1"})
    assert refused.status_code == 409
    assert b"The first words." in refused.content
    assert b"My own words." in refused.content
    kept = refused.context["form"]["version"].value()
    assert client.post(page, {**sent("Both joined."), "version": kept}).status_code == 302


def test_a_goal_without_its_title_keeps_what_was_typed(firm, measure, viewer, client):
    sign_in(client, viewer)
    page = client.post(address("new-goal", firm, measure), {"theme": "water", "note": "Long note", "version": "0"})
    assert page.status_code == 200
    assert b"Long note" in page.content


def test_extra_fields_of_a_goal_are_never_applied(firm, measure, viewer, client):
    sign_in(client, viewer)
    sent = posted(goal_values(), version="1", plan="99", state="published", published_on="2020-01-01")
    assert client.post(address("goal", firm, measure), sent).status_code == 302
    with unfenced(reason="test"):
        assert Goal.objects.get().plan.state == "draft"


def test_the_preview_holds_no_confidential_word_and_publishing_asks_to_have_read_it(firm, measure, viewer, client):
    with fenced_for(viewer):
        services.mark_ready(actor=viewer, plan=Plan.objects.select_related("agreement").get())
    sign_in(client, viewer)
    page = address("preview", firm, measure)
    assert CANARY.encode() not in client.get(page).content
    assert client.post(page, {"on": "2025-10-15"}).status_code == 200
    assert not all_current("plans.plan")
    assert client.post(page, {"on": "2025-10-15", "looked": "on"}).status_code == 302
    assert len(all_current("plans.plan")) == 1


def test_the_plan_page_costs_the_same_for_two_and_for_thirty_goals(
    firm, measure, viewer, client, django_assert_max_num_queries
):
    counts = []
    sign_in(client, viewer)
    client.get(address("plan", firm, measure))
    for number in (2, 30):
        with fenced_for(viewer):
            plan = Plan.objects.select_related("agreement", "organisation").get()
            while plan.goals.count() < number:
                with_measure(viewer, with_goal(viewer, plan))
        with django_assert_max_num_queries(20) as captured:
            assert client.get(address("plan", firm, measure)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1], counts
