"""The pages of an organisation: own data, people, and choosing one organisation to act for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.participants.models import Contact, Organisation
from ketenwijs.domain.participants.tests.access import ACCESS
from ketenwijs.domain.participants.tests.factories import ROBOT, company, staff, viewer_with, worker
from ketenwijs.domain.participants.urls import urlpatterns
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION, agreement_scope, organisation_scope
from ketenwijs.foundation.accounts.models import Invitation
from ketenwijs.foundation.accounts.services import invite

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings):
    """One language, and no second factor to set up first."""
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


def page(name, *arguments):
    return reverse(f"participants:{name}", args=arguments)


def test_every_page_stands_in_the_access_table():
    assert {row["url"] for row in ACCESS} == {f"participants:{one.name}" for one in urlpatterns}


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
@pytest.mark.parametrize("role", [one for one in roles.all_roles().values() if one.scope != "installation"],
                         ids=lambda role: role.code)  # fmt: skip
def test_each_role_opens_what_the_table_says_and_nothing_else(member, client, row, role):
    city = company("Voorbeeldstad", kind="authority", subkind="municipality")
    own = city if role.code == "authority_user" else member
    scope = organisation_scope(own.pk) if role.scope == ORGANISATION else agreement_scope("example")
    viewer = viewer_with(role.code, scope)
    if role.scope == AGREEMENT:
        assert viewer.acting_for is None
    made = {
        "invitation": invite(
            actor=ROBOT, email="x@example.org", name="X", role="company_user", scope_kind=ORGANISATION,
            scope_key=str(member.pk),
        )[0].pk,
        "grant": Grant.objects.get(person=worker(member, "company_user", "colleague").person).pk,
    }  # fmt: skip
    pattern = next(one.pattern for one in urlpatterns if f"participants:{one.name}" == row["url"])
    known = {"firm": member.reference, "pk": made.get(row["arguments"].get("pk"))}
    address = reverse(row["url"], kwargs={name: known[name] for name in pattern.converters})
    client.force_login(viewer.person)
    for method in row["methods"]:
        answer = client.generic(method, address).status_code
        if role.code in row["roles"] and not (row["url"].endswith("choose") and method == "POST"):
            assert answer == row["answer"], method
        else:
            assert answer in (302, 403, 404), method


def test_the_own_data_are_shown_and_corrected(member, client):
    client.force_login(worker(member).person)
    assert client.get(page("own")).url == page("organisation", member.reference)
    text = client.get(page("organisation", member.reference)).content.decode()
    assert "Lid BV" in text
    assert "12345678" in text
    typed = {"name": "Lid BV", "country": "NL", "place": "Breda", "version": 1, "kvk": "12345678"}
    assert client.post(page("correct", member.reference), typed).status_code == 302
    assert Organisation.objects.get(pk=member.pk).place == "Breda"


def test_two_people_saving_the_same_page_the_second_sees_both_versions(member, client):
    client.force_login(worker(member).person)
    typed = {"name": "Lid BV", "country": "NL", "version": 1}
    client.post(page("correct", member.reference), {**typed, "place": "Breda"})
    answer = client.post(page("correct", member.reference), {**typed, "place": "Delft"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Breda" in text
    assert "Delft" in text
    assert Organisation.objects.get(pk=member.pk).place == "Breda"


def test_a_wrong_number_keeps_what_was_typed(member, client):
    client.force_login(worker(member).person)
    typed = {"name": "Lid BV", "country": "NL", "version": 1, "place": "Breda", "vat": "NL12"}
    answer = client.post(page("correct", member.reference), typed)
    assert answer.status_code == 200
    assert "wrong length" in answer.content.decode()
    assert "Breda" in answer.content.decode()


def test_extra_fields_of_a_form_are_never_applied(member, client):
    client.force_login(worker(member).person)
    typed = {
        "name": "Lid BV",
        "country": "NL",
        "version": 1,
        "kind": "authority",
        "is_example": "",
        "reference": "hacked",
    }
    client.post(page("correct", member.reference), typed)
    stored = Organisation.objects.get(pk=member.pk)
    assert (stored.kind, stored.is_example, stored.reference) == ("company", True, member.reference)


def test_a_foreign_organisation_looks_like_an_absent_one(member, client):
    client.force_login(worker(company("Concurrent BV")).person)
    for name in ("organisation", "correct", "people", "invite", "add_contact"):
        foreign, absent = (client.get(page(name, reference)) for reference in (member.reference, "nonesuch"))
        assert foreign.status_code == absent.status_code == 404


def test_inviting_a_contact_withdrawing_and_ending_a_role_work_from_the_page(member, client):
    admin, colleague = worker(member), worker(member, "company_user", "colleague")
    client.force_login(admin.person)
    typed = {"name": "Nieuw", "email": "nieuw@example.org", "role": "company_user", "language": "nl"}
    assert client.post(page("invite", member.reference), typed).status_code == 302
    assert client.post(page("invite", member.reference), {**typed, "role": "assessor"}).status_code == 200
    assert client.post(page("add_contact", member.reference), {"name": "Zonder"}).status_code == 302
    assert Contact.objects.get().name == "Zonder"
    grant = Grant.objects.get(person=colleague.person)
    client.post(page("end_role", member.reference, grant.pk), {"reason": "left"})
    text = client.get(page("people", member.reference)).content.decode()
    assert "nieuw@example.org" in text
    assert "Zonder" in text
    assert colleague.person.email not in text
    invitation = Invitation.objects.get()
    assert client.get(page("withdraw", member.reference, invitation.pk)).status_code == 405
    assert client.post(page("withdraw", member.reference, invitation.pk)).status_code == 302
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None


def test_somebody_of_two_companies_chooses_one_and_sees_nothing_of_the_other(member, client):
    viewer, second = worker(member), company("Tweede BV")
    give(actor=ROBOT, person=viewer.person, role="company_admin", scope=organisation_scope(second.pk))
    client.force_login(viewer.person)
    assert client.get(page("own")).url == page("choose")
    assert client.get(page("organisation", second.reference)).status_code == 404
    assert client.post(page("choose"), {"organisation": company("Derde BV").reference}).status_code == 404
    assert client.post(page("choose"), {"organisation": second.reference}).status_code == 302
    assert client.get(page("own")).url == page("organisation", second.reference)
    assert client.get(page("organisation", second.reference)).status_code == 200
    assert client.get(page("organisation", member.reference)).status_code == 404


def test_the_people_page_takes_the_same_number_of_queries_for_many_people(member, client):
    client.force_login(worker(member).person)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page("people", member.reference)).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(30):
        worker(member, "company_user", f"person{number}")
    assert queries() == few <= 15


def test_staff_without_an_organisation_are_told_whom_to_ask(client, db):
    client.force_login(staff("adviser").person)
    assert "You have no role at an organisation" in client.get(page("choose")).content.decode()
