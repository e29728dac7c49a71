"""Commitments: SMART, with one owner, moved with days, rated per goal, counted and exported."""

import csv
import io
from datetime import date

import pytest

from ketenwijs.domain.governance import exports, selectors, services
from ketenwijs.domain.governance.models import Commitment, Contribution
from ketenwijs.domain.governance.tests.factories import (
    OTHER_SLUG,
    PAST,
    body,
    commitment_values,
    committed,
    day,
    decided,
    events,
    example_agreement,
    goal,
    staff,
)
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def lead(agreement):
    return staff(agreement)


def rated(lead, row, of, value="much", on=PAST, by="Evaluator"):
    return services.rate_contribution(
        actor=lead, commitment=row, goal=of, value=value, rated_by=by, rated_on=on, note=""
    )


def test_a_commitment_goes_from_planned_through_started_to_done(lead, agreement):
    row = committed(lead, agreement)
    services.start_commitment(actor=lead, commitment=row, on=PAST)
    services.finish_commitment(actor=lead, commitment=row, on=date(2025, 9, 1), result="All were trained.")
    row.refresh_from_db()
    assert (row.state, row.started_on, row.done_on) == ("done", PAST, date(2025, 9, 1))
    counted = selectors.progress_of(lead, agreement, day(0))
    assert (counted.agreed, counted.started, counted.done, counted.late) == (1, 1, 1, 0)
    assert events() == [
        "governance.commitment.saved",
        "governance.commitment.started",
        "governance.commitment.done",
    ]


def test_one_that_is_dropped_after_its_start_still_counts_as_started(lead, agreement):
    row = committed(lead, agreement)
    services.start_commitment(actor=lead, commitment=row, on=PAST)
    with pytest.raises(DomainError):
        services.drop_commitment(actor=lead, commitment=row, reason="")
    services.drop_commitment(actor=lead, commitment=row, reason="The partner left.")
    counted = selectors.progress_of(lead, agreement, day(0))
    assert (counted.agreed, counted.started, counted.done, counted.dropped) == (1, 1, 0, 1)
    with pytest.raises(DomainError):
        services.save_commitment(actor=lead, agreement=agreement, commitment=row, values=commitment_values(), version=1)


def test_moves_that_do_not_fit_and_days_in_the_future_are_refused(lead, agreement):
    row = committed(lead, agreement)
    with pytest.raises(DomainError):
        services.finish_commitment(actor=lead, commitment=row, on=PAST, result="x")
    with pytest.raises(DomainError):
        services.start_commitment(actor=lead, commitment=row, on=day(1))
    services.start_commitment(actor=lead, commitment=row, on=PAST)
    with pytest.raises(DomainError):
        services.finish_commitment(actor=lead, commitment=row, on=date(2025, 3, 11), result="x")
    with pytest.raises(DomainError):
        services.finish_commitment(actor=lead, commitment=row, on=PAST, result=" ")


def test_an_owner_is_one_section_one_party_or_one_body(lead, agreement):
    group = body(lead, agreement)
    by_body = committed(lead, agreement, owner_kind="body", owner_body=group)
    assert (by_body.owner_body, by_body.owner_section) == (group, "")
    by_party = committed(lead, agreement, owner_kind="party", owner_party="Example Union")
    assert (by_party.owner_party, by_party.owner_section) == ("Example Union", "")
    for changes, field in (
        ({"owner_section": ""}, "owner_section"),
        ({"owner_section": "moon"}, "owner_section"),
        ({"owner_kind": "party"}, "owner_party"),
        ({"owner_kind": "nobody"}, "owner_kind"),
        ({"term": "ninth"}, "term"),
    ):
        with pytest.raises(DomainError) as refused:
            committed(lead, agreement, **changes)
        assert set(refused.value.fields) == {field}


def test_bodies_and_decisions_of_another_agreement_cannot_be_named(lead, agreement):
    other = example_agreement(OTHER_SLUG)
    elsewhere = staff(other)
    foreign = body(elsewhere, other)
    with pytest.raises(DomainError):
        committed(lead, agreement, owner_kind="body", owner_body=foreign)
    with pytest.raises(DomainError):
        committed(lead, agreement, decision=decided(elsewhere, foreign))
    assert not Commitment.objects.exists()


def test_the_second_of_two_who_change_a_commitment_is_told(lead, agreement):
    row = committed(lead, agreement)
    here = {"actor": lead, "agreement": agreement, "commitment": row, "version": 1}
    services.save_commitment(values=commitment_values(title="First"), **here)
    with pytest.raises(StaleVersion):
        services.save_commitment(values=commitment_values(title="Second"), **here)
    row.refresh_from_db()
    assert row.title == "First"


def test_ratings_are_added_and_the_latest_counts_per_goal(lead, agreement):
    row, safe, wage = committed(lead, agreement), goal(lead, agreement), goal(lead, agreement, "Better pay")
    rated(lead, row, safe, "some")
    rated(lead, row, safe, "much", date(2025, 9, 1))
    rated(lead, row, wage, "unknown")
    committed(lead, agreement)
    counts = selectors.ratings_per_goal(selectors.commitments_of(lead, agreement))
    assert counts == {safe.pk: {"much": 1}, wage.pk: {"unknown": 1}}
    assert Contribution.objects.count() == 3


def test_a_rating_has_a_value_of_the_scale_somebody_who_gave_it_and_a_day_that_has_come(lead, agreement):
    row, safe = committed(lead, agreement), goal(lead, agreement)
    for changes, field in (({"value": "huge"}, "value"), ({"by": " "}, "rated_by"), ({"on": day(1)}, "rated_on")):
        with pytest.raises(DomainError) as refused:
            rated(lead, row, safe, **changes)
        assert set(refused.value.fields) == {field}
    other = example_agreement(OTHER_SLUG)
    with pytest.raises(DomainError):
        rated(lead, row, goal(staff(other), other))


def test_the_words_of_a_goal_change_by_version(lead, agreement):
    row = goal(lead, agreement)
    here = {"actor": lead, "agreement": agreement, "goal": row, "version": 1}
    services.save_goal(values={"title": "Safe work", "text": ""}, **here)
    with pytest.raises(StaleVersion):
        services.save_goal(values={"title": "Other", "text": ""}, **here)


def test_readers_and_staff_of_another_agreement_change_nothing(lead, agreement):
    row, safe = committed(lead, agreement), goal(lead, agreement)
    for actor in (
        staff(agreement, "adviser"),
        staff(agreement, "steering_member"),
        staff(example_agreement(OTHER_SLUG)),
    ):
        for act in (
            lambda: committed(actor, agreement),
            lambda: goal(actor, agreement),
            lambda: services.start_commitment(actor=actor, commitment=row, on=PAST),
            lambda: services.drop_commitment(actor=actor, commitment=row, reason="x"),
            lambda: rated(actor, row, safe),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_the_sheets_hold_what_the_viewer_may_read_and_no_formula(lead, agreement):
    safe = goal(lead, agreement, "=1+1")
    row = committed(lead, agreement, title="=HYPERLINK(1)", specific="+31 6")
    rated(lead, row, safe)
    decided(lead, body(lead, agreement), title="@SUM(1)", dissent="-2")
    found = table(exports.commitments_csv(lead, agreement))
    assert (found["title"], found["specific"], found["owner"]) == ("'=HYPERLINK(1)", "'+31 6", "unions en")
    assert found["contribution: =1+1"] == "much"
    decision = table(exports.decisions_csv(lead, agreement))
    assert (decision["title"], decision["dissent"], decision["consensus"]) == ("'@SUM(1)", "'-2", "yes")
    elsewhere = staff(example_agreement(OTHER_SLUG))
    assert len(exports.commitments_csv(elsewhere, agreement).splitlines()) == 1
    assert len(exports.decisions_csv(elsewhere, agreement).splitlines()) == 1


def table(content):
    header, row = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    return dict(zip(header, row, strict=True))
