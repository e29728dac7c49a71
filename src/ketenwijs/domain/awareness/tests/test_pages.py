"""The pages: what a firm puts in, refusals that keep what was typed, the overview and its sheet, and publishing."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from ketenwijs.domain.awareness.models import Announcement, Mention
from ketenwijs.domain.awareness.tests.factories import (
    NEXT_YEAR,
    YEAR,
    announced,
    example_agreement,
    fenced_for,
    filled_firms,
    member,
    opened,
    sign_in,
    site_of,
    staff,
    unfenced,
    worker,
)
from ketenwijs.foundation.publishing.selectors import current

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def membership(agreement):
    return member(agreement)


@pytest.fixture
def owner(client, membership):
    viewer = worker(membership.organisation)
    sign_in(client, viewer)
    return viewer


def page(membership, name="register", year=YEAR, **more):
    places = {"firm": membership.organisation.reference, "agreement": membership.agreement.slug, "year": year}
    return reverse(f"awareness:{name}", kwargs={**places, **more})


def typed(*sites, **changes):
    return {
        "sites": [one.pk for one in sites],
        "announced_on": "2025-03-12",
        "way": "poster",
        "languages": ["kn", "hi"],
        "announced_by": "Site manager",
        "confirmed_by": "",
        "confirmed_on": "",
        **changes,
    }


def lines():
    with unfenced(reason="test"):
        return list(Announcement.objects.select_related("site"))


def test_a_firm_puts_one_announcement_in_for_two_sites_at_once(client, owner, membership):
    sites = [site_of(membership, "One"), site_of(membership, "Two")]
    answer = client.post(page(membership, "add"), typed(*sites), follow=True)
    assert "2 lines are in the register." in answer.content.decode()
    assert {line.site for line in lines()} == set(sites)


def test_the_answer_leads_to_the_year_in_which_the_day_lies(client, owner, membership):
    answer = client.post(page(membership, "add"), typed(site_of(membership), announced_on="2025-10-02"))
    assert answer.url == page(membership, year=NEXT_YEAR)


def test_a_foreign_site_number_in_the_form_is_refused_and_the_typed_text_stays(client, owner, membership, agreement):
    site_of(membership)
    foreign = site_of(member(agreement, "Andere Steen BV"))
    answer = client.post(page(membership, "add"), typed(foreign, announced_by="A buyer on a visit"))
    assert answer.status_code == 200
    assert "A buyer on a visit" in answer.content.decode()
    assert not lines()


def test_a_refusal_of_the_service_stands_in_the_form(client, owner, membership):
    answer = client.post(page(membership, "add"), typed(site_of(membership), confirmed_by="Union"))
    assert "Fill in both who confirmed it" in answer.content.decode()
    assert not lines()


def test_a_firm_without_sites_is_told_where_they_come_from(client, owner, membership):
    assert "You have no sites yet" in client.get(page(membership, "add")).content.decode()


def test_a_line_is_corrected_and_an_old_page_is_told_what_was_saved_meanwhile(client, owner, membership):
    client.post(page(membership, "add"), typed(site_of(membership)))
    [line] = lines()
    there = page(membership, "announcement", pk=line.pk)
    assert 'value="2025-03-12"' in client.get(there).content.decode()
    change = {**typed(), "site": line.site_id, "version": 1, "confirmed_by": "Union", "confirmed_on": "2025-03-14"}
    assert client.post(there, change).status_code == 302
    late = client.post(there, {**change, "announced_by": "Somebody else"})
    assert late.status_code == 409
    assert "Union" in late.content.decode() and "Somebody else" in late.content.decode()


def test_a_line_is_taken_out(client, owner, membership):
    client.post(page(membership, "add"), typed(site_of(membership)))
    assert client.get(page(membership, "remove", pk=lines()[0].pk)).status_code == 405
    client.post(page(membership, "remove", pk=lines()[0].pk))
    assert not lines()


def test_code_and_website_are_filled_in_and_offered_again_next_year(client, owner, membership):
    answers = {"version": 0, "in_code": "yes", "in_code_since": "2024-01-01", "on_website": "no"}
    wrong = client.post(
        page(membership, "mention"), {**answers, "on_website": "yes", "website_link": "http://example.org"}
    )
    assert "https://" in wrong.content.decode()
    assert client.post(page(membership, "mention"), answers).status_code == 302
    assert "since 1 January 2024" in client.get(page(membership)).content.decode()
    later = client.get(page(membership, "mention", NEXT_YEAR)).content.decode()
    assert f"Filled in from {YEAR}" in later
    with unfenced(reason="test"):
        assert Mention.objects.count() == 1


def test_a_page_of_the_register_asks_the_same_number_of_questions_for_few_and_many(
    client, owner, membership, django_assert_max_num_queries
):
    for count in (3, 30):
        with fenced_for(owner):
            sites = [site_of(membership, f"Site {count} {number}") for number in range(count)]
            announced(owner, opened(owner, membership), *sites)
        with django_assert_max_num_queries(15):
            assert client.get(page(membership)).status_code == 200


def overview(agreement, name="overview"):
    return reverse(f"awareness:{name}", args=[agreement.slug, YEAR])


def test_the_overview_shows_counts_gaps_and_what_becomes_public(client, agreement):
    filled_firms(agreement, 2)
    member(agreement, "Stille Steen BV")
    sign_in(client, staff(agreement))
    shown = client.get(overview(agreement)).content.decode()
    assert "1 of 3 members has put in nothing." in shown
    assert "Publish these numbers" in shown
    gaps = client.get(overview(agreement) + "?show=gaps").content.decode()
    assert "Stille Steen BV" in gaps and "Voorbeeldfirma" not in gaps


def test_the_overview_asks_the_same_number_of_questions_for_few_and_many(
    client, agreement, django_assert_max_num_queries
):
    sign_in(client, staff(agreement))
    client.get(overview(agreement))  # content is read once per process
    for count in (3, 25):
        filled = [member(agreement, f"Stille firma {count} {number}") for number in range(count)]
        assert filled
        with django_assert_max_num_queries(15):
            client.get(overview(agreement))


def test_the_sheet_holds_a_row_per_member_and_nothing_a_spreadsheet_runs(client, agreement):
    filled_firms(agreement, 1)
    member(agreement, "=cmd|Steen BV")
    sign_in(client, staff(agreement, "adviser"))
    rows = client.get(overview(agreement, "overview_csv")).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 3
    assert any(row.startswith("'=cmd") for row in rows)


def test_the_lead_publishes_exactly_what_was_seen(client, agreement):
    filled_firms(agreement, 1)
    sign_in(client, staff(agreement))
    stale = client.post(overview(agreement, "publish"), {"seen": "0" * 32}, follow=True)
    assert "changed since" in stale.content.decode()
    seen = client.get(overview(agreement)).context["fingerprint"]
    client.post(overview(agreement, "publish"), {"seen": seen})
    copy = current("awareness.numbers", f"{agreement.slug}/{YEAR}")
    assert copy is not None and copy.effective_on == timezone.localdate()


def test_an_adviser_sees_the_overview_without_the_button(client, agreement):
    filled_firms(agreement, 1)
    sign_in(client, staff(agreement, "adviser"))
    shown = client.get(overview(agreement)).content.decode()
    assert "Publish these numbers" not in shown
    assert client.post(overview(agreement, "publish")).status_code == 403


def test_the_menu_leads_a_firm_to_its_year_and_the_secretariat_to_the_overview(client, agreement, membership, owner):
    assert client.get(reverse("awareness:home")).url.startswith(
        "/desk/complaints-route/" + membership.organisation.reference
    )
    sign_in(client, staff(agreement))
    assert client.get(reverse("awareness:home")).url.startswith("/desk/complaints-route/members/")
