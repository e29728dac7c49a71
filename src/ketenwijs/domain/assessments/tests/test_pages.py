"""The pages of the judgement: doors, two people at once, what was typed stays, and lists that stay cheap."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, member, staff, worker
from ketenwijs.domain.agreements.tests.factories import example_agreement as agreement_called
from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.models import Dossier, Finding, Outcome
from ketenwijs.domain.assessments.tests.access import ACCESS
from ketenwijs.domain.assessments.tests.factories import DAY, POLICY, TRAINED, YEAR, world
from ketenwijs.domain.assessments.urls import urlpatterns
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    found = world()
    found.open_round()
    return found


def page(name, *arguments):
    return reverse(f"assessments:{name}", args=arguments)


def at(cast, state):
    """The dossier in a state with one draft finding and an outcome, without the whole way there."""
    with unfenced(reason="test"):
        dossier = Dossier.objects.get()
        Dossier.objects.update(state=state)
        finding, _created = Finding.objects.get_or_create(dossier=dossier, requirement=POLICY, verdict="met")
        Outcome.objects.get_or_create(dossier=dossier, scheme="levels", value="l1", number=1, reason="Met.")
    return dossier.pk, finding.pk


def test_every_page_stands_in_the_access_table():
    assert {row["url"] for row in ACCESS} == {f"assessments:{one.name}" for one in urlpatterns}


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_each_role_opens_what_the_table_says_and_nothing_else(cast, client, row):
    dossier, finding = at(cast, row["state"])
    pattern = next(one.pattern for one in urlpatterns if f"assessments:{one.name}" == row["url"])
    pk = finding if row["url"].endswith(":reply") else dossier
    known = {"agreement": cast.agreement.slug, "year": YEAR, "pk": pk, **row["arguments"]}
    address = reverse(row["url"], kwargs={name: known[name] for name in pattern.converters})
    for role in roles.all_roles().values():
        if role.scope == ORGANISATION:
            viewer = worker(cast.firm.organisation, role.code, name=f"matrix-{role.code}")
        elif role.scope == AGREEMENT:
            viewer = staff(cast.agreement, role.code, name=f"matrix-{role.code}")
        else:
            continue
        sign_in(client, viewer)
        for method in row["methods"]:
            answer = client.generic(method, address).status_code
            if role.code in row["roles"]:
                assert answer == row["answer"], (role.code, method)
            else:
                assert answer in (302, 403, 404), (role.code, method)


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_strangers_of_another_firm_and_agreement_find_nothing_and_change_nothing(cast, client, row):
    dossier, finding = at(cast, row["state"])
    pattern = next(one.pattern for one in urlpatterns if f"assessments:{one.name}" == row["url"])
    if "pk" not in pattern.converters and "year" not in pattern.converters:
        return
    pk = finding if row["url"].endswith(":reply") else dossier
    known = {"agreement": cast.agreement.slug, "year": YEAR, "pk": pk, **row["arguments"]}
    address = reverse(row["url"], kwargs={name: known[name] for name in pattern.converters})
    other = agreement_called(OTHER_SLUG)
    strangers = [worker(member(cast.agreement, "Other BV").organisation, name="other"), staff(other, name="elsewhere")]
    for viewer in strangers:
        sign_in(client, viewer)
        for method in row["methods"]:
            assert client.generic(method, address).status_code in (403, 404), (viewer.reference, method)
    assert cast.dossier().state == row["state"]


def test_a_visitor_is_asked_to_sign_in(cast, client):
    assert client.get(page("dossier", cast.dossier().pk))["Location"].startswith("/")
    assert client.get(page("board", cast.agreement.slug, YEAR)).status_code == 302


@pytest.mark.parametrize(
    "name", ["hand-in", "take-back", "take-along", "finish-reply", "confirm-unchanged", "send-findings", "confirm"]
)
def test_a_look_never_changes_anything(cast, client, name):
    sign_in(client, cast.lead)
    assert client.get(page(name, cast.dossier().pk)).status_code == 405


def test_the_firm_sees_no_draft_finding_before_it_is_sent(cast, client):
    dossier, _finding = at(cast, "handed_in")
    sign_in(client, cast.owner)
    assert client.get(page("findings", dossier)).status_code == 404
    assert client.get(page("letter", dossier)).status_code == 404


def test_hand_in_with_things_missing_comes_back_with_the_list_of_what_is_missing(cast, client):
    sign_in(client, cast.owner)
    answer = client.post(page("hand-in", cast.dossier().pk), follow=True)
    text = answer.content.decode()
    assert "cannot be handed in yet" in text
    assert "Title of policy" in text
    assert cast.dossier().state == "draft"


def handed_in(cast):
    cast.fill_in()
    return cast.hand_in().pk


def test_two_assessors_at_once_the_second_sees_both_findings_and_can_save_again(cast, client):
    pk = handed_in(cast)
    cast.judge(POLICY, "partly", "The first words.")
    sign_in(client, cast.assessor)
    typed = {"verdict": "not_met", "reason": "My own words.", "version": "0"}
    refused = client.post(page("judge", pk, POLICY), typed)
    text = refused.content.decode()
    assert refused.status_code == 409
    assert "The first words." in text
    assert "My own words." in text
    assert cast.finding(POLICY).reason == "The first words."
    kept = refused.context["form"]["version"].value()
    assert client.post(page("judge", pk, POLICY), {**typed, "version": kept}).status_code == 302
    assert cast.finding(POLICY).reason == "My own words."


def test_two_colleagues_replying_at_once_the_second_sees_both_texts(cast, client):
    handed_in(cast)
    cast.judge_all()
    with fenced_for(cast.lead):
        services.send_findings(actor=cast.assessor, dossier=cast.dossier())
    finding = cast.finding(POLICY)
    sign_in(client, cast.owner)
    address = page("reply", finding.pk)
    assert client.post(address, {"reply": "The first reply.", "version": "1"}).status_code == 302
    refused = client.post(address, {"reply": "The second reply.", "version": "1"})
    assert refused.status_code == 409
    assert b"The first reply." in refused.content
    assert b"The second reply." in refused.content


def test_a_finding_without_its_reason_keeps_what_was_typed(cast, client):
    pk = handed_in(cast)
    sign_in(client, cast.assessor)
    answer = client.post(page("judge", pk, POLICY), {"verdict": "partly", "reason": " ", "version": "0"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["reason"]
    assert answer.context["form"]["verdict"].value() == "partly"


def test_fields_that_do_not_belong_to_a_finding_are_never_applied(cast, client):
    pk = handed_in(cast)
    sign_in(client, cast.assessor)
    sent = {
        "verdict": "met",
        "reason": "",
        "version": "0",
        "final_verdict": "met",
        "state": "published",
        "unchanged": "1",
    }
    assert client.post(page("judge", pk, POLICY), sent).status_code == 302
    found = cast.finding(POLICY)
    assert (found.final_verdict, found.unchanged, cast.dossier().state) == ("", False, "handed_in")


def test_after_saving_the_next_open_requirement_follows(cast, client):
    pk = handed_in(cast)
    sign_in(client, cast.assessor)
    answer = client.post(page("judge", pk, POLICY), {"verdict": "met", "version": "0"})
    assert answer["Location"] == page("judge", pk, TRAINED)
    answer = client.post(page("judge", pk, TRAINED), {"verdict": "met", "version": "0"})
    assert answer["Location"] == page("assess", pk)


def test_the_letter_reads_the_same_on_screen_and_as_a_file(cast, client):
    cast.until_decided()
    cast.confirm_and_publish(on=DAY)
    sign_in(client, cast.owner)
    pk = cast.dossier().pk
    assert "Title of policy" in client.get(page("letter", pk)).content.decode()
    file = client.get(page("letter-word", pk))
    assert file.content[:2] == b"PK"
    assert file["Cache-Control"] == "no-store"


def test_the_board_costs_the_same_for_ten_and_for_sixty_reports(cast, client):
    sign_in(client, cast.lead)
    counts = []
    with unfenced(reason="test"):
        round_ = Dossier.objects.get().round
    client.get(page("board", cast.agreement.slug, YEAR))
    for number in (10, 60):
        with unfenced(reason="test"):
            have = Dossier.objects.count()
        for n in range(have, number):
            _more(cast, round_, n)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page("board", cast.agreement.slug, YEAR)).status_code == 200
        # Savepoints stand for the transaction that a test wraps around everything; a real request has none.
        counts.append(sum("SAVEPOINT" not in one["sql"] for one in captured.captured_queries))
    assert counts[0] == counts[1] <= 15, counts


def _more(cast, round_, number):
    firm = member(cast.agreement, f"Firm {number}")
    with unfenced(reason="test"):
        dossier = Dossier.objects.create(
            round=round_,
            organisation=firm.organisation,
            membership=firm,
            kind="full",
            group="C",
            membership_year=1,
            target_level=1,
            state=("draft", "handed_in", "published")[number % 3],
            adviser=cast.adviser.person,
            assessor=cast.assessor.person,
        )
        Outcome.objects.create(dossier=dossier, scheme="levels", value="l1", number=1, reason="Met.")
