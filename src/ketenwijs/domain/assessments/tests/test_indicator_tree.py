"""A round under an indicator tree: size on a reference date, lighter proof, totals without anybody in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from ketenwijs.domain.agreements.models import LevelPeriod
from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.models import Finding, Outcome
from ketenwijs.domain.assessments.selectors import own_dossiers
from ketenwijs.domain.assessments.states import CONFIRMED, COUNTED
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
from ketenwijs.domain.assessments.totals import indicator_totals
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.journal.models import JournalDetail
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
CANARY = 987_654_321
MET = dict.fromkeys((POLICY, GOALS, ACTIONS, TALKS), "met")


@pytest.fixture
def cast():
    found = cast_of("indicator_tree")
    found.join(1, "B")
    found.open_round()
    return found


def judged(firm, verdicts=MET, size=1000, year=YEAR):
    firm.answer(year=year)
    firm.size(size, year)
    firm.hand_in(year)
    for requirement, verdict in verdicts.items():
        firm.judge(requirement, verdict, year=year)
    return firm


def finished(firm, verdicts=MET, size=1000):
    judged(firm, verdicts, size).heard()
    firm.decide("enough" if verdicts is MET else "not_yet")
    firm.publish()


def test_the_size_figure_is_asked_on_the_reference_date_and_hand_in_waits_for_it(cast):
    firm = cast.firm
    firm.answer()
    with pytest.raises(DomainError):
        firm.hand_in()
    firm.size(1_500_000)
    dossier = firm.hand_in()
    assert (dossier.size_figure, dossier.size_on) == (Decimal("1500000.00"), date(2025, 6, 30))
    assert dossier.frozen["size"] == {"value": "1500000.00", "unit": "EUR", "on": "2025-06-30"}


def test_the_size_figure_must_be_above_zero(cast):
    with pytest.raises(DomainError) as refused:
        cast.firm.size(0)
    assert "value" in refused.value.fields


def test_after_hand_in_only_the_assessor_puts_the_size_right_and_both_figures_are_journaled(cast):
    judged(cast.firm, {})
    dossier = cast.firm.dossier()
    with fenced_for(cast.firm.owner), pytest.raises(NotAllowed):
        services.record_size(actor=cast.firm.owner, dossier=dossier, value=Decimal(5))
    with fenced_for(cast.lead):
        services.record_size(actor=cast.assessor, dossier=dossier, value=Decimal(2000))
    event = "assessments.dossier.size_recorded"
    last = JournalDetail.objects.filter(entry__event=event).order_by("pk").last()
    assert "1000.00" in str(last.values)
    assert "2000" in str(last.values)


def test_a_group_that_must_prove_gives_a_file_or_a_web_address_and_a_small_one_need_not(cast):
    large, small = cast.firms
    for firm in (large, small):
        firm.answer(words="We do this.")
        firm.size(10)
    with pytest.raises(DomainError):
        large.hand_in()
    small.hand_in()
    large.answer({**GIVEN, POLICY: "0"}, words="It stands on www.example.org")
    large.hand_in()


def test_the_own_statement_of_a_small_participant_is_taken_over_in_one_press(cast):
    large, small = cast.firms
    for firm in (large, small):
        firm.answer({**GIVEN, GOALS: "1"})
        firm.size(10)
        firm.hand_in()
    every = [POLICY, GOALS, ACTIONS, TALKS]
    with fenced_for(cast.lead):
        with pytest.raises(DomainError):
            services.take_over_declared(actor=cast.assessor, dossier=large.dossier(), requirements=every)
        services.take_over_declared(actor=cast.assessor, dossier=small.dossier(), requirements=every)
        with pytest.raises(DomainError):
            services.take_over_declared(actor=cast.assessor, dossier=small.dossier(), requirements=[POLICY])
    kept = {code: one.verdict for code, one in small.findings().items()}
    assert kept == {POLICY: "met", GOALS: "not_met", ACTIONS: "met", TALKS: "met"}
    assert large.findings() == {}


def test_a_main_indicator_counts_only_with_all_its_parts_and_people_decide(cast):
    judged(cast.firm, {**MET, ACTIONS: "not_met"}).heard()
    cast.firm.decide("not_yet")
    outcome = cast.firm.outcome()
    assert (outcome.proposed, outcome.value, outcome.number) == ("not_yet", "not_yet", 1)
    assert [(line["code"], line["counts"]) for line in outcome.proposal["lines"]] == [
        ("plans", False),
        ("dialogue", True),
    ]
    assert cast.firm.dossier().state == CONFIRMED


def test_nothing_about_one_participant_becomes_public(cast):
    before = Publication.objects.count()
    finished(cast.firm)
    assert cast.firm.dossier().state == COUNTED
    assert Publication.objects.count() == before
    assert not LevelPeriod.objects.filter(membership=cast.firm.membership).exists()
    assert cast.firm.outcome().published_on == DAY
    subjects = list(OutgoingMessage.objects.filter(to=cast.firm.owner.person.email).values_list("subject", flat=True))
    assert not any("public" in subject for subject in subjects)


def test_last_year_is_compared_with_what_was_only_counted(cast):
    finished(cast.firm)
    cast.open_round(NEXT)
    firm = cast.firm
    firm.answer(year=NEXT)
    firm.size(12, NEXT)
    firm.hand_in(NEXT)
    with fenced_for(cast.lead):
        number = services.confirm_unchanged(
            actor=cast.assessor, dossier=firm.dossier(NEXT), requirements=[POLICY, TALKS]
        )
    assert number == 2
    assert firm.dossier(NEXT).size_on == date(2026, 9, 30)


def bulk(cast, outcomes):
    """Confirmed outcomes without the whole way there: size, group and whether the policy part is met."""
    with unfenced(reason="test"):
        for firm, (size, met) in zip(cast.firms, outcomes, strict=True):
            dossier = firm.dossier()
            dossier.state, dossier.size_figure = CONFIRMED, size
            dossier.save()
            for requirement in MET:
                verdict = "met" if met or requirement != POLICY else "not_met"
                Finding.objects.create(dossier=dossier, requirement=requirement, verdict=verdict, final_verdict=verdict)
            Outcome.objects.create(dossier=dossier, scheme="indicators", value="enough", reason="All read.")


def test_totals_are_shares_of_participants_and_of_capital_with_their_base():
    cast = cast_of("indicator_tree", 8)
    cast.open_round()
    bulk(cast, [(400, True)] * 3 + [(10, False)] * 4 + [(60, False)])
    with fenced_for(cast.lead):
        totals = indicator_totals(cast.round())
    main, policy = totals.rows[0], totals.rows[1]
    assert (totals.base, totals.in_round, totals.on) == (8, 8, date(2025, 6, 30))
    assert (main.share.met, main.share.base, main.share.percent, main.share.size_percent) == (3, 8, 37.5, 92.3)
    assert policy.share.percent == 37.5
    dialogue = totals.rows[4]
    assert (dialogue.is_main, dialogue.share.percent, dialogue.goal, dialogue.goal_reached) == (True, 100, 100, True)


def test_small_groups_stand_together_and_too_few_participants_show_nothing():
    cast = cast_of("indicator_tree", 6)
    cast.join(2, "B")
    cast.open_round()
    bulk(cast, [(10, True)] * 8)
    with fenced_for(cast.lead):
        assert indicator_totals(cast.round()).headings == []
        for firm in cast.firms[2:]:
            with unfenced(reason="test"):
                type(firm.dossier()).objects.filter(pk=firm.dossier().pk).update(state="final")
        few = indicator_totals(cast.round())
    assert not few.is_shown
    assert all(row.share.percent is None for row in few.rows)


def test_two_groups_that_are_large_enough_stand_beside_each_other():
    cast = cast_of("indicator_tree", 4)
    cast.join(3, "B")
    cast.open_round()
    bulk(cast, [(10, True)] * 4 + [(10, False)] * 3)
    with fenced_for(cast.lead):
        totals = indicator_totals(cast.round())
    assert totals.headings == ["group B en", "group C en"]
    assert [share.percent for share in totals.rows[0].groups] == [0, 100]


def test_the_round_closes_when_everything_is_counted(cast):
    finished(cast.firm)
    with fenced_for(cast.lead), pytest.raises(DomainError):
        services.close_round(actor=cast.lead, round_=cast.round())
    finished(cast.firms[1])
    with fenced_for(cast.lead):
        assert services.close_round(actor=cast.lead, round_=cast.round()).closed_at


def test_the_same_screens_serve_and_the_totals_tell_no_single_figure(cast, client):
    firm = cast.firm
    dossier = firm.dossier()
    sign_in(client, firm.owner)
    size = reverse("assessments:size", args=[dossier.pk])
    assert "June 30, 2025" in client.get(size).content.decode()
    assert client.post(size, {"value": "-1"}).status_code in (200, 422)
    assert client.post(size, {"value": str(CANARY)}).status_code == 302
    firm.answer()
    firm.hand_in()
    assert client.get(size).status_code == 404
    sign_in(client, cast.assessor)
    page = client.get(reverse("assessments:assess", args=[dossier.pk])).content.decode()
    assert "987,654,321 EUR" in page
    for requirement in MET:
        firm.judge(requirement, "met")
    firm.heard()
    assert "dialogue" in client.get(reverse("assessments:decide", args=[dossier.pk])).content.decode()
    firm.decide("enough")
    sign_in(client, cast.reader)
    publish = reverse("assessments:publish", args=[dossier.pk])
    assert "Nothing about this participant becomes public" in client.get(publish).content.decode()
    assert client.post(publish, {"on": DAY.isoformat()}).status_code == 302
    totals = client.get(reverse("assessments:totals", args=[cast.agreement.slug, YEAR])).content.decode()
    assert "Too few" in totals
    assert "987" not in totals
    assert client.get(reverse("assessments:letter", args=[dossier.pk])).status_code == 200
    sign_in(client, firm.owner)
    assert client.get(reverse("assessments:letter", args=[dossier.pk])).status_code == 200
    with fenced_for(firm.owner):
        assert own_dossiers(firm.owner).get().state == COUNTED


def test_the_board_offers_no_publishing_where_only_totals_are_published(cast, client):
    sign_in(client, cast.lead)
    page = client.get(reverse("assessments:board", args=[cast.agreement.slug, YEAR])).content.decode()
    assert "state=counted" in page
    assert "state=published" not in page
