"""Opening a round, handing in complete and frozen, returning, and taking last year's work along."""

import pytest
from django.core import mail

from ketenwijs.domain.agreements.parts import missing_of
from ketenwijs.domain.agreements.selectors import report_years
from ketenwijs.domain.agreements.services import leave
from ketenwijs.domain.agreements.tests.factories import ROBOT, member, worker
from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.models import Dossier, Round
from ketenwijs.domain.assessments.rules import checksum_of
from ketenwijs.domain.assessments.tests.factories import DAY, NEXT, POLICY, TRAINED, WEIGHED, YEAR, world
from ketenwijs.domain.chains.models import Chain
from ketenwijs.domain.chains.tests.factories import add
from ketenwijs.domain.questionnaires import services as answers
from ketenwijs.domain.risks import selectors as risk_selectors
from ketenwijs.domain.risks import services as risks
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.states.selectors import history_of
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return world()


def year_of(cast, code):
    return next(one for one in report_years(cast.agreement) if one.code == code)


def events(name):
    return JournalEntry.objects.filter(event=name)


def test_a_round_freezes_its_edition_and_starts_a_dossier_for_each_member_that_owes_a_report(cast):
    owes_nothing = member(cast.agreement, "Small BV", group="A")
    origin_only = member(cast.agreement, "Middle BV", group="B")
    opened = cast.open_round()
    with unfenced(reason="test"):
        found = {one.organisation_id: one for one in Dossier.objects.all()}
    assert set(found) == {cast.firm.organisation_id, origin_only.organisation_id}
    assert owes_nothing.organisation_id not in found
    mine = found[cast.firm.organisation_id]
    assert (mine.kind, mine.group, mine.level, mine.target_level, mine.state) == ("full", "C", None, 1, "draft")
    assert found[origin_only.organisation_id].kind == "origin_only"
    assert (opened.edition_id is not None, opened.reply_days) == (True, 14)
    assert events("assessments.round.opened").get().detail.values["dossiers"] == 2


def test_a_round_opens_once(cast):
    cast.open_round()
    with pytest.raises(DomainError, match="open already"):
        cast.open_round()
    assert Round.objects.count() == 1


def test_only_the_coordinator_opens_a_round_and_nothing_stays_of_a_refused_one(cast):
    with fenced_for(cast.assessor), pytest.raises(NotAllowed):
        services.open_round(actor=cast.assessor, agreement=cast.agreement, year=year_of(cast, YEAR))
    assert not Round.objects.exists()


def test_a_year_without_a_round_is_written_down_with_its_reason_and_never_opened(cast):
    empty = year_of(cast, "2022-2023")
    with fenced_for(cast.lead):
        with pytest.raises(DomainError):
            services.open_round(actor=cast.lead, agreement=cast.agreement, year=empty)
        found = services.record_year_without_round(actor=cast.lead, agreement=cast.agreement, year=empty)
        with pytest.raises(DomainError):
            services.record_year_without_round(actor=cast.lead, agreement=cast.agreement, year=empty)
    assert (found.held, found.reason["en"], found.opened_at) == (False, "no round en", None)
    assert events("assessments.round.none").count() == 1


def test_hand_in_refuses_what_is_missing_and_the_list_names_each_thing_with_its_page(cast):
    cast.open_round()
    with fenced_for(cast.owner):
        missing = missing_of(cast.workspace())
        with pytest.raises(DomainError, match=rf"{len(missing)} things are missing"):
            cast.hand_in()
        sentences = [str(one.sentence) for one in missing]
        assert any("Title of policy" in one for one in sentences)
        assert any("chains" in one for one in sentences)
        assert any("plan of action" in one for one in sentences)
        assert all(one.url.startswith("/") for one in missing)
    after = cast.dossier()
    assert (after.state, after.frozen, after.handed_in_at) == ("draft", {}, None)


def test_hand_in_freezes_all_parts_with_a_checksum_and_tells_the_secretariat(cast):
    cast.open_round()
    cast.fill_in()
    handed_in = cast.hand_in()
    assert handed_in.state == "handed_in"
    assert set(handed_in.frozen) == {"chains", "risks", "answers", "plan", "facts"}
    assert handed_in.frozen["answers"][POLICY]["value"] == 2
    assert handed_in.frozen_checksum == checksum_of(handed_in.frozen)
    entry = events("assessments.dossier.hand_in").get()
    assert (entry.detail.values["checksum"], entry.chain) == (handed_in.frozen_checksum, cast.agreement.slug)
    assert [one.move for one in history_of(handed_in)] == ["hand_in"]
    told = set(OutgoingMessage.objects.values_list("to", flat=True))
    assert cast.assessor.person.email in told
    assert mail.outbox == []


def test_after_hand_in_the_parts_are_closed_and_later_work_does_not_touch_the_frozen_copy(cast):
    cast.open_round()
    cast.fill_in()
    before = cast.hand_in()
    with fenced_for(cast.owner):
        with pytest.raises(DomainError):
            cast.answer()
        with pytest.raises(DomainError):
            add(cast.owner, cast.workspace(), "Another supplier")
        Chain.objects.update(tonnes=999)
    after = cast.dossier()
    assert after.frozen == before.frozen
    assert checksum_of(after.frozen) == after.frozen_checksum


def test_a_report_is_handed_in_once(cast):
    cast.open_round()
    cast.fill_in()
    first = cast.hand_in()
    with pytest.raises(DomainError):
        cast.hand_in()
    assert cast.dossier().frozen_checksum == first.frozen_checksum
    assert events("assessments.dossier.hand_in").count() == 1


def test_only_who_may_hand_in_for_this_firm_does(cast):
    cast.open_round()
    cast.fill_in()
    stranger = worker(member(cast.agreement, "Other BV").organisation, name="stranger")
    for actor in (cast.colleague, cast.lead, stranger):
        with fenced_for(cast.owner), pytest.raises(NotAllowed):
            services.hand_in(actor=actor, dossier=cast.dossier(), workspace=cast.workspace())
    assert cast.dossier().state == "draft"


def test_a_firm_that_left_hands_nothing_in(cast):
    cast.open_round()
    cast.fill_in()
    leave(actor=ROBOT, membership=cast.firm, left_on=DAY, reason="closed", version=cast.firm.version)
    with fenced_for(cast.owner), pytest.raises(NotAllowed):
        services.hand_in(actor=cast.owner, dossier=cast.dossier(), workspace=cast.workspace())
    assert cast.dossier().state == "draft"


def test_a_returned_report_is_open_again_and_the_remarks_are_kept(cast):
    cast.open_round()
    cast.fill_in()
    cast.hand_in()
    with fenced_for(cast.lead):
        for reason in ("", "  "):
            with pytest.raises(DomainError):
                services.return_to_firm(
                    actor=cast.assessor,
                    dossier=cast.dossier(),
                    workspace=cast.workspace(viewer=cast.lead),
                    reason=reason,
                )
        services.return_to_firm(
            actor=cast.assessor,
            dossier=cast.dossier(),
            workspace=cast.workspace(viewer=cast.lead),
            reason="Add the plan.",
        )
    assert cast.dossier().state == "draft"
    assert events("assessments.dossier.return").get().detail.values["reason"] == "Add the plan."
    with fenced_for(cast.owner):
        answers.save_answer(
            actor=cast.owner, workspace=cast.workspace(), requirement=POLICY, value="0", explanation="more", version=1
        )
    assert cast.hand_in().frozen["answers"][POLICY]["value"] == 0


def test_only_the_assessor_returns_a_report(cast):
    cast.open_round()
    cast.fill_in()
    cast.hand_in()
    with fenced_for(cast.lead), pytest.raises(NotAllowed):
        services.return_to_firm(
            actor=cast.adviser, dossier=cast.dossier(), workspace=cast.workspace(viewer=cast.adviser), reason="No."
        )


def test_last_years_work_comes_along_in_one_press_and_waits_for_confirmation(cast):
    cast.open_round()
    cast.until_decided()
    cast.confirm_and_publish()
    cast.open_round(NEXT)
    with fenced_for(cast.owner):
        services.take_along(actor=cast.owner, dossier=cast.dossier(NEXT), workspace=cast.workspace(NEXT))
        sentences = " ".join(str(one.sentence) for one in missing_of(cast.workspace(NEXT)))
    assert "not confirmed yet" in sentences
    assert "wait for your confirmation" in sentences
    assert events("assessments.dossier.taken_along").get().detail.values["from"] == YEAR
    with fenced_for(cast.lead), pytest.raises(NotAllowed):
        services.take_along(actor=cast.lead, dossier=cast.dossier(NEXT), workspace=cast.workspace(NEXT))


def test_the_work_is_divided_over_three_different_people_by_the_coordinator(cast):
    cast.open_round()
    people = {"adviser": cast.adviser.person, "assessor": cast.assessor.person, "second_reader": cast.reader.person}
    with fenced_for(cast.lead):
        with pytest.raises(NotAllowed):
            services.assign(actor=cast.assessor, dossier=cast.dossier(), **people)
        with pytest.raises(DomainError, match="different people"):
            services.assign(actor=cast.lead, dossier=cast.dossier(), **{**people, "adviser": cast.reader.person})
        services.assign(actor=cast.lead, dossier=cast.dossier(), **people)
    assert cast.dossier().second_reader_id == cast.reader.person.pk
    assert events("assessments.dossier.assigned").count() == 1


def test_a_round_closes_only_when_every_report_is_published(cast):
    opened = cast.open_round()
    cast.until_decided()
    with fenced_for(cast.lead), pytest.raises(DomainError, match="1 reports are not published"):
        services.close_round(actor=cast.lead, round_=opened)
    cast.confirm_and_publish(on=DAY)
    with fenced_for(cast.lead):
        with pytest.raises(NotAllowed):
            services.close_round(actor=cast.assessor, round_=opened)
        services.close_round(actor=cast.lead, round_=opened)
    assert Round.objects.get().closed_at is not None
    assert events("assessments.round.closed").count() == 1


def test_a_finding_about_an_answer_that_changed_after_a_return_is_judged_anew(cast):
    cast.open_round()
    cast.fill_in()
    cast.hand_in()
    with fenced_for(cast.lead):
        for requirement in (POLICY, TRAINED):
            services.judge(
                actor=cast.assessor,
                dossier=cast.dossier(),
                requirement=requirement,
                verdict="met",
                reason="Seen.",
                version=0,
            )
        services.return_to_firm(
            actor=cast.assessor,
            dossier=cast.dossier(),
            workspace=cast.workspace(viewer=cast.lead),
            reason="Say more about the policy.",
        )
    with fenced_for(cast.owner):
        answers.save_answer(
            actor=cast.owner, workspace=cast.workspace(), requirement=POLICY, value="0", explanation="less", version=1
        )
    cast.hand_in()
    assert (cast.finding(POLICY).verdict, cast.finding(POLICY).reason) == ("", "Seen.")
    assert cast.finding(TRAINED).verdict == "met"
    assert events("assessments.finding.to_judge_anew").get().detail.values["requirements"] == [POLICY]
    with fenced_for(cast.lead), pytest.raises(DomainError):
        services.send_findings(actor=cast.assessor, dossier=cast.dossier())


def test_risks_of_a_report_that_was_handed_in_stay_as_they_were_until_it_is_returned(cast):
    cast.open_round()
    cast.fill_in()
    cast.hand_in()
    with fenced_for(cast.owner), pytest.raises(DomainError, match="handed in"):
        weigh_all_anew(cast)
    with fenced_for(cast.lead):
        services.return_to_firm(
            actor=cast.assessor,
            dossier=cast.dossier(),
            workspace=cast.workspace(viewer=cast.lead),
            reason="Weigh anew.",
        )
    with fenced_for(cast.owner):
        weigh_all_anew(cast)


def weigh_all_anew(cast):
    workspace = cast.workspace()
    place, themes = risk_selectors.places_of(workspace)[0], risk_selectors.themes_of(workspace)
    risks.weigh(
        actor=cast.owner, workspace=workspace, place=place, theme=themes[0], values={**WEIGHED, "scale": 1}, version=1
    )
