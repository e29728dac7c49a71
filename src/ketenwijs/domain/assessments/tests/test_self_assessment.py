"""A round of self-assessments: advice at once, no judgement, totals only; nobody but the firm reads an answer."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ketenwijs.domain.assessments import policies, services
from ketenwijs.domain.assessments.models import Dossier, Finding, Outcome
from ketenwijs.domain.assessments.states import COUNTED, DRAFT, HANDED_IN
from ketenwijs.domain.assessments.tests.families import DAY, GIVEN, GOALS, NEXT, POLICY, TALKS, YEAR, cast_of
from ketenwijs.domain.assessments.totals import answer_totals
from ketenwijs.domain.assessments.urls import urlpatterns
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.domain.questionnaires import services as answers
from ketenwijs.domain.questionnaires.tests.factories import picture
from ketenwijs.domain.questionnaires.urls import urlpatterns as question_urls
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.journal.models import JournalDetail
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.ui.due import due_for
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
CANARY = "canary-7f3a-only-for-the-firm"
LOW = {**GIVEN, POLICY: "1", TALKS: "no"}


@pytest.fixture
def cast():
    found = cast_of("self_assessment")
    found.open_round()
    return found


def of(firm, name, *more):
    return reverse(f"questionnaires:{name}", args=[*firm.workspace().url_parts.values(), *more])


def test_the_advice_stands_on_the_page_as_soon_as_the_answer_is_saved(cast, client):
    firm = cast.firm
    sign_in(client, firm.owner)
    page = of(firm, "section", "1")
    assert "Write one page." not in client.get(page).content.decode()
    typed = {f"{POLICY}-seen": "0-", f"{POLICY}-value": "1", f"{POLICY}-explanation": "", "do": f"save:{POLICY}"}
    told = client.post(page, typed, follow=True).content.decode()
    assert "Write one page. en" in told
    better = {**typed, f"{POLICY}-seen": "1-", f"{POLICY}-value": "4"}
    assert "Write one page." not in client.post(page, better, follow=True).content.decode()


def test_all_advice_stands_on_one_page_of_the_firm_only(cast, client):
    cast.firm.answer(LOW)
    sign_in(client, cast.firm.owner)
    page = client.get(of(cast.firm, "advice")).content.decode()
    assert "Write one page. en" in page
    assert "Talk to the union. en" in page
    assert client.get(of(cast.firm, "overview")).status_code == 200
    own = client.get(reverse("assessments:dossier", args=[cast.firm.dossier().pk])).content.decode()
    assert of(cast.firm, "advice") in own
    cast.firm.hand_in()
    assert "Talk to the union. en" in client.get(of(cast.firm, "advice")).content.decode()
    assert "Talk to the union. en" in client.get(of(cast.firm, "section", "3")).content.decode()
    for viewer in (cast.lead, cast.assessor):
        sign_in(client, viewer)
        assert client.get(of(cast.firm, "advice")).status_code == 404


def test_other_families_have_no_advice_page(client):
    cast = cast_of("weighted_score")
    cast.open_round()
    sign_in(client, cast.firm.owner)
    assert client.get(of(cast.firm, "advice")).status_code == 404


def test_hand_in_ends_the_firms_duty_and_nobody_judges(cast):
    cast.firm.answer(LOW)
    dossier = cast.firm.hand_in()
    assert dossier.state == HANDED_IN
    with fenced_for(cast.lead):
        dossier = cast.firm.dossier()
        assert not policies.may_assess(cast.assessor, dossier)
        for verb, values in (
            (services.judge, {"requirement": POLICY, "verdict": "met", "reason": "x", "version": 0}),
            (services.send_findings, {}),
            (services.confirm_unchanged, {"requirements": [POLICY]}),
            (services.decide, {"value": "enough", "reason": "x"}),
        ):
            with pytest.raises((NotAllowed, DomainError)):
                verb(actor=cast.assessor, dossier=dossier, **values)
    with unfenced(reason="test"):
        assert not Finding.objects.exists()
        assert not Outcome.objects.exists()


def test_a_participant_takes_its_answers_back_and_hands_in_anew(cast, client):
    cast.firm.answer(LOW)
    dossier = cast.firm.hand_in()
    sign_in(client, cast.lead)
    assert client.post(reverse("assessments:take-back", args=[dossier.pk])).status_code == 302
    assert cast.firm.dossier().state == HANDED_IN
    sign_in(client, cast.firm.owner)
    own = reverse("assessments:dossier", args=[dossier.pk])
    assert reverse("assessments:take-back", args=[dossier.pk]) in client.get(own).content.decode()
    client.post(reverse("assessments:take-back", args=[dossier.pk]))
    assert cast.firm.dossier().state == DRAFT
    cast.firm.answer({POLICY: "4"})
    assert cast.firm.hand_in().frozen["answers"][POLICY]["value"] != dossier.frozen["answers"][POLICY]["value"]


def test_nothing_is_taken_back_once_the_round_is_closed(cast):
    cast.firm.answer(LOW)
    cast.firm.hand_in()
    with fenced_for(cast.lead):
        services.close_round(actor=cast.lead, round_=cast.round())
    with fenced_for(cast.firm.owner), pytest.raises(NotAllowed):
        services.take_back(actor=cast.firm.owner, dossier=cast.firm.dossier(), workspace=cast.firm.workspace())


def test_nothing_is_taken_back_where_somebody_judges():
    judged = cast_of("weighted_score")
    judged.open_round()
    judged.firm.answer(GIVEN)
    dossier = judged.firm.hand_in()
    with fenced_for(judged.firm.owner), pytest.raises(NotAllowed):
        services.take_back(actor=judged.firm.owner, dossier=dossier, workspace=judged.firm.workspace())


def test_closing_the_round_counts_what_was_handed_in_and_leaves_the_rest(cast):
    silent = cast.join(1)[0]
    with unfenced(reason="test"):
        one = cast.firm.dossier()
        Dossier.objects.create(
            round=one.round,
            organisation=silent.membership.organisation,
            membership=silent.membership,
            kind="full",
            group="C",
            membership_year=1,
            target_level=1,
        )
    cast.firm.answer(LOW)
    cast.firm.hand_in()
    before = Publication.objects.count()
    with fenced_for(cast.lead):
        with pytest.raises(NotAllowed):
            services.close_round(actor=cast.assessor, round_=cast.round())
        services.close_round(actor=cast.lead, round_=cast.round())
        with pytest.raises(DomainError):
            services.close_round(actor=cast.lead, round_=cast.round())
    assert cast.firm.dossier().state == COUNTED
    assert silent.dossier().state == DRAFT
    assert Publication.objects.count() == before
    silent.answer(LOW)
    with pytest.raises(DomainError):
        silent.hand_in()
    with fenced_for(silent.owner):
        assert [one for one in due_for(silent.owner, DAY) if YEAR in str(one.title)] == []


def pages_about(firm, dossier, evidence):
    """Every address of the judgement and of the questions that leads to this firm's report."""
    known = {
        **firm.workspace().url_parts,
        "pk": dossier.pk,
        "requirement": POLICY,
        "step": "1",
        "agreement": firm.cast.agreement.slug,
        "year": YEAR,
    }
    for app, patterns in (("assessments", urlpatterns), ("questionnaires", question_urls)):
        for one in patterns:
            names = one.pattern.converters
            values = {name: known[name] for name in names}
            if one.name == "remove-evidence":
                values["pk"] = evidence.pk
            yield reverse(f"{app}:{one.name}", kwargs=values)
    yield reverse("files:download", args=[evidence.file_id])


def test_staff_find_no_single_answer_on_any_page(cast, client):
    firm = cast.firm
    firm.answer(LOW, words=CANARY)
    with fenced_for(firm.owner):
        evidence = answers.attach_evidence(
            actor=firm.owner, workspace=firm.workspace(), requirement=POLICY, upload=picture()
        )
    firm.hand_in()
    sign_in(client, firm.owner)
    own = client.get(of(firm, "section", "1")).content.decode()
    assert CANARY in own
    assert client.get(reverse("files:download", args=[evidence.file_id])).status_code == 200
    for state in (HANDED_IN, COUNTED):
        with unfenced(reason="test"):
            Dossier.objects.update(state=state)
        for viewer in (cast.lead, cast.assessor, cast.reader):
            sign_in(client, viewer)
            for page in pages_about(firm, firm.dossier(), evidence):
                for answer in (client.get(page, follow=True), client.post(page, {}, follow=True)):
                    shown = b"".join(answer) if answer.streaming else answer.content
                    assert CANARY.encode() not in shown, page
            assert client.get(of(firm, "section", "1")).status_code == 404
            assert client.get(of(firm, "overview")).status_code == 404
            assert client.get(reverse("files:download", args=[evidence.file_id])).status_code == 404
            for name in ("judge", "decide", "letter", "findings"):
                more = [POLICY] if name == "judge" else []
                address = reverse(f"assessments:{name}", args=[firm.dossier().pk, *more])
                assert client.get(address).status_code == 404, name
    assert not any(CANARY in str(one.values) for one in JournalDetail.objects.all())


def test_staff_see_who_handed_in_but_not_what(cast, client):
    cast.firm.answer(LOW)
    cast.firm.hand_in()
    sign_in(client, cast.assessor)
    answer = client.get(reverse("assessments:assess", args=[cast.firm.dossier().pk]), follow=True)
    page = answer.content.decode()
    assert "Nobody but the participant reads these answers" in page
    assert of(cast.firm, "overview") not in page
    board = client.get(reverse("assessments:board", args=[cast.agreement.slug, YEAR])).content.decode()
    assert "Answers of this round are read by nobody but the participant itself" in board
    assert "state=hearing" not in board
    with fenced_for(cast.assessor):
        assert [one for one in due_for(cast.assessor, DAY) if one.count] == []


def handed_in(cast, outcomes):
    """Handed in with these values of the policy question, without the whole way there."""
    with unfenced(reason="test"):
        for firm, value in zip(cast.firms, outcomes, strict=True):
            dossier = firm.dossier()
            given = {POLICY: {"value": value}, TALKS: {"value": "yes"}, GOALS: {"value": None}}
            dossier.state, dossier.frozen = HANDED_IN, {"answers": given}
            dossier.save()


def test_totals_count_answers_from_the_smallest_number_on():
    cast = cast_of("self_assessment", 5)
    cast.open_round()
    handed_in(cast, [0, 1, 2, 3, 3])
    with fenced_for(cast.lead):
        totals = answer_totals(cast.round())
    policy, goals = totals.questions[0], totals.questions[1]
    assert (totals.base, totals.first, totals.in_round) == (5, 5, 5)
    assert [number for _words, number in policy.answers] == [1, 1, 1, 2]
    assert policy.tally.enough == 60
    assert goals.is_held_back
    assert totals.headings == []


def test_too_few_answers_show_nothing_but_their_number(client):
    cast = cast_of("self_assessment", 2)
    cast.open_round()
    handed_in(cast, [0, 1])
    with fenced_for(cast.lead):
        totals = answer_totals(cast.round())
    assert (totals.base, totals.questions, totals.is_shown) == (2, [], False)
    sign_in(client, cast.lead)
    page = client.get(reverse("assessments:totals", args=[cast.agreement.slug, YEAR])).content.decode()
    assert "Too few handed in" in page
    assert "Title of policy" not in page


def test_groups_stand_apart_only_when_each_is_large_enough():
    cast = cast_of("self_assessment", 4)
    cast.join(3, "B")
    cast.open_round()
    handed_in(cast, [0, 0, 3, 3, 4, 4, 4])
    with fenced_for(cast.lead):
        totals = answer_totals(cast.round())
        assert totals.headings == [("group B en", 3), ("group C en", 4)]
        assert totals.questions[0].groups == [100, 50]
        with unfenced(reason="test"):
            Dossier.objects.filter(pk=cast.firms[-1].dossier().pk).update(state=DRAFT)
        assert answer_totals(cast.round()).headings == []


def test_first_timers_are_counted_over_the_years(cast):
    cast.join(3)
    cast.firm.answer(LOW)
    cast.firm.hand_in()
    cast.open_round(NEXT)
    with unfenced(reason="test"):
        Dossier.objects.filter(round__year=NEXT).update(state=HANDED_IN)
    with fenced_for(cast.lead):
        totals = answer_totals(cast.round(NEXT))
    assert (totals.base, totals.first) == (4, 3)
