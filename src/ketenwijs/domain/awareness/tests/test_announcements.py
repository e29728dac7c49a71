"""The register of announcements: what a firm may put in, change and remove, and every refusal."""

from __future__ import annotations

from datetime import date

import pytest

from ketenwijs.domain.agreements.services import leave
from ketenwijs.domain.awareness import selectors, services
from ketenwijs.domain.awareness.models import Announcement
from ketenwijs.domain.awareness.tests.factories import (
    DAY,
    NEXT_YEAR,
    ROBOT,
    TODAY,
    announced,
    example_agreement,
    fenced_for,
    member,
    mentioned,
    opened,
    site_of,
    staff,
    values,
    worker,
)
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion


@pytest.fixture
def agreement(db):
    return example_agreement()


@pytest.fixture
def membership(agreement):
    return member(agreement)


@pytest.fixture
def owner(membership):
    viewer = worker(membership.organisation)
    with fenced_for(viewer):
        yield viewer


@pytest.fixture
def workspace(owner, membership):
    return opened(owner, membership)


def test_one_announcement_at_several_sites_becomes_a_line_each_and_is_journalled(owner, workspace, membership):
    sites = [site_of(membership, "One"), site_of(membership, "Two")]
    rows = announced(owner, workspace, *sites)
    assert {row.site_id for row in rows} == {site.pk for site in sites}
    assert rows[0].languages == ["kn", "hi"]
    assert JournalEntry.objects.filter(event="awareness.announcement.added").count() == 2


def test_the_year_follows_the_day(owner, workspace, membership):
    announced(owner, workspace, site_of(membership), announced_on=date(2025, 10, 2), confirmed_on=date(2025, 10, 3))
    assert not selectors.announcements_in(workspace)
    assert len(selectors.announcements_in(opened(owner, membership, NEXT_YEAR))) == 1
    assert selectors.sites_before(opened(owner, membership, NEXT_YEAR)) == 0


def test_a_site_of_another_firm_is_refused(owner, workspace, agreement):
    foreign = site_of(member(agreement, "Andere Steen BV"))
    with pytest.raises(DomainError, match="your own sites"):
        announced(owner, workspace, foreign)
    assert not Announcement.objects.exists()


def test_a_site_that_was_found_to_be_another_place_is_not_offered(owner, workspace, membership):
    kept = site_of(membership, "One")
    site_of(membership, "Two", merged_into=kept)
    assert selectors.sites_of(workspace) == [kept]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"way": "telepathy"}, "Choose how"),
        ({"languages": ()}, "at least one language"),
        ({"languages": ("xx",)}, "at least one language"),
        ({"announced_by": "  "}, "who announced it"),
        ({"announced_on": date(2025, 10, 16)}, "still to come"),
        ({"announced_on": date(1999, 1, 1)}, "no report year"),
        ({"confirmed_on": None}, "or neither"),
        ({"confirmed_by": ""}, "or neither"),
        ({"confirmed_on": date(2025, 3, 1)}, "on or after"),
        ({"confirmed_on": date(2025, 10, 16)}, "on or after"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(owner, workspace, membership, changes, sentence):
    with pytest.raises(DomainError, match=sentence):
        announced(owner, workspace, site_of(membership), **changes)
    assert not Announcement.objects.exists()


def test_a_day_before_the_firm_took_part_is_refused(agreement):
    late = member(agreement, "Nieuwe Steen BV", joined_on=date(2025, 2, 1))
    viewer = worker(late.organisation)
    with fenced_for(viewer), pytest.raises(DomainError, match="did not take part"):
        announced(viewer, opened(viewer, late), site_of(late), announced_on=date(2025, 1, 31))


def test_nothing_without_a_site(owner, workspace):
    with pytest.raises(DomainError, match="at least one"):
        announced(owner, workspace)


def test_the_same_line_twice_is_refused_with_the_name_of_the_site(owner, workspace, membership):
    site = site_of(membership)
    announced(owner, workspace, site)
    with pytest.raises(DomainError, match="Quarry 8"):
        announced(owner, workspace, site, site_of(membership, "Two"))
    assert Announcement.objects.count() == 1


def change(owner, workspace, row, version=1, site=None, **changes):
    return services.change_announcement(
        actor=owner, workspace=workspace, announcement=row, site=site or row.site_id, values=values(**changes),
        version=version, today=TODAY,
    )  # fmt: skip


def test_a_confirmation_can_be_added_later(owner, workspace, membership):
    [row] = announced(owner, workspace, site_of(membership), confirmed_by="", confirmed_on=None)
    changed = change(owner, workspace, row)
    assert (changed.confirmed_on, changed.version) == (date(2025, 3, 20), 2)


def test_an_old_page_cannot_overwrite_a_newer_save(owner, workspace, membership):
    [row] = announced(owner, workspace, site_of(membership))
    change(owner, workspace, row, way="card")
    with pytest.raises(StaleVersion):
        change(owner, workspace, row, way="talk")


def test_a_line_cannot_become_one_that_is_there_or_move_to_a_foreign_site(owner, workspace, membership, agreement):
    [row] = announced(owner, workspace, site_of(membership))
    announced(owner, workspace, row.site, way="card")
    with pytest.raises(DomainError, match="already"):
        change(owner, workspace, row, way="card")
    with pytest.raises(DomainError, match="your own sites"):
        change(owner, workspace, row, site=site_of(member(agreement, "Andere Steen BV")).pk)


def test_removing_is_journalled(owner, workspace, membership):
    [row] = announced(owner, workspace, site_of(membership))
    services.remove_announcement(actor=owner, workspace=workspace, announcement=row)
    assert not Announcement.objects.exists()
    assert JournalEntry.objects.filter(event="awareness.announcement.removed").count() == 1


def test_staff_read_and_never_write(owner, workspace, membership, agreement):
    announced(owner, workspace, site_of(membership))
    lead = staff(agreement)
    with fenced_for(lead):
        theirs = opened(lead, membership)
        assert len(selectors.announcements_in(theirs)) == 1
        for act in (lambda: announced(lead, theirs, site_of(membership, "B")), lambda: mentioned(lead, theirs)):
            with pytest.raises(NotAllowed):
                act()


def test_a_firm_that_left_changes_nothing_any_more(owner, membership, workspace):
    site, day = site_of(membership), date(2025, 10, 10)
    leave(actor=ROBOT, membership=membership, left_on=day, reason="own_choice")
    membership.refresh_from_db()
    with pytest.raises(NotAllowed):
        announced(owner, opened(owner, membership), site)


def test_what_the_firm_says_of_code_and_website_is_kept_per_year_and_offered_the_next(owner, workspace, membership):
    first = mentioned(owner, workspace)
    assert selectors.mention_in(workspace) == first
    later = opened(owner, membership, NEXT_YEAR)
    assert selectors.mention_in(later) is None
    assert selectors.mention_before(later) == first
    again = mentioned(owner, workspace, version=1, in_code=False)
    assert (again.in_code_since, again.code_link, again.version) == (None, "", 2)
    with pytest.raises(StaleVersion):
        mentioned(owner, workspace, version=1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"website_link": "http://example.org"}, "https://"),
        ({"code_link": "javascript:alert(1)"}, "https://"),
        ({"website_link": ""}, "address of the page"),
        ({"in_code_since": date(2026, 1, 1)}, "still to come"),
    ],
)
def test_links_are_https_and_days_have_come(owner, workspace, changes, sentence):
    with pytest.raises(DomainError, match=sentence):
        mentioned(owner, workspace, **changes)


def test_the_day_stands_in_the_year_of_the_workspace(owner, workspace, membership):
    [row] = announced(owner, workspace, site_of(membership))
    assert row.announced_on == DAY
    assert selectors.announcement_in(workspace, row.pk) == row
