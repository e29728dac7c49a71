"""Workspaces: who may open one, what is owed there, and how long a firm that left still reads."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ketenwijs.domain.agreements import services
from ketenwijs.domain.agreements.parts import Missing, Part, all_parts, facts_of, missing_of, parts_for
from ketenwijs.domain.agreements.selectors import (
    agreement_for,
    agreements_of,
    organisations_seen_by,
    report_year_of,
    standing_of,
    working_year,
)
from ketenwijs.domain.agreements.tests.factories import (
    OTHER_SLUG,
    ROBOT,
    company,
    example_agreement,
    member,
    staff,
    worker,
)
from ketenwijs.domain.agreements.workspaces import ensure_writable, workspace_for, workspaces_of
from ketenwijs.foundation.access.fence import organisations_within
from ketenwijs.foundation.ui.errors import NotAllowed

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 15)


@pytest.fixture
def agreement():
    return example_agreement()


def open_it(viewer, membership, year="2024-2025", today=DAY):
    return workspace_for(viewer, membership.organisation.reference, membership.agreement.slug, year, today=today)


def test_a_firm_opens_its_own_workspace_and_may_write_in_it(agreement):
    membership = member(agreement)
    workspace = open_it(worker(membership.organisation), membership)
    assert workspace.is_own
    assert not workspace.read_only
    assert (workspace.duty.report, workspace.group, workspace.membership_year) == ("full", "C", 5)
    assert workspace.url_parts == {
        "firm": membership.organisation.reference,
        "agreement": agreement.slug,
        "year": "2024-2025",
    }
    assert workspace.previous_year.code == "2023-2024"
    ensure_writable(workspace)


def test_staff_of_the_agreement_read_and_never_write(agreement):
    workspace = open_it(staff(agreement, "assessor"), member(agreement))
    assert workspace.read_only
    with pytest.raises(NotAllowed):
        ensure_writable(workspace)


def test_foreign_and_absent_look_the_same(agreement):
    membership = member(agreement)
    outsider = worker(company("Other firm"))
    assert open_it(outsider, membership) is None
    assert open_it(staff(example_agreement(OTHER_SLUG)), membership) is None
    assert open_it(staff(agreement, "steering_member"), membership) is None
    assert workspace_for(outsider, "nonesuch", agreement.slug, "2024-2025", today=DAY) is None
    assert open_it(worker(membership.organisation), membership, year="1999-2000") is None


def test_an_authority_that_takes_part_reads_the_agreement_and_has_no_workspace(agreement):
    city = company("Voorbeeldstad", kind="authority", subkind="municipality")
    membership = services.join(
        actor=ROBOT, agreement=agreement, organisation=city, kind="authority", joined_on=date(2020, 1, 1)
    )
    viewer = worker(city, "authority_user")
    assert agreements_of(viewer) == [agreement]
    assert workspaces_of(viewer, DAY) == []
    assert open_it(viewer, membership) is None


def test_no_workspace_before_joining_or_for_years_after_leaving(agreement):
    membership = member(agreement, joined_on=date(2021, 1, 1))
    viewer = staff(agreement)
    assert open_it(viewer, membership, "2019-2020") is None
    services.leave(actor=ROBOT, membership=membership, left_on=date(2023, 1, 31), reason="closed")
    assert open_it(viewer, membership, "2022-2023") is not None
    assert open_it(viewer, membership, "2023-2024") is None


def test_a_firm_that_left_reads_for_the_appeal_term_and_then_no_more(agreement):
    membership = member(agreement)
    viewer = worker(membership.organisation)
    left_on = date(2025, 3, 1)
    services.leave(actor=ROBOT, membership=membership, left_on=left_on, reason="own_choice")
    last = left_on + timedelta(days=42)
    workspace = open_it(viewer, membership, today=last)
    assert workspace.read_only
    with pytest.raises(NotAllowed):
        ensure_writable(workspace)
    assert open_it(viewer, membership, today=last + timedelta(days=1)) is None
    assert workspaces_of(viewer, last + timedelta(days=1)) == []
    assert agreements_of(viewer, last) == [agreement]
    assert agreements_of(viewer, last + timedelta(days=1)) == []
    assert open_it(staff(agreement), membership, today=last + timedelta(days=1)) is not None


def test_opening_a_workspace_takes_three_queries(agreement, django_assert_num_queries):
    membership = member(agreement)
    viewer = worker(membership.organisation)
    open_it(viewer, membership)
    with django_assert_num_queries(3):
        open_it(viewer, membership)


def test_the_current_workspace_is_the_one_whose_round_is_open(agreement):
    viewer = worker(member(agreement).organisation)
    assert [one.year.code for one in workspaces_of(viewer, date(2025, 10, 15))] == ["2024-2025"]
    assert [one.year.code for one in workspaces_of(viewer, date(2025, 12, 15))] == ["2025-2026"]
    assert [one.year.code for one in workspaces_of(viewer, date(2026, 9, 30))] == ["2025-2026"]
    assert working_year(agreement, date(2023, 1, 15)).code == "2022-2023"
    assert report_year_of(agreement, date(2019, 1, 1)) is None


def test_a_year_without_a_round_says_why(agreement):
    workspace = open_it(staff(agreement), member(agreement), "2022-2023")
    assert workspace.duty.report == "none"
    assert workspace.year.reason["nl"] == "no round nl"


def test_year_n_of_the_first_scheme_becomes_level_n_in_the_second(agreement):
    membership = member(agreement)
    services.set_level(
        actor=ROBOT,
        membership=membership,
        scheme="colours",
        value="green",
        number=3,
        since=date(2022, 12, 1),
        reason="met",
        report_year="2021-2022",
    )
    first, second = (open_it(staff(agreement, name=f"lead{n}"), membership, f"{n}-{n + 1}") for n in (2023, 2024))
    assert (first.level, first.level_value, first.duty.report, first.target) == (3, "l3", "plan_only", 4)
    assert (second.duty.report, second.target) == ("full", 4)


def test_the_group_of_the_year_is_the_one_at_its_end(agreement):
    membership = member(agreement, group="A")
    services.set_group(actor=ROBOT, membership=membership, group="B", since=date(2025, 2, 1))
    viewer = staff(agreement)
    assert open_it(viewer, membership, "2023-2024").duty.report == "none"
    assert open_it(viewer, membership, "2024-2025").duty.report == "origin_only"
    year = open_it(viewer, membership, "2024-2025").year
    assert standing_of(membership, year).target == 1


def test_the_fence_of_staff_holds_the_members_of_their_agreements(agreement, django_assert_num_queries):
    mine = member(agreement, "Mine")
    theirs = member(example_agreement(OTHER_SLUG), "Theirs")
    viewer = staff(agreement, "adviser")
    with django_assert_num_queries(1):
        assert organisations_within(viewer) == [mine.organisation_id]
    own = worker(theirs.organisation)
    with django_assert_num_queries(0):
        assert organisations_seen_by(own) == []
    assert organisations_within(own) == [theirs.organisation_id]


def test_the_agreement_is_for_those_who_take_part(agreement):
    firm = worker(member(agreement).organisation)
    assert agreement_for(firm, agreement.slug) == agreement
    assert agreement_for(staff(agreement, "party_member"), agreement.slug) == agreement
    assert agreement_for(worker(company("Other")), agreement.slug) is None
    assert agreement_for(staff(example_agreement(OTHER_SLUG)), agreement.slug) is None
    assert timezone.localdate() >= agreement.created_at.date()


def test_parts_that_apply_say_what_is_missing_and_give_their_facts_once(agreement, monkeypatch):
    asked = []

    def facts(workspace):
        asked.append(workspace.year.code)
        return {"example.countries": 3}

    part = Part(
        code="example",
        label="Example",
        order=1,
        applies=lambda ws: ws.duty.report == "full",
        missing=lambda ws: [Missing("The example is missing.", "/here")],
        summary=lambda ws: "0 of 1",
        url=lambda ws: "/here",
        freeze=lambda ws: {},
        facts=facts,
    )
    monkeypatch.setattr("ketenwijs.domain.agreements.parts._parts", {"example": part})
    viewer, membership = staff(agreement), member(agreement)
    workspace = open_it(viewer, membership)
    assert all_parts() == parts_for(workspace) == [part]
    assert [one.sentence for one in missing_of(workspace)] == ["The example is missing."]
    assert facts_of(workspace) == facts_of(workspace) == {"example.countries": 3}
    assert asked == ["2024-2025"]
    assert parts_for(open_it(viewer, membership, "2022-2023")) == []
