"""The pages: lists that stay cheap, forms that keep what was typed, a meeting from plan to minutes, files and sheets."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ketenwijs.domain.governance import services
from ketenwijs.domain.governance.models import (
    Body,
    BudgetLine,
    Commitment,
    Decision,
    Meeting,
    OutsideCheck,
    Seat,
    Subsidy,
)
from ketenwijs.domain.governance.tests.factories import (
    OTHER_SLUG,
    PAST,
    amount,
    body,
    check,
    commitment_values,
    committed,
    company,
    day,
    decided,
    example_agreement,
    goal,
    held,
    line,
    meeting,
    member,
    paper,
    party,
    seat,
    sign_in,
    staff,
    subsidy,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.due import due_for
from ketenwijs.foundation.ui.navigation import menu_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def lead(agreement, client):
    viewer = staff(agreement)
    sign_in(client, viewer)
    return viewer


def page(name, agreement, *more):
    return reverse(f"governance:{name}", args=[agreement.slug, *more])


def posted(values):
    return {
        name: "on" if value is True else str(getattr(value, "pk", value))
        for name, value in values.items()
        if value not in (None, False)
    }


def fill(lead, agreement, number):
    """One more of everything that stands in a list."""
    group = body(lead, agreement, name=f"Body {number}")
    seat(lead, group)
    row = held(lead, group)
    paper(lead, row)
    meeting(lead, group, day(5))
    decided(lead, group, meeting=row)
    rated = committed(lead, agreement, due_on=PAST, owner_kind="body", owner_body=group)
    safe = goal(lead, agreement, f"Goal {number}")
    services.rate_contribution(
        actor=lead, commitment=rated, goal=safe, value="some", rated_by="x", rated_on=PAST, note=""
    )
    amount(lead, line(lead, agreement, code=f"C{number}"))
    check(lead, agreement)
    subsidy(lead, agreement)


def test_every_list_costs_the_same_for_ten_and_for_sixty_rows(lead, agreement, client, django_assert_max_num_queries):
    names = (
        "overview",
        "bodies",
        "meetings",
        "decisions",
        "commitments",
        "budget",
        "checks",
        "decisions_csv",
        "commitments_csv",
    )
    counts = {}
    client.get(page("overview", agreement))
    for number in (10, 60):
        while Body.objects.count() < number:
            fill(lead, agreement, Body.objects.count())
        for name in names:
            with django_assert_max_num_queries(15) as captured:
                assert client.get(page(name, agreement)).status_code == 200
            counts.setdefault(name, []).append(len(captured))
    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}


def test_with_one_agreement_the_menu_leads_straight_to_its_overview(lead, agreement, client):
    assert client.get(reverse("governance:home")).url == page("overview", agreement)
    assert ("Governance", reverse("governance:home")) in [(str(label), where) for label, where in menu_for(lead)]
    firm = worker(member(agreement).organisation)
    assert "Governance" not in [str(label) for label, _where in menu_for(firm)]


def test_the_overview_says_who_sits_where_what_comes_and_how_far_it_is(lead, agreement, client):
    group = body(lead, agreement, name="Steering group")
    seat(lead, group, role="chair", section="", holder="Example Chair")
    seat(lead, group, holder="Example Member", organisation=party(agreement).organisation)
    seat(lead, group, holder="Former Member", until=PAST)
    meeting(lead, group, day(9))
    decided(lead, group, title="We go on")
    committed(lead, agreement, due_on=PAST)
    amount(lead, line(lead, agreement), euros="12345.60")
    shown = client.get(page("overview", agreement)).content.decode()
    for words in ("Example Chair", "Independent chair", "Example Member", "We go on", "1 is late.", "12,345.60"):
        assert words in shown, words
    assert "Former Member" not in shown
    assert "Former Member" in client.get(page("body", agreement, group.pk)).content.decode()


def test_a_body_a_seat_and_a_meeting_are_made_on_their_pages(lead, agreement, client):
    sent = {"name": "Steering group", "kind": "steering_group", "since": "2020-01-01", "version": "0"}
    assert client.post(page("new_body", agreement), sent).status_code == 302
    group = Body.objects.get()
    sent = {"role": "member", "section": "unions", "holder": "Somebody", "since": "2020-01-01", "version": "0"}
    assert client.post(page("new_seat", agreement, group.pk), sent).status_code == 302
    assert Seat.objects.get().holder == "Somebody"
    sent = {"body": str(group.pk), "day": day(-2).isoformat(), "starts_at": "13:30", "place": "Hall", "version": "0"}
    assert client.post(page("new_meeting", agreement), sent).status_code == 302
    row = Meeting.objects.get()
    assert (row.body, row.place, row.starts_at.hour) == (group, "Hall", 13)
    assert client.post(page("hold", agreement, row.pk), {"present": str(Seat.objects.get().pk)}).status_code == 302
    upload = SimpleUploadedFile("notulen.csv", b"a;b\n1;2\n")
    sent = {"kind": "minutes", "title": "Minutes", "upload": upload}
    assert client.post(page("add_paper", agreement, row.pk), sent).status_code == 302
    assert client.post(page("approve", agreement, row.pk), {"approved_on": day(0).isoformat()}).status_code == 302
    shown = client.get(page("meeting", agreement, row.pk)).content.decode()
    assert "minutes approved" in shown
    assert "Somebody" in shown
    file = row.papers.get().file
    answer = client.get(reverse("files:download", args=[file.pk]))
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"a;b\n1;2\n")
    assert JournalEntry.objects.filter(event="files.file.opened", chain=agreement.slug).exists()


def test_a_refused_file_comes_back_with_a_sentence(lead, agreement, client):
    row = meeting(lead, body(lead, agreement))
    upload = SimpleUploadedFile("program.exe", b"MZ")
    answer = client.post(page("add_paper", agreement, row.pk), {"kind": "paper", "title": "Kept", "upload": upload})
    assert answer.status_code == 200
    assert b"This kind of file cannot be kept here" in answer.content
    assert b"Kept" in answer.content


def test_a_decision_is_recorded_per_kind_and_what_was_typed_stays_when_it_is_refused(lead, agreement, client):
    group = body(lead, agreement)
    address = page("record", agreement, "extension")
    shown = client.get(address).content.decode()
    assert "new last day of the term" in shown.lower()
    assert "content file" in shown
    sent = {
        "title": "Two more years", "effect": "Work goes on.", "body": str(group.pk), "decided_on": "2025-03-12",
        "term": "second", "new_end_on": "2030-09-30", "version": "0",
    }  # fmt: skip
    refused = client.post(address, sent)
    assert refused.status_code == 200
    assert b"Two more years" in refused.content
    done = client.post(address, {**sent, "votes_for": "5", "votes_against": "1"})
    row = Decision.objects.get()
    assert done.url == page("decision", agreement, row.pk)
    shown = client.get(done.url).content.decode()
    assert "still says Sept. 30, 2028" in shown or "still says 30 September 2028" in shown
    assert "5 for, 1 against, 0 abstained" in shown.lower()
    assert client.get(page("record", agreement, "rumour")).status_code == 404


def test_superseding_starts_with_the_words_of_the_old_decision(lead, agreement, client):
    old = decided(lead, body(lead, agreement), title="Old words")
    address = page("supersede", agreement, old.pk)
    assert b"Old words" in client.get(address).content
    sent = {"title": "New words", "effect": "x", "body": str(old.body_id), "decided_on": "2025-06-01"}
    sent |= {"by_consensus": "on", "version": "0"}
    assert client.post(address, sent).status_code == 302
    assert b"Superseded on" in client.get(page("decision", agreement, old.pk)).content


def test_the_membership_of_an_accession_is_begun_from_its_decision(lead, agreement, client):
    union = party(agreement)
    row = decided(lead, body(lead, agreement), "accession", party_name="Example Union")
    assert b"Begin the membership" in client.get(page("decision", agreement, row.pk)).content
    sent = {"organisation": str(union.organisation_id), "section": "unions"}
    assert client.post(page("carry_out", agreement, row.pk), sent).status_code == 302
    assert Decision.objects.get().membership == union
    other = decided(lead, Body.objects.get())
    assert client.get(page("carry_out", agreement, other.pk)).status_code == 404


def test_an_organisation_outside_the_leads_agreements_is_not_offered(lead, agreement, client):
    company("Stranger", kind="party", subkind="ngo")
    row = decided(lead, body(lead, agreement), "accession", party_name="Stranger")
    assert b"Stranger</option>" not in client.get(page("carry_out", agreement, row.pk)).content


def test_a_commitment_is_made_moved_and_rated_on_its_pages(lead, agreement, client):
    safe = goal(lead, agreement)
    sent = {**posted(commitment_values(title="Train people")), "version": "0"}
    assert client.post(page("new_commitment", agreement), sent).status_code == 302
    row = Commitment.objects.get()
    assert client.post(page("move", agreement, row.pk, "start"), {"on": "2025-03-12"}).status_code == 302
    missing = client.post(page("move", agreement, row.pk, "finish"), {"on": "2025-06-12", "result": ""})
    assert missing.status_code == 200
    sent = {"on": "2025-06-12", "result": "All were trained."}
    assert client.post(page("move", agreement, row.pk, "finish"), sent).status_code == 302
    sent = {"goal": str(safe.pk), "value": "much", "rated_by": "Evaluator", "rated_on": "2025-07-01"}
    assert client.post(page("rate", agreement, row.pk), sent).status_code == 302
    shown = client.get(page("commitment", agreement, row.pk)).content.decode()
    for words in ("All were trained.", "Much", "Evaluator", "ambitious"):
        assert words in shown, words
    assert client.get(page("move", agreement, row.pk, "explode")).status_code == 404
    late = client.get(page("commitments", agreement) + "?show=late").content.decode()
    assert "Train people</a>" not in late


def test_two_people_at_once_the_second_sees_both_versions(lead, agreement, client):
    row = committed(lead, agreement)
    values = commitment_values(title="A colleague's words")
    services.save_commitment(actor=lead, agreement=agreement, commitment=row, values=values, version=1)
    sent = {**posted(commitment_values(title="My own words")), "version": "1"}
    answer = client.post(page("change_commitment", agreement, row.pk), sent)
    assert answer.status_code == 409
    assert b"A colleague&#x27;s words" in answer.content
    assert b"My own words" in answer.content
    kept = answer.context["form"]["version"].value()
    assert client.post(page("change_commitment", agreement, row.pk), {**sent, "version": kept}).status_code == 302
    assert Commitment.objects.get().title == "My own words"


def test_budget_check_and_subsidy_are_kept_on_their_pages(lead, agreement, client):
    sent = {"year": "2024-2025", "code": "C1", "name": "Secretariat", "kind": "cost", "version": "0"}
    assert client.post(page("new_line", agreement), sent).status_code == 302
    row = BudgetLine.objects.get()
    for kind, euros in (("budgeted", "1500,50"), ("realised", "1400")):
        sent = {"kind": kind, "euros": euros, "on": "2025-03-12", "source": "accounts"}
        assert client.post(page("new_amount", agreement, row.pk), sent).status_code == 302
    shown = client.get(page("budget_year", agreement, "2024-2025")).content.decode()
    assert "1,500.50" in shown
    assert "-100.50" in shown
    assert client.get(page("budget_year", agreement, "1999")).status_code == 404
    sent = {"kind": "ncp", "by_whom": "Contact point", "question": "Fine?", "asked_on": "2025-03-12", "version": "0"}
    assert client.post(page("new_check", agreement), sent).status_code == 302
    assert OutsideCheck.objects.get().by_whom == "Contact point"
    sent = {
        "grantor": "Fund", "purpose": "training", "euros": "5000", "starts_on": "2025-01-01", "ends_on": "2025-12-31",
        "state": "asked", "state_on": "2025-03-12", "version": "0",
    }  # fmt: skip
    assert client.post(page("new_subsidy", agreement), sent).status_code == 302
    backwards = client.post(page("new_subsidy", agreement), {**sent, "ends_on": "2024-12-31"})
    assert backwards.status_code == 200
    assert b"The last day lies before the first" in backwards.content
    assert Subsidy.objects.count() == 1


def test_getting_a_page_changes_nothing(lead, agreement, client):
    row = meeting(lead, body(lead, agreement))
    before = JournalEntry.objects.count()
    for name in ("hold", "approve", "cancel", "add_paper", "change_meeting"):
        assert client.get(page(name, agreement, row.pk)).status_code == 200
    assert client.get(page("remove_paper", agreement, row.pk, paper(lead, row).pk)).status_code == 405
    assert Meeting.objects.get().state == "planned"
    assert JournalEntry.objects.exclude(event__contains="paper").exclude(event__startswith="files").count() == before


def test_what_is_due_depends_on_who_looks(lead, agreement):
    group = body(lead, agreement)
    meeting(lead, group, day(9))
    meeting(lead, group, day(-3))
    meeting(lead, group, day(60))
    committed(lead, agreement, due_on=PAST)
    today = timezone.localdate()
    with fenced_for(lead):
        found = due_for(lead, today)
    assert [(one.late, one.count) for one in found if "governance" in one.url] == [
        (True, None),
        (True, 1),
        (False, None),
    ]
    for viewer, days in (
        (staff(agreement, "steering_member"), [day(9)]),
        (staff(example_agreement(OTHER_SLUG), name="elsewhere"), []),
    ):
        with fenced_for(viewer):
            assert [one.due_on for one in due_for(viewer, today)] == days


def test_the_sheets_are_files_to_keep(lead, agreement, client):
    decided(lead, body(lead, agreement), title="=1+1", decided_on=date(2025, 3, 12))
    answer = client.get(page("decisions_csv", agreement))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "'=1+1" in answer.content.decode("utf-8-sig")
    assert client.post(page("commitments_csv", agreement)).status_code == 405
