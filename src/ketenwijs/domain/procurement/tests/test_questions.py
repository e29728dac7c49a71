"""Questions of authorities: asked, recorded and answered; never seen by the company they are about."""

import re
from datetime import date

import pytest
from django.urls import reverse

from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, ROBOT, company
from ketenwijs.domain.agreements.tests.factories import example_agreement as agreement_called
from ketenwijs.domain.procurement import services
from ketenwijs.domain.procurement.models import Enquiry
from ketenwijs.domain.procurement.selectors import counts_by_kind, enquiries_visible_to, enquiry_for
from ketenwijs.domain.procurement.tests.factories import (
    DAY,
    asked,
    authority,
    example_agreement,
    member,
    sign_in,
    staff,
    worker,
)
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import agreement_scope
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def town(agreement):
    return authority(agreement)


@pytest.fixture
def buyer(town):
    return worker(town, "authority_user", name="buyer")


def test_an_authority_asks_and_the_secretariat_answers_with_a_journal_entry_each(agreement, town, buyer):
    enquiry = asked(buyer, agreement, town)
    assert (enquiry.asked_by, enquiry.answer, enquiry.authority) == (buyer.person, "", town)
    adviser = staff(agreement, "adviser")
    answered = services.answer(actor=adviser, enquiry=enquiry, text=" They report. ", version=1)
    assert (answered.answer, answered.answered_by, answered.version) == ("They report.", adviser.person, 2)
    assert enquiry_for(buyer, enquiry.pk).answer == "They report."
    events = JournalEntry.objects.filter(event__startswith="procurement").order_by("sequence")
    assert [one.event for one in events] == ["procurement.enquiry.asked", "procurement.enquiry.answered"]
    assert {one.chain for one in events} == {agreement.slug}


def test_the_company_never_sees_a_question_about_it(agreement, town, buyer, client):
    firm = member(agreement)
    enquiry = asked(buyer, agreement, town, about=firm.organisation.name)
    for role in ("company_admin", "company_user"):
        viewer = worker(firm.organisation, role, name=role)
        assert enquiry_for(viewer, enquiry.pk) is None
        assert not enquiries_visible_to(viewer).exists()
        sign_in(client, viewer)
        assert client.get(reverse("procurement:enquiry", args=[enquiry.pk])).status_code == 404
        assert client.get(reverse("procurement:enquiries")).status_code == 404


def test_an_authority_sees_its_own_questions_only_and_absent_looks_the_same(agreement, town, buyer, client):
    own = asked(buyer, agreement, town)
    village = authority(agreement, "Example village")
    other = worker(village, "authority_user", name="other")
    foreign = asked(other, agreement, village)
    assert list(enquiries_visible_to(buyer)) == [own]
    sign_in(client, buyer)
    assert client.get(reverse("procurement:enquiry", args=[own.pk])).status_code == 200
    pages = [client.get(reverse("procurement:enquiry", args=[pk])) for pk in (foreign.pk, 999_999)]
    assert [one.status_code for one in pages] == [404, 404]


def test_an_authority_does_not_ask_for_another_nor_answer(agreement, town, buyer):
    village = authority(agreement, "Example village")
    with pytest.raises(NotAllowed):
        asked(buyer, agreement, village)
    enquiry = asked(buyer, agreement, town)
    with pytest.raises(NotAllowed):
        services.answer(actor=buyer, enquiry=enquiry, text="Fine.", version=1)
    with pytest.raises(NotAllowed):
        asked(worker(member(agreement).organisation), agreement, town)


def test_staff_of_another_agreement_neither_read_nor_answer(agreement, town, buyer):
    enquiry = asked(buyer, agreement, town)
    elsewhere = staff(agreement_called(OTHER_SLUG))
    assert enquiry_for(elsewhere, enquiry.pk) is None
    with pytest.raises(NotAllowed):
        services.answer(actor=elsewhere, enquiry=enquiry, text="Fine.", version=1)


def test_an_answer_has_words_and_the_second_of_two_is_told(agreement, town, buyer):
    enquiry, adviser = asked(buyer, agreement, town), staff(agreement, "adviser")
    with pytest.raises(DomainError):
        services.answer(actor=adviser, enquiry=enquiry, text="  ", version=1)
    services.answer(actor=adviser, enquiry=enquiry, text="First.", version=1)
    with pytest.raises(StaleVersion):
        services.answer(actor=adviser, enquiry=enquiry, text="Second.", version=1)
    assert Enquiry.objects.get().answer == "First."


def test_the_page_of_a_second_answer_shows_both_texts_and_lets_it_be_saved(agreement, town, buyer, client):
    enquiry, adviser = asked(buyer, agreement, town), staff(agreement, "adviser")
    sign_in(client, adviser)
    address = reverse("procurement:enquiry", args=[enquiry.pk])
    client.get(address)
    services.answer(actor=adviser, enquiry=enquiry, text="A colleague's answer.", version=1)
    page = client.post(address, {"answer": "My own answer.", "version": "1"})
    assert page.status_code == 409
    assert b"A colleague&#x27;s answer." in page.content
    assert b"My own answer." in page.content
    kept = page.context["form"]["version"].value()
    assert client.post(address, {"answer": "Both joined.", "version": kept}).status_code == 302
    assert Enquiry.objects.get().answer == "Both joined."


def test_a_kind_that_does_not_exist_is_refused(agreement, town, buyer):
    with pytest.raises(DomainError) as refused:
        asked(buyer, agreement, town, kind="gossip")
    assert "kind" in refused.value.fields
    assert not Enquiry.objects.exists()


def test_questions_by_telephone_are_recorded_by_the_secretariat_and_counted_by_kind(agreement, town, buyer):
    asked(buyer, agreement, town)
    words = {"authority": None, "kind": "conditions", "about": "", "question": "Which?", "asked_by_name": "A caller"}
    services.record_question(actor=staff(agreement), agreement=agreement, asked_on=DAY, **words)
    with pytest.raises(NotAllowed):
        services.record_question(actor=buyer, agreement=agreement, asked_on=DAY, **words)
    assert counts_by_kind(agreement, DAY, DAY) == {"individual_supplier": 1, "conditions": 1, "country_risk": 0}
    assert not any(counts_by_kind(agreement, date(2025, 10, 16), date(2025, 12, 31)).values())


def test_asking_on_the_page_ignores_extra_fields(agreement, town, buyer, client):
    sign_in(client, buyer)
    sent = {"kind": "conditions", "about": "", "question": "Which?", "answer": "Yes", "authority": "1", "asked_by": "1"}
    assert client.post(reverse("procurement:ask"), sent).status_code == 302
    enquiry = Enquiry.objects.get()
    assert (enquiry.answer, enquiry.authority, enquiry.asked_by) == ("", town, buyer.person)


def test_what_was_typed_stays_when_the_kind_is_missing(agreement, town, buyer, client):
    sign_in(client, buyer)
    page = client.post(reverse("procurement:ask"), {"question": "My long question"})
    assert page.status_code == 200
    assert b"My long question" in page.content


def test_an_authority_that_takes_part_in_nothing_finds_no_page_to_ask(agreement, client):
    alone = company("Lonely town", kind="authority", subkind="municipality")
    sign_in(client, worker(alone, "authority_user", name="alone"))
    assert client.get(reverse("procurement:ask")).status_code == 404
    sent = {"kind": "conditions", "question": "Which?"}
    assert client.post(reverse("procurement:ask"), sent).status_code == 404


def test_the_list_costs_the_same_for_ten_and_for_sixty_questions(
    agreement, town, buyer, client, django_assert_max_num_queries
):
    counts = []
    sign_in(client, staff(agreement, "adviser"))
    for number in (10, 60):
        while Enquiry.objects.count() < number:
            asked(buyer, agreement, town)
        client.get(reverse("procurement:enquiries"))
        with django_assert_max_num_queries(15) as captured:
            assert client.get(reverse("procurement:enquiries")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1], counts


def test_with_two_agreements_one_is_chosen_and_a_foreign_one_is_no_choice(agreement, client):
    second, foreign = agreement_called(OTHER_SLUG), agreement_called("example-foreign")
    viewer = staff(agreement, "adviser", name="both")
    give(actor=ROBOT, person=viewer.person, role="adviser", scope=agreement_scope(second.slug))
    sign_in(client, viewer)
    page = reverse("procurement:record")
    assert foreign.slug not in client.get(page).content.decode()
    typed = {"kind": "conditions", "about": "", "question": "What may we ask?", "asked_on": "2025-10-15"}
    for slug in ("", foreign.slug):
        assert "What may we ask?" in client.post(page, {**typed, "agreement": slug}).content.decode()
    assert not Enquiry.objects.exists()
    assert client.post(page, {**typed, "agreement": second.slug}).status_code == 302
    assert Enquiry.objects.get().agreement == second


def test_a_question_about_a_firm_says_nothing_of_whether_it_takes_part(agreement, town, buyer, client):
    """Security case 11: member, known outsider and invented name give the same page but for the name typed."""
    member(agreement, "Voorbeeld Leisteen BV")
    company("Buiten Steen BV")
    sign_in(client, buyer)
    pages = set()
    for about in ("Voorbeeld Leisteen BV", "Buiten Steen BV", "Bestaat Niet BV"):
        typed = {"kind": "individual_supplier", "about": about, "question": "Does it take part?"}
        client.post(reverse("procurement:ask"), typed)
        found = Enquiry.objects.latest("pk")
        page = client.get(reverse("procurement:enquiry", args=[found.pk])).content.decode()
        pages.add(page.replace(about, "NAME").replace(f"/{found.pk}/", "/PK/"))
        Enquiry.objects.all().delete()
    assert len({re.sub(r'csrfmiddlewaretoken" value="[^"]+', "", page) for page in pages}) == 1
