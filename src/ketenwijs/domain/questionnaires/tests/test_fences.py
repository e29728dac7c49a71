"""Nobody sees or touches another firm's answers: by address, by number, by question, by file (cases 1-5, 13, 14)."""

import pytest
from django.urls import reverse

from ketenwijs.domain.questionnaires import services
from ketenwijs.domain.questionnaires.models import Answer, Evidence
from ketenwijs.domain.questionnaires.tests.access import ACCESS, READERS, WRITERS
from ketenwijs.domain.questionnaires.tests.factories import (
    POLICY,
    TELL,
    YEAR,
    address,
    agreement_with,
    answer_all,
    fields_of,
    member,
    opened,
    picture,
    sign_in,
    staff,
    worker,
)
from ketenwijs.domain.questionnaires.urls import urlpatterns
from ketenwijs.foundation.access.fence import fenced_for, unfenced

pytestmark = pytest.mark.django_db
CANARY = "Canary of B"


@pytest.fixture(autouse=True)
def english(settings, tmp_path):
    settings.LANGUAGE_CODE = "en"
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def agreement():
    return agreement_with()


@pytest.fixture
def mine(agreement):
    return member(agreement, "Firm A")


@pytest.fixture
def theirs(agreement):
    return member(agreement, "Firm B")


@pytest.fixture
def their_evidence(theirs):
    somebody = worker(theirs.organisation, name="b")
    with fenced_for(somebody):
        answer_all(somebody, theirs)
        services.save_answer(
            actor=somebody, workspace=opened(somebody, theirs), requirement=TELL, value=CANARY, version=1
        )
        return services.attach_evidence(
            actor=somebody,
            workspace=opened(somebody, theirs),
            requirement=POLICY,
            upload=picture("canary.png"),
            note=CANARY,
        )


@pytest.fixture
def viewer(mine, client):
    somebody = worker(mine.organisation, "company_user", name="a")
    sign_in(client, somebody)
    return somebody


def pages_of(membership, evidence):
    yield "get", address("overview", membership)
    yield "get", address("section", membership, "1")
    yield "post", address("section", membership, "1")
    yield "post", address("carry-over", membership)
    yield "post", address("confirm", membership)
    yield "get", address("evidence", membership, POLICY)
    yield "post", address("evidence", membership, POLICY)
    yield "post", address("remove-evidence", membership, POLICY, evidence.pk)


def test_every_page_of_another_firm_is_not_found_and_changes_nothing(client, viewer, theirs, their_evidence):
    sent = {f"{POLICY}-seen": "1-x", f"{POLICY}-value": "4", "shown": f"{POLICY}:1"}
    for method, page in pages_of(theirs, their_evidence):
        assert getattr(client, method)(page, sent).status_code == 404, page
    with unfenced(reason="test"):
        assert Answer.objects.get(requirement=POLICY).value == 2
        assert Evidence.objects.count() == 1


def test_foreign_and_absent_firms_look_the_same(client, viewer, theirs, their_evidence):
    foreign = address("section", theirs, "1")
    absent = foreign.replace(theirs.organisation.reference, "zzzzzzzz")
    first, second = client.get(foreign), client.get(absent)
    assert (first.status_code, second.status_code) == (404, 404)
    assert CANARY.encode() not in first.content


def test_a_foreign_file_below_the_own_address_is_not_found(client, viewer, mine, their_evidence):
    with fenced_for(viewer):
        answer_all(viewer, mine)
    assert client.post(address("remove-evidence", mine, POLICY, their_evidence.pk)).status_code == 404
    with unfenced(reason="test"):
        assert Evidence.objects.count() == 1


@pytest.mark.parametrize("code", ["later", "known-factories", "unheard-of"])
def test_a_question_that_is_not_asked_is_refused_in_words_and_nothing_moves(client, viewer, mine, code):
    typed = fields_of(client.get(address("section", mine, "1")))
    typed |= {f"{POLICY}-value": "3", f"{code}-seen": "0-x", f"{code}-value": "1"}
    refused = client.post(address("section", mine, "1"), typed)
    assert refused.status_code == 422
    assert b"not asked of your company" in refused.content
    with unfenced(reason="test"):
        assert not Answer.objects.filter(sheet__organisation=mine.organisation).exists()


def test_extra_fields_are_ignored(client, viewer, mine, theirs, their_evidence):
    typed = fields_of(client.get(address("section", mine, "1")))
    typed |= {
        f"{POLICY}-value": "3",
        f"{POLICY}-origin": "carried",
        f"{POLICY}-confirmed_at": "2020-01-01",
        f"{POLICY}-answered_by": "1",
        "sheet": their_evidence.answer.sheet_id,
        "organisation": theirs.organisation.pk,
        "year": "2021-2022",
        "edition": "1",
        "is_staff": "1",
    }
    assert client.post(address("section", mine, "1"), typed).status_code == 302
    with unfenced(reason="test"):
        answer = Answer.objects.get(sheet__organisation=mine.organisation)
    assert (answer.requirement, answer.value, answer.origin, answer.confirmed_at) == (POLICY, 3, "typed", None)
    assert (answer.answered_by, answer.sheet.year) == (viewer.person, YEAR)


def test_pages_of_one_firm_hold_nothing_of_another_and_stay_in_no_cache(client, viewer, mine, theirs, their_evidence):
    for page in (address("overview", mine), address("section", mine, "1")):
        answer = client.get(page, {"q": CANARY})
        assert CANARY.encode() not in answer.content
        assert theirs.organisation.name.encode() not in answer.content
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_same_answer_as_another_firm_is_taken_without_a_hint(client, viewer, mine, their_evidence):
    typed = fields_of(client.get(address("section", mine, "1"))) | {f"{TELL}-value": CANARY}
    answer = client.post(address("section", mine, "1"), typed, follow=True)
    assert b"1 answer is saved." in answer.content
    with unfenced(reason="test"):
        assert Answer.objects.filter(requirement=TELL).count() == 2


def test_after_somebody_else_signs_in_the_same_page_is_theirs(client, viewer, mine, theirs, their_evidence):
    own = address("section", mine, "1")
    assert client.get(own).status_code == 200
    client.logout()
    assert client.get(own).status_code == 302
    sign_in(client, worker(theirs.organisation, name="b2"))
    assert client.get(own).status_code == 404
    assert CANARY.encode() in client.get(address("section", theirs, "1")).content


def test_evidence_is_not_found_for_another_firm_and_after_signing_out(client, viewer, mine, their_evidence):
    with fenced_for(viewer):
        own = services.attach_evidence(
            actor=viewer, workspace=opened(viewer, mine), requirement=POLICY, upload=picture()
        )
    foreign, ours = (reverse("files:download", args=[one.file_id]) for one in (their_evidence, own))
    assert client.get(foreign).status_code == 404
    assert client.get(ours).status_code == 200
    client.logout()
    assert client.get(ours).status_code in (302, 404)


def test_evidence_is_open_to_staff_of_its_own_agreement_only(client, agreement, their_evidence):
    page = reverse("files:download", args=[their_evidence.file_id])
    for role, status in (("assessor", 200), ("party_member", 404)):
        sign_in(client, staff(agreement, role))
        assert client.get(page).status_code == status, role


@pytest.mark.parametrize(
    "role", ["secretariat_lead", "adviser", "assessor", "steering_member", "party_member", "auditor"]
)
def test_people_of_the_agreement_get_the_pages_the_table_says(client, agreement, theirs, their_evidence, role):
    sign_in(client, staff(agreement, role))
    readable = {address("overview", theirs), address("section", theirs, "1")}
    for method, page in pages_of(theirs, their_evidence):
        reading = method == "get" and page in readable and role in READERS
        assert getattr(client, method)(page, {}).status_code == (200 if reading else 404), (role, page)


def test_the_table_names_every_address_of_this_app():
    assert {f"questionnaires:{one.name}" for one in urlpatterns} == {one["url"] for one in ACCESS}
    assert WRITERS < READERS
