"""A firm in two agreements answers the same question once; nobody else learns what it told the other one."""

from __future__ import annotations

import pytest

from ketenwijs.domain.agreements.services import join, sync_agreements
from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, ROBOT, checked, framework_content
from ketenwijs.domain.agreements.workspaces import workspace_for
from ketenwijs.domain.questionnaires import selectors, services
from ketenwijs.domain.questionnaires.tests.factories import (
    DAY,
    POLICY,
    TRAINED,
    YEAR,
    agreement_with,
    framework,
    member,
    opened,
    picture,
    requirements,
    sign_in,
    staff,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.content.services import apply_checked

pytestmark = pytest.mark.django_db


def other_agreement(rungs=5):
    """Asks one of the same questions under a code of its own, and one of the same code that is not shared."""
    asked = [
        {**requirements()[0], "code": "our-policy", "shared": "due-diligence-policy"},
        {**requirements()[1], "code": TRAINED},
    ]
    shapes = framework("second", asked)
    shapes["rubric"] = shapes["rubric"][:rungs]
    about = {name: framework_content("second", OTHER_SLUG)[name] for name in ("identifier", "agreement")}
    result = checked(OTHER_SLUG, second={**shapes, **about})
    assert result.faults == []
    apply_checked(actor=ROBOT, result=result)
    return next(one for one in sync_agreements(actor=ROBOT) if one.slug == OTHER_SLUG)


def stone():
    mine = [{**requirements()[0], "shared": "due-diligence-policy"}, requirements()[1]]
    return agreement_with(second=framework("second", mine))


def firm_in_both(first, second):
    membership = member(first)
    joined = {"kind": "participant", "joined_on": membership.joined_on, "group": "C"}
    join(actor=ROBOT, agreement=second, organisation=membership.organisation, **joined)
    return membership


def there(viewer, membership, agreement):
    found = workspace_for(viewer, membership.organisation.reference, agreement.slug, YEAR, today=DAY)
    assert found is not None
    return found


def answered(viewer, membership):
    services.save_section(
        actor=viewer,
        workspace=opened(viewer, membership),
        answers={POLICY: ("3", "in the handbook", 0), TRAINED: ("yes", "", 0)},
    )


def questions_of(workspace):
    return {q.requirement.code: q for section in selectors.sections_in(workspace) for q in section.questions}


def test_what_was_answered_in_one_agreement_is_offered_in_the_other_and_waits_for_confirmation():
    first, second = stone(), other_agreement()
    membership = firm_in_both(first, second)
    viewer = worker(membership.organisation)
    with fenced_for(viewer):
        answered(viewer, membership)
        assert [q.requirement.code for q in selectors.can_come_along(there(viewer, membership, second))] == [
            "our-policy"
        ]
        assert services.carry_over(actor=viewer, workspace=there(viewer, membership, second)) == 1
        found = questions_of(there(viewer, membership, second))
    assert (found["our-policy"].answer.value, found["our-policy"].answer.explanation) == (3, "in the handbook")
    assert found["our-policy"].waits
    assert found[TRAINED].answer is None


def test_a_scale_of_another_length_brings_nothing_along():
    first, second = stone(), other_agreement(rungs=4)
    membership = firm_in_both(first, second)
    viewer = worker(membership.organisation)
    with fenced_for(viewer):
        answered(viewer, membership)
        assert selectors.can_come_along(there(viewer, membership, second)) == []


def test_the_secretariat_of_the_other_agreement_learns_nothing_of_it(client):
    first, second = stone(), other_agreement()
    membership = firm_in_both(first, second)
    viewer = worker(membership.organisation)
    with fenced_for(viewer):
        answered(viewer, membership)
    lead = staff(second)
    with fenced_for(lead):
        assert questions_of(there(lead, membership, second))["our-policy"].last is None
    sign_in(client, lead)
    page = client.get(f"/desk/answers/{membership.organisation.reference}/{second.slug}/{YEAR}/step/1/")
    assert page.status_code == 200
    assert "in the handbook" not in page.content.decode()


def test_the_page_says_for_which_agreement_it_was_answered(client, settings):
    settings.LANGUAGE_CODE = "en"
    first, second = stone(), other_agreement()
    membership = firm_in_both(first, second)
    viewer = worker(membership.organisation)
    with fenced_for(viewer):
        answered(viewer, membership)
    sign_in(client, viewer)
    page = client.get(f"/desk/answers/{membership.organisation.reference}/{second.slug}/{YEAR}/step/1/")
    words = page.content.decode()
    assert "For Slate example en (2024-2025): 3 – rung 3" in words


def test_a_file_handed_to_one_agreement_does_not_go_along_to_the_other():
    first, second = stone(), other_agreement()
    membership = firm_in_both(first, second)
    viewer = worker(membership.organisation)
    with fenced_for(viewer):
        answered(viewer, membership)
        services.attach_evidence(
            actor=viewer, workspace=opened(viewer, membership), requirement=POLICY, upload=picture(), note="dated"
        )
        services.carry_over(actor=viewer, workspace=there(viewer, membership, second))
        found = questions_of(there(viewer, membership, second))["our-policy"]
    assert found.answer.explanation == "in the handbook"
    assert found.files == ()
