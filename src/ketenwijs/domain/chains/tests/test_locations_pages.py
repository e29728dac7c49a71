"""The secretariat's pages of the register: what they show, that buttons do what they say, and how often they ask."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, example_agreement, staff
from ketenwijs.domain.chains import selectors, services
from ketenwijs.domain.chains.models import SharedSite
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.domain.chains.tests.register import TODAY, firm_with_quarry, register_of
from ketenwijs.foundation.access.fence import fenced_for, unfenced

pytestmark = pytest.mark.django_db
PLACES = ["Kolar", "Hospet", "Jalore", "Ongole", "Khammam", "Salem", "Madurai", "Udaipur", "Kota", "Ajmer"]


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True
    settings.SURE_MATCH = 0.5


@pytest.fixture
def register():
    return register_of(is_open=True)


@pytest.fixture
def desk(register, client):
    sign_in(client, register.lead)
    return client


def page(register, name, *args):
    return reverse(f"chains:{name}", args=[register.agreement.slug, *args])


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def waiting(register):
    with fenced_for(register.lead):
        return len(register.waiting())


def test_from_the_queue_to_a_shared_location(register, desk):
    one, other = (firm.site for firm in register.firms)
    assert one.name in text_of(desk, page(register, "queue"))
    desk.post(page(register, "match", one.pk), {"act": "new"})
    queue = text_of(desk, page(register, "queue"))
    assert "partly agrees" in queue or "agrees" in queue
    with fenced_for(register.lead):
        location = selectors.locations_of(register.lead, register.agreement).get()
    shown = text_of(desk, page(register, "match", other.pk))
    assert "Not the same" in shown
    assert location.name in shown
    desk.post(page(register, "match", other.pk), {"act": "same", "location": location.pk})
    assert waiting(register) == 0
    shown = text_of(desk, page(register, "location", location.pk))
    for words in ("Firm A", "Firm B", "open to it", "Ask the ticked members"):
        assert words in shown, words
    assert "Firm B" in text_of(desk, page(register, "decisions"))


def test_not_the_same_and_undo_from_the_pages(register, desk):
    with fenced_for(register.lead):
        location = register.register()
    site = register.firms[1].site
    desk.post(page(register, "match", site.pk), {"act": "other", "location": location.pk})
    shown = text_of(desk, page(register, "match", site.pk))
    assert "Nothing in the register looks like this site." in shown
    with fenced_for(register.lead):
        refusal = selectors.decisions_of(register.lead, register.agreement).first()
    desk.post(page(register, "undo_decision", refusal.pk))
    assert "The same location" in text_of(desk, page(register, "match", site.pk))


def test_the_sure_list_is_shown_with_an_example_label_and_confirmed_in_one_press(register, desk):
    with fenced_for(register.lead):
        location = register.register()
    shown = text_of(desk, page(register, "sure"))
    assert "kw-example" in shown
    assert waiting(register) == 1
    pair = f"{register.firms[1].site.pk}-{location.pk}"
    assert pair in shown
    for wrong in ("x", "1-", "1-2-3"):
        desk.post(page(register, "sure"), {"pair": [pair, wrong.replace("x", "9-9")]})
    desk.post(page(register, "sure"), {"pair": [pair]})
    assert waiting(register) == 0


def test_new_locations_are_registered_from_the_queue_all_or_none(register, desk):
    own = register.firms[0].site.pk
    desk.post(page(register, "register_new"), {"site": [own, 999_999]})
    assert waiting(register) == 2
    desk.post(page(register, "register_new"), {"site": [own]})
    assert waiting(register) == 1


def test_the_register_is_narrowed_by_country_kind_number_of_members_and_words(register, desk):
    with fenced_for(register.lead):
        location = register.shared_by_all()
        lonely = firm_with_quarry(register.agreement, "Firm L", "Carrière du Nord", place="Ath", country="BE")
    desk.post(page(register, "register_new"), {"site": [lonely.site.pk]})
    list_page = page(register, "locations")
    for query, seen, unseen in (
        ("?country=BE", "Carrière du Nord", location.name),
        ("?members=2", location.name, "Carrière du Nord"),
        ("?q=nord", "Carrière du Nord", location.name),
        ("?kind=quarry&country=IN", location.name, "Carrière du Nord"),
    ):
        shown = text_of(desk, list_page + query)
        assert seen in shown, query
        assert unseen not in shown, query
    assert location.name in text_of(desk, list_page + "?country=nonsense&members=x&q=")


def test_the_pages_of_one_location_work(register, desk):
    with fenced_for(register.lead):
        location = register.shared_by_all()
    typed = {"version": 1, "name": "Hill 9", "kind": "quarry", "country": "IN", "other_names": "one\ntwo\n"}
    assert desk.post(page(register, "change_location", location.pk), typed).status_code == 302
    stale = desk.post(page(register, "change_location", location.pk), typed)
    assert stale.status_code == 409
    number = {"scheme": "licence", "value": "QL 7", "checked_on": "2025-06-01"}
    assert desk.post(page(register, "number", location.pk), number).status_code == 302
    assert desk.post(page(register, "number", location.pk), {**number, "scheme": "gln"}).status_code == 200
    assert (
        desk.post(page(register, "close_location", location.pk), {"version": 2, "on": "2025-06-01"}).status_code == 302
    )
    assert desk.post(page(register, "reopen_location", location.pk), {"version": 3}).status_code == 302
    shown = text_of(desk, page(register, "location", location.pk))
    for words in ("QL 7", "two", "opened again", "Hill 9"):
        assert words in shown, words
    assert (
        desk.post(
            page(register, "move_location", location.pk), {**typed, "version": 4, "on": "2025-06-01", "place": "Hospet"}
        ).status_code
        == 302
    )
    with fenced_for(register.lead):
        matches = list(selectors.decisions_of(register.lead, register.agreement).values_list("pk", flat=True))
        other = selectors.locations_of(register.lead, register.agreement).exclude(pk=location.pk).get()
    split = {**typed, "version": 5, "name": "Hill 10", "matches": [matches[0]]}
    assert desk.post(page(register, "split", location.pk), split).status_code == 302
    assert "Hill 9" in text_of(desk, page(register, "merge", other.pk) + "?q=hill")
    assert desk.post(page(register, "merge", other.pk), {"kept": location.pk}).status_code == 302
    assert desk.get(page(register, "location", other.pk)).status_code == 302
    assert desk.post(page(register, "unmerge", other.pk)).status_code == 302
    for name in ("change_location", "number", "close_location", "move_location", "merge", "split"):
        text_of(desk, page(register, name, location.pk))


def test_members_are_asked_and_the_question_is_ended_from_the_page(register, desk):
    with fenced_for(register.lead):
        location = register.shared_by_all()
    firms = [one.membership.organisation.pk for one in register.firms]
    desk.post(page(register, "invite", location.pk), {"organisation": firms})
    shown = text_of(desk, page(register, "location", location.pk))
    assert "no answer yet" in shown
    with fenced_for(register.lead):
        ((invitation, _replies),) = selectors.invitations_at(register.lead, register.agreement, location)
    desk.post(page(register, "end_invitation", invitation.pk))
    assert "End this invitation" not in text_of(desk, page(register, "location", location.pk))


def test_another_agreements_register_is_not_found(register, client):
    with fenced_for(register.lead):
        location = register.shared_by_all()
    other = example_agreement(OTHER_SLUG)
    sign_in(client, staff(other))
    for name in ("locations", "queue", "sure", "decisions"):
        assert client.get(page(register, name)).status_code == 404
    assert client.get(page(register, "location", location.pk)).status_code == 404
    assert client.get(reverse("chains:location", args=[other.slug, location.pk])).status_code == 404
    assert client.get(reverse("chains:match", args=[other.slug, register.firms[0].site.pk])).status_code == 404


def grown(register, start, end):
    """More firms, of which half are matched with a location."""
    for number in range(start, end):
        firm = firm_with_quarry(
            register.agreement, f"Firm {number}", f"{PLACES[number % 10]} quarry {number}", place=PLACES[number % 10]
        )
        with fenced_for(register.lead):
            if number % 2:
                services.register_sites(actor=register.lead, agreement=register.agreement, pks=[firm.site.pk])


def test_every_list_takes_the_same_number_of_queries_for_ten_and_for_sixty_rows(register, client):
    with fenced_for(register.lead):
        location = register.shared_by_all()
        services.propose_joint_action(
            actor=register.lead, agreement=register.agreement, location=location, today=TODAY,
            organisations=[one.membership.organisation.pk for one in register.firms],
        )  # fmt: skip
    counts = {}
    for start, end in ((0, 20), (20, 120)):
        grown(register, start, end)
        client.cookies.clear()
        sign_in(client, staff(register.agreement, "adviser", name=f"adviser{end}"))
        for address in (
            page(register, "locations"),
            page(register, "queue"),
            page(register, "sure"),
            page(register, "decisions"),
            page(register, "location", location.pk),
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.setdefault(address, []).append(len(captured))
    assert all(few == many for few, many in counts.values()), counts
    assert all(many <= 15 for _few, many in counts.values()), counts


def test_the_map_shows_locations_as_links_and_the_table_gives_the_same(register, desk):
    one, other = (firm.site for firm in register.firms)
    desk.post(page(register, "match", one.pk), {"act": "new"})
    with fenced_for(register.lead):
        location = selectors.locations_of(register.lead, register.agreement).get()
        services.match_site(actor=register.lead, agreement=register.agreement, site=other, location=location)
    with unfenced(reason="a test puts rows there"):
        SharedSite.objects.filter(pk=location.pk).update(latitude="13.13712", longitude="78.13410")
    shown = text_of(desk, page(register, "locations_map"))
    assert f'<a href="{page(register, "location", location.pk)}" aria-label="{location.name}, used by 2"' in shown
    assert "Used by several members" in shown and "with locations that several members use" in shown


def test_the_map_takes_the_same_queries_for_few_and_many_locations(register, desk, django_assert_num_queries):
    text_of(desk, page(register, "locations_map"))
    with CaptureQueriesContext(connection) as few:
        text_of(desk, page(register, "locations_map"))
    with unfenced(reason="a test puts rows there"):
        for name in PLACES:
            SharedSite.objects.create(agreement=register.agreement, kind="quarry", name=name, country="IN")
    with django_assert_num_queries(len(few)):
        text_of(desk, page(register, "locations_map"))
