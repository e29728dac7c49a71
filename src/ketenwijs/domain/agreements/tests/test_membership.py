"""Joining, leaving, groups and outcomes: dated facts that are added, journalled and published."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ketenwijs.domain.agreements import services
from ketenwijs.domain.agreements.models import Membership
from ketenwijs.domain.agreements.selectors import (
    group_on,
    level_on,
    members_of,
    membership_for,
    membership_on,
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
from ketenwijs.domain.participants.services import correct_organisation, register_organisation
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.publishing.selectors import as_of, current, history
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def agreement():
    return example_agreement()


def public_member(membership):
    key = f"{membership.agreement.slug}/{membership.organisation.reference}"
    return current("agreements.member", key).payload


def joined(agreement, organisation, actor=ROBOT, **changes):
    facts = {"kind": "participant", "joined_on": date(2020, 1, 1), "group": "C", **changes}
    return services.join(actor=actor, agreement=agreement, organisation=organisation, **facts)


def test_joining_is_journalled_in_the_chain_of_the_agreement_and_published(agreement):
    membership = joined(agreement, company(place="Delft"), actor=staff(agreement))
    entry = JournalEntry.objects.get(event="agreements.membership.begun")
    assert entry.chain == agreement.slug
    shown = public_member(membership)
    assert (shown["name"], shown["joined_on"], shown["group"]) == ("Voorbeeld Leisteen BV", "2020-01-01", "C")
    assert shown["place"] == "Delft"
    assert shown["outcomes"] == []


def test_what_is_entered_today_about_the_past_is_public_from_today_on(agreement):
    membership = joined(agreement, company())
    key = f"{agreement.slug}/{membership.organisation.reference}"
    assert as_of("agreements.member", key, TODAY - timedelta(days=1)) is None
    assert current("agreements.member", key).effective_on == TODAY


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"group": "Z"}, "group"),
        ({"group": ""}, "group"),
        ({"kind": "guest"}, "takes part"),
        ({"joined_on": TODAY + timedelta(days=1)}, "future"),
        ({"kind": "party", "section": "nobody"}, "section"),
    ],
)
def test_joining_refuses_what_the_agreement_does_not_know(agreement, changes, sentence):
    with pytest.raises(DomainError, match=sentence):
        joined(agreement, company(), **changes)
    assert not Membership.objects.exists()


def test_only_staff_of_the_agreement_with_the_right_may_add_members(agreement):
    other = example_agreement(OTHER_SLUG)
    firm = company()
    for actor in (staff(agreement, "adviser"), staff(other), worker(firm)):
        with pytest.raises(NotAllowed):
            joined(agreement, firm, actor=actor)


def test_a_company_is_a_member_once_at_a_time_and_may_come_back_later(agreement):
    membership = joined(agreement, company())
    with pytest.raises(DomainError, match="takes part already"):
        joined(agreement, membership.organisation, joined_on=date(2021, 1, 1))
    services.leave(actor=ROBOT, membership=membership, left_on=date(2021, 6, 30), reason="own_choice")
    with pytest.raises(DomainError, match="took part from"):
        joined(agreement, membership.organisation, joined_on=date(2021, 6, 30))
    again = joined(agreement, membership.organisation, joined_on=date(2022, 1, 1), group="B")
    assert membership_on(agreement, membership.organisation, date(2021, 1, 1)) == membership
    assert membership_on(agreement, membership.organisation, date(2021, 8, 1)) is None
    assert membership_on(agreement, membership.organisation, date(2023, 1, 1)) == again
    assert public_member(again)["joined_on"] == "2022-01-01"


def test_leaving_ends_group_and_outcome_and_says_so_in_the_register_without_the_reason(agreement):
    membership = member(agreement)
    set_green(membership, date(2021, 1, 15))
    services.leave(actor=ROBOT, membership=membership, left_on=date(2022, 3, 1), reason="closed", note="quarrel")
    membership.refresh_from_db()
    assert membership.groups.get().until == date(2022, 3, 1)
    assert membership.levels.get().until == date(2022, 3, 1)
    shown = public_member(membership)
    assert shown["left_on"] == "2022-03-01"
    assert "quarrel" not in str(shown)
    assert "closed" not in str(shown)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"left_on": date(2019, 1, 1)}, "before the first"), ({"reason": "bored"}, "reason of leaving")],
)
def test_leaving_refuses_a_wrong_day_and_an_unknown_reason(agreement, changes, sentence):
    membership = member(agreement)
    facts = {"left_on": date(2022, 3, 1), "reason": "closed", **changes}
    with pytest.raises(DomainError, match=sentence):
        services.leave(actor=ROBOT, membership=membership, **facts)


def test_leaving_from_an_old_page_changes_nothing(agreement):
    membership = member(agreement)
    with pytest.raises(StaleVersion):
        services.leave(actor=ROBOT, membership=membership, left_on=TODAY, reason="closed", version=7)
    membership.refresh_from_db()
    assert membership.left_on is None


def test_an_announced_exit_becomes_public_on_its_day(agreement):
    membership = member(agreement)
    day = TODAY + timedelta(days=30)
    services.leave(actor=ROBOT, membership=membership, left_on=day, reason="closed")
    key = f"{agreement.slug}/{membership.organisation.reference}"
    assert public_member(membership)["left_on"] is None
    assert as_of("agreements.member", key, day).payload["left_on"] == day.isoformat()


def test_a_new_group_ends_the_earlier_one_the_day_before(agreement):
    membership = member(agreement, group="B")
    services.set_group(actor=ROBOT, membership=membership, group="C", since=date(2021, 10, 1))
    assert group_on(membership, date(2021, 9, 30)).group == "B"
    assert group_on(membership, date(2021, 10, 1)).group == "C"
    assert public_member(membership)["group"] == "C"


@pytest.mark.parametrize(
    ("group", "since", "sentence"),
    [
        ("C", date(2021, 10, 1), "in this group already"),
        ("A", date(2019, 1, 1), "before the membership"),
        ("A", date(2019, 10, 1), "after the present one"),
        ("Q", date(2021, 10, 1), "group"),
    ],
)
def test_a_group_change_refuses_what_contradicts_the_history(agreement, group, since, sentence):
    with pytest.raises(DomainError, match=sentence):
        services.set_group(actor=ROBOT, membership=member(agreement), group=group, since=since)


def set_green(membership, since, number=1, actor=ROBOT, **changes):
    facts = {
        "scheme": "colours",
        "value": "green",
        "reason": "all met",
        "report_year": "2019-2020",
        **changes,
    }
    return services.set_level(actor=actor, membership=membership, number=number, since=since, **facts)


def test_outcomes_follow_one_another_and_all_stay_in_the_register(agreement):
    membership = member(agreement)
    set_green(membership, date(2021, 1, 15))
    set_green(membership, date(2022, 1, 15), 2, value="orange", report_year="2020-2021")
    assert level_on(membership, "colours", date(2021, 12, 31)).value == "green"
    assert level_on(membership, "colours", date(2022, 1, 15)).value == "orange"
    shown = [(one["value"], one["number"]) for one in public_member(membership)["outcomes"]]
    assert shown == [("orange", 2), ("green", 1)]


def test_reasons_of_outcomes_are_not_public(agreement):
    membership = member(agreement)
    set_green(membership, date(2021, 1, 15), reason="confidential reasoning")
    assert "confidential" not in str(public_member(membership))


def test_the_number_of_a_level_follows_from_the_level(agreement):
    level = set_green(member(agreement), date(2024, 1, 15), None, scheme="levels", value="l3", report_year="")
    assert level.number == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value": "purple"}, "outcome is not known"),
        ({"scheme": "stars"}, "outcome is not known"),
        ({"report_year": "1999"}, "report year is not known"),
    ],
)
def test_an_outcome_unknown_to_the_agreement_is_refused(agreement, changes, sentence):
    with pytest.raises(DomainError, match=sentence):
        set_green(member(agreement), date(2021, 1, 15), **changes)


def test_an_outcome_older_than_the_present_one_is_refused(agreement):
    membership = member(agreement)
    set_green(membership, date(2022, 1, 15))
    with pytest.raises(DomainError, match="later day"):
        set_green(membership, date(2021, 1, 15))


def test_an_assessor_may_have_an_outcome_recorded_and_an_adviser_may_not(agreement):
    membership = member(agreement)
    set_green(membership, date(2021, 1, 15), actor=staff(agreement, "assessor"))
    with pytest.raises(NotAllowed):
        set_green(membership, date(2022, 1, 15), actor=staff(agreement, "adviser"))


def test_an_outcome_of_a_later_day_is_not_public_before_it(agreement):
    membership = member(agreement)
    day = TODAY + timedelta(days=10)
    set_green(membership, day)
    services.link_plan(actor=ROBOT, membership=membership, report_year="2020-2021", url="https://example.org/plan")
    key = f"{agreement.slug}/{membership.organisation.reference}"
    assert public_member(membership)["outcomes"] == []
    assert len(as_of("agreements.member", key, day).payload["outcomes"]) == 1


def test_correcting_the_first_day_moves_the_first_group_along_and_needs_a_reason(agreement):
    membership = member(agreement)
    with pytest.raises(DomainError, match="reason"):
        services.correct_joining(
            actor=ROBOT,
            membership=membership,
            joined_on=date(2020, 5, 1),
            reason=" ",
            version=membership.version,
        )
    services.correct_joining(
        actor=ROBOT,
        membership=membership,
        joined_on=date(2020, 5, 1),
        reason="typing error",
        version=membership.version,
    )
    assert membership.groups.get().since == date(2020, 5, 1)
    with pytest.raises(StaleVersion):
        services.correct_joining(
            actor=ROBOT, membership=membership, joined_on=date(2020, 6, 1), reason="again", version=1
        )


def test_authorities_get_a_public_copy_of_their_own_and_parties_none(agreement):
    city = register_organisation(
        actor=ROBOT, name="Voorbeeldstad", kind="authority", subkind="municipality", country="BE"
    )
    union = register_organisation(actor=ROBOT, name="Voorbeeldbond", kind="party", subkind="trade_union", country="NL")
    joined(agreement, city, kind="authority", group="")
    joined(agreement, union, kind="party", group="", section="unions")
    assert current("agreements.authority", f"{agreement.slug}/{city.reference}").payload["kind"] == "municipality"
    assert not history("agreements.member", f"{agreement.slug}/{union.reference}").exists()


def test_a_corrected_name_changes_the_register_and_a_corrected_number_does_not(agreement):
    membership = member(agreement)
    firm = membership.organisation
    key = f"{agreement.slug}/{firm.reference}"
    correct_organisation(actor=ROBOT, organisation=firm, version=1, name="Nieuwe Naam BV")
    assert public_member(membership)["name"] == "Nieuwe Naam BV"
    correct_organisation(actor=ROBOT, organisation=firm, version=2, identifiers={"kvk": "12345678"})
    assert history("agreements.member", key).count() == 2


def test_members_are_listed_for_staff_of_their_agreement_only(agreement):
    other = example_agreement(OTHER_SLUG)
    membership = member(agreement)
    reference = membership.organisation.reference
    assert [one.pk for one in members_of(staff(agreement), agreement)] == [membership.pk]
    assert list(members_of(staff(other), agreement)) == []
    assert membership_for(staff(other, "adviser"), agreement.slug, reference) is None
    assert membership_for(worker(membership.organisation), agreement.slug, reference) == membership
    assert membership_for(worker(company("Other")), agreement.slug, reference) is None
