"""A round under a weighted score: points, the score in the letter, last year's points in one press, totals."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document

from ketenwijs.domain.agreements.models import LevelPeriod
from ketenwijs.domain.agreements.tests.instruments import weighted_score
from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.comparison import comparison_for
from ketenwijs.domain.assessments.instruments import outcome_label, proposal_for
from ketenwijs.domain.assessments.letters import letter_of, word_file
from ketenwijs.domain.assessments.states import PUBLISHED
from ketenwijs.domain.assessments.tests.families import (
    ACTIONS,
    DAY,
    GIVEN,
    GOALS,
    NEXT,
    POLICY,
    TALKS,
    YEAR,
    cast_of,
)
from ketenwijs.domain.assessments.totals import score_totals
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.ui.errors import DomainError

pytestmark = pytest.mark.django_db
POINTS = {POLICY: 4, GOALS: 1, ACTIONS: 0, TALKS: 0}
"""30 % of 4/4, 40 % of 1/8, 30 % of 0/4: 35 %."""


@pytest.fixture
def cast():
    found = cast_of("weighted_score")
    found.join(1, joined_on=date(2024, 10, 1))
    found.open_round()
    return found


def judged(firm, points=POINTS, year=YEAR):
    firm.answer(year=year)
    firm.hand_in(year)
    for requirement, number in points.items():
        firm.judge(requirement, points=number, year=year)
    return firm


def finished(firm, points=POINTS, value="not_yet", year=YEAR, on=DAY):
    judged(firm, points, year).heard(year)
    firm.decide(value, year)
    firm.publish(year, on)


def test_only_the_answers_are_handed_in_and_points_make_the_verdict(cast):
    judged(cast.firm)
    assert set(cast.firm.dossier().frozen) == {"answers", "facts"}
    kept = {code: (one.points, one.verdict) for code, one in cast.firm.findings().items()}
    assert kept == {POLICY: (4, "met"), GOALS: (1, "partly"), ACTIONS: (0, "not_met"), TALKS: (0, "not_met")}


@pytest.mark.parametrize("points", [None, -1, 5])
def test_points_must_be_given_and_fit_the_scale(cast, points):
    cast.firm.answer()
    cast.firm.hand_in()
    with pytest.raises(DomainError) as refused:
        cast.firm.judge(POLICY, points=points)
    assert "points" in refused.value.fields
    assert cast.firm.findings() == {}


def test_what_does_not_apply_has_no_points_and_needs_a_reason(cast):
    cast.firm.answer()
    cast.firm.hand_in()
    with pytest.raises(DomainError):
        cast.firm.judge(TALKS, "not_applicable", points=3, reason="")
    finding = cast.firm.judge(TALKS, "not_applicable", points=3)
    assert (finding.verdict, finding.points) == ("not_applicable", None)


def test_the_rule_proposes_people_decide_and_the_score_is_kept_with_the_outcome(cast):
    judged(cast.firm).heard()
    with fenced_for(cast.lead):
        proposal = proposal_for(cast.firm.dossier())
    assert (proposal.value, proposal.percent, proposal.wanted) == ("not_yet", 35.0, 40)
    cast.firm.decide("enough")
    outcome = cast.firm.outcome()
    assert (outcome.proposed, outcome.value, outcome.number) == ("not_yet", "enough", 35)
    assert outcome.proposal["percent"] == 35.0
    assert [line["reached"] for line in outcome.proposal["lines"]] == [4, 1, 0]
    assert cast.firm.findings()[GOALS].final_points == 1


def test_the_mark_is_that_of_the_membership_year(cast):
    early = cast.firms[1]
    judged(early).heard()
    with fenced_for(cast.lead):
        assert proposal_for(early.dossier()).wanted == 20
        assert proposal_for(early.dossier()).value == "enough"


def test_points_can_be_changed_after_the_reply_with_a_reason(cast):
    judged(cast.firm)
    with fenced_for(cast.lead):
        services.send_findings(actor=cast.assessor, dossier=cast.firm.dossier(), today=DAY)
    finding = cast.firm.findings()[GOALS]
    with fenced_for(cast.firm.owner):
        services.reply_to(actor=cast.firm.owner, finding=finding, text="We did more.", version=finding.version)
        services.finish_reply(actor=cast.firm.owner, dossier=cast.firm.dossier())
    with fenced_for(cast.lead):
        finding = cast.firm.findings()[GOALS]
        finding.dossier = cast.firm.dossier()
        told = {"actor": cast.assessor, "finding": finding, "verdict": "", "version": finding.version}
        with pytest.raises(DomainError):
            services.judge_finally(**told, reason="", points=4)
        saved = services.judge_finally(**told, reason="They showed it.", points=4)
        assert (saved.points, saved.final_points, saved.final_verdict) == (1, 4, "met")
        assert proposal_for(cast.firm.dossier()).percent == 50.0


def test_the_letter_shows_the_score_per_part_on_paper_too(cast):
    finished(cast.firm)
    with fenced_for(cast.lead):
        letter = letter_of(cast.firm.dossier())
        assert letter.outcome.endswith("(35 %)")
        assert [(row.reached, row.of, row.percent) for row in letter.table.rows] == [
            (4, 4, 100.0),
            (1, 8, 12.5),
            (0, 4, 0.0),
        ]
        document = Document(io.BytesIO(word_file(letter)))
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[2][1:] == ["1 of 8", "12.5 %", "40 %"]


def test_publishing_puts_the_score_in_the_register_and_on_the_membership(cast):
    finished(cast.firm)
    assert cast.firm.dossier().state == PUBLISHED
    level = LevelPeriod.objects.get(membership=cast.firm.membership)
    assert (level.scheme, level.value, level.number) == ("score", "not_yet", 35)
    copy = Publication.objects.get(kind="assessments.outcome")
    assert (copy.payload["value"], copy.payload["number"]) == ("not_yet", 35)
    with fenced_for(cast.lead):
        assert outcome_label(cast.firm.outcome(), cast.firm.dossier()).endswith("(35 %)")


def test_last_years_points_are_given_again_in_one_press_where_the_answer_is_the_same(cast):
    finished(cast.firm)
    cast.open_round(NEXT)
    cast.firm.answer({**GIVEN, GOALS: "4"}, year=NEXT)
    cast.firm.hand_in(NEXT)
    with fenced_for(cast.lead):
        rows = comparison_for(cast.firm.dossier(NEXT))
        again = [code for code, row in rows.items() if row.may_confirm_in_bulk]
        assert sorted(again) == sorted([POLICY, ACTIONS, TALKS])
        with pytest.raises(DomainError):
            services.confirm_unchanged(actor=cast.assessor, dossier=cast.firm.dossier(NEXT), requirements=[GOALS])
        services.confirm_unchanged(actor=cast.assessor, dossier=cast.firm.dossier(NEXT), requirements=again)
    kept = cast.firm.findings(NEXT)
    assert {code: (one.points, one.verdict) for code, one in kept.items()} == {
        POLICY: (4, "met"),
        ACTIONS: (0, "not_met"),
        TALKS: (0, "not_met"),
    }
    assert kept[ACTIONS].reason == "Seen."
    with pytest.raises(DomainError):
        cast.firm.judge(GOALS, points=3, reason="", year=NEXT)
    cast.firm.judge(GOALS, points=3, year=NEXT)


def test_totals_show_the_mean_against_the_target_from_three_participants_on():
    target = weighted_score(pass_marks=[], target=80)
    cast = cast_of("weighted_score", 3, instrument=target)
    cast.open_round()
    full = dict.fromkeys(POINTS, 4)
    for firm, points in zip(cast.firms[:2], (full, POINTS), strict=True):
        finished(firm, points, "enough" if points is full else "not_yet")
    with fenced_for(cast.lead):
        assert not score_totals(cast.round()).is_shown
    finished(cast.firms[2], full, "enough")
    with fenced_for(cast.lead):
        totals = score_totals(cast.round())
    assert totals.is_shown
    assert (totals.rows[0].average.percent, totals.rows[0].wanted, totals.rows[0].average.reached) == (78.3, 80, 2)


def test_the_same_screens_take_points_and_show_the_score(cast, client):
    cast.firm.answer()
    cast.firm.hand_in()
    dossier = cast.firm.dossier()
    sign_in(client, cast.assessor)
    page = client.get(reverse("assessments:judge", args=[dossier.pk, POLICY])).content.decode()
    assert 'name="points"' in page
    assert 'name="verdict"' not in page
    for requirement, points in POINTS.items():
        typed = {"points": str(points), "reason": "Seen.", "version": "0"}
        answer = client.post(reverse("assessments:judge", args=[dossier.pk, requirement]), typed)
        assert answer.status_code == 302, answer.content
    typed = {"points": "", "reason": "", "version": "1"}
    assert client.post(reverse("assessments:judge", args=[dossier.pk, POLICY]), typed).status_code in (200, 422)
    cast.firm.heard()
    page = client.get(reverse("assessments:decide", args=[dossier.pk])).content.decode()
    assert "12.5 %" in page
    assert "Score: <strong>35" in page
    assert client.get(reverse("assessments:assess", args=[dossier.pk])).status_code == 200
    assert client.get(reverse("assessments:totals", args=[cast.agreement.slug, YEAR])).status_code == 200
    assert client.get(reverse("assessments:board", args=[cast.agreement.slug, YEAR])).status_code == 200
    sign_in(client, cast.firm.owner)
    assert client.get(reverse("assessments:dossier", args=[dossier.pk])).status_code == 200
    assert "4 of 4 points" in client.get(reverse("assessments:findings", args=[dossier.pk])).content.decode()
