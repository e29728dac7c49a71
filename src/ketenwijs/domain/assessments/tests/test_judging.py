"""Findings: reasons, bulk confirmation, two people at once, and the firm heard before anything is final."""

from datetime import timedelta

import pytest

from ketenwijs.domain.agreements.tests.factories import staff
from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.comparison import comparison_for
from ketenwijs.domain.assessments.models import Finding
from ketenwijs.domain.assessments.tests.factories import DAY, GIVEN, LATER, NEXT, POLICY, TRAINED, world
from ketenwijs.domain.chains import services as chains
from ketenwijs.domain.plans import services as plans
from ketenwijs.domain.questionnaires import services as answers
from ketenwijs.domain.questionnaires.selectors import answers_in
from ketenwijs.domain.risks import services as risks
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    found = world()
    found.open_round()
    found.fill_in()
    found.hand_in()
    return found


def events(name):
    return JournalEntry.objects.filter(event=name).order_by("sequence")


def sent(cast):
    cast.judge(POLICY, "partly", "Not dated.")
    cast.judge(TRAINED)
    with fenced_for(cast.lead):
        services.send_findings(actor=cast.assessor, dossier=cast.dossier(), today=DAY)


def reply(cast, text, version, actor=None):
    with fenced_for(cast.owner):
        finding = cast.finding(POLICY)
        return services.reply_to(actor=actor or cast.owner, finding=finding, text=text, version=version)


def finish(cast):
    with fenced_for(cast.owner):
        services.finish_reply(actor=cast.owner, dossier=cast.dossier())


def next_year(cast, changed=()):
    """Published with everything met, the next year handed in with the same answers but those `changed`."""
    cast.judge_all()
    cast.after_judging()
    cast.confirm_and_publish()
    cast.open_round(NEXT)
    with fenced_for(cast.owner):
        services.take_along(actor=cast.owner, dossier=cast.dossier(NEXT), workspace=cast.workspace(NEXT))
        chains.confirm_all(actor=cast.owner, workspace=cast.workspace(NEXT))
        risks.confirm_carried(actor=cast.owner, workspace=cast.workspace(NEXT))
        answers.confirm_carried(actor=cast.owner, workspace=cast.workspace(NEXT))
        workspace = cast.workspace(NEXT)
        kept = answers_in(workspace)
        given = {code: ("0" if code == POLICY else "no", "other", kept[code].version) for code in changed}
        given[LATER] = (GIVEN[LATER], "new", 0)
        answers.save_section(actor=cast.owner, workspace=workspace, answers=given)
        _ready(cast, workspace)
    cast.hand_in(NEXT)


def _ready(cast, workspace):
    plans.mark_ready(actor=cast.owner, plan=plans.plan_of(actor=cast.owner, workspace=workspace))


def bulk(cast, requirements, actor=None):
    with fenced_for(cast.lead):
        return services.confirm_unchanged(
            actor=actor or cast.assessor, dossier=cast.dossier(NEXT), requirements=requirements
        )


def test_the_first_who_judges_becomes_the_assessor_and_the_journal_holds_the_verdict(cast):
    finding = cast.judge(POLICY)
    assert (finding.verdict, finding.version, finding.assessed_by) == ("met", 1, cast.assessor.person)
    assert cast.dossier().assessor == cast.assessor.person
    assert events("assessments.finding.judged").get().detail.values == {"requirement": POLICY, "verdict": "met"}


@pytest.mark.parametrize("verdict", ["partly", "not_met", "not_applicable"])
def test_a_verdict_that_is_not_plainly_met_needs_a_reason(cast, verdict):
    with pytest.raises(DomainError) as refused:
        cast.judge(POLICY, verdict, "  ")
    assert "reason" in refused.value.fields
    assert cast.judge(POLICY, verdict, "Seen.").reason == "Seen."


@pytest.mark.parametrize(
    ("requirement", "verdict"), [("unknown", "met"), (LATER, "met"), (POLICY, "great"), (POLICY, "")]
)
def test_a_requirement_or_verdict_that_does_not_belong_here_is_refused(cast, requirement, verdict):
    with pytest.raises(DomainError):
        cast.judge(requirement, verdict, "Reason.")
    with fenced_for(cast.lead):
        assert not Finding.objects.exists()


def test_only_the_assessor_judges_and_never_the_firms_own_adviser(cast):
    for actor in (cast.adviser, cast.owner):
        with pytest.raises(NotAllowed):
            cast.judge(POLICY, by=actor)
    cast.judge(POLICY)
    with pytest.raises(NotAllowed):
        cast.judge(TRAINED, by=cast.reader)


def test_two_people_who_judge_at_once_do_not_overwrite_each_other(cast):
    cast.judge(POLICY)
    with pytest.raises(StaleVersion):
        cast.judge(POLICY, "not_met", "No.")
    cast.judge(POLICY, "partly", "Half.", version=1)
    with pytest.raises(StaleVersion):
        cast.judge(POLICY, "not_met", "No.", version=1)
    kept = cast.finding(POLICY)
    assert (kept.verdict, kept.reason, kept.version) == ("partly", "Half.", 2)
    assert events("assessments.finding.judged").count() == 2


def test_draft_findings_go_to_the_firm_only_when_every_requirement_is_judged(cast):
    cast.judge(POLICY)
    with fenced_for(cast.lead):
        with pytest.raises(DomainError, match="1 requirements have no finding"):
            services.send_findings(actor=cast.assessor, dossier=cast.dossier(), today=DAY)
        cast.judge(TRAINED)
        with pytest.raises(NotAllowed):
            services.send_findings(actor=cast.adviser, dossier=cast.dossier(), today=DAY)
        services.send_findings(actor=cast.assessor, dossier=cast.dossier(), today=DAY)
    after = cast.dossier()
    assert (after.state, after.reply_due_on) == ("hearing", DAY + timedelta(days=14))
    assert events("assessments.dossier.send_findings").count() == 1
    assert OutgoingMessage.objects.filter(to=cast.owner.person.email).exists()


def test_findings_cannot_be_changed_while_the_firm_has_them(cast):
    sent(cast)
    with pytest.raises(NotAllowed):
        cast.judge(POLICY, "met", "Now good.", version=1)


def test_the_firm_replies_while_the_findings_are_with_it_and_only_then(cast):
    cast.judge(POLICY)
    with pytest.raises(NotAllowed):
        reply(cast, "Too early.", 1)
    cast.judge(TRAINED)
    with fenced_for(cast.lead):
        services.send_findings(actor=cast.assessor, dossier=cast.dossier(), today=DAY)
    for actor in (cast.assessor, cast.lead):
        with pytest.raises(NotAllowed):
            reply(cast, "Not mine to say.", 1, actor)
    assert reply(cast, " It is dated now. ", 1).reply == "It is dated now."
    with pytest.raises(StaleVersion):
        reply(cast, "A colleague's words.", 1)
    with pytest.raises(DomainError, match="too long"):
        reply(cast, "x" * 10_001, 2)
    finish(cast)
    with pytest.raises(NotAllowed):
        reply(cast, "Too late.", 2)
    assert cast.finding(POLICY).reply == "It is dated now."
    assert events("assessments.finding.replied").count() == 1
    assert events("assessments.dossier.reply").count() == 1


def test_without_a_reply_the_hearing_ends_only_after_its_last_day(cast):
    sent(cast)
    with fenced_for(cast.lead):
        with pytest.raises(DomainError, match="29-10-2025"):
            services.close_hearing(actor=cast.assessor, dossier=cast.dossier(), today=DAY + timedelta(days=14))
        services.close_hearing(actor=cast.assessor, dossier=cast.dossier(), today=DAY + timedelta(days=15))
    assert cast.dossier().state == "final"
    assert events("assessments.dossier.close_hearing").count() == 1


def test_a_reply_must_be_answered_with_a_reason_before_the_outcome(cast):
    sent(cast)
    reply(cast, "It is dated now.", 1)
    finish(cast)
    with fenced_for(cast.lead):
        with pytest.raises(DomainError, match="1 findings have a reply"):
            services.decide(actor=cast.assessor, dossier=cast.dossier(), value="l1", reason="Good.")
        final = {"actor": cast.assessor, "finding": cast.finding(POLICY)}
        with pytest.raises(DomainError) as refused:
            services.judge_finally(**final, verdict="met", reason="", version=2)
        assert "reason" in refused.value.fields
        with pytest.raises(StaleVersion):
            services.judge_finally(**final, verdict="met", reason="Read.", version=1)
        saved = services.judge_finally(**final, verdict="met", reason="Read.", version=2)
    assert (saved.verdict, saved.reason, saved.final_verdict, saved.final_reason) == (
        "partly",
        "Not dated.",
        "met",
        "Read.",
    )
    assert saved.reply == "It is dated now."
    assert events("assessments.finding.finalised").get().detail.values["verdict"] == "met"


def test_what_was_met_and_is_unchanged_is_confirmed_in_one_press(cast):
    next_year(cast)
    assert bulk(cast, [POLICY, TRAINED]) == 2
    found = cast.finding(POLICY, NEXT)
    assert (found.verdict, found.unchanged, found.assessed_by) == ("met", True, cast.assessor.person)
    entry = events("assessments.finding.confirmed_unchanged").get()
    assert entry.detail.values["requirements"] == [POLICY, TRAINED]


@pytest.mark.parametrize("among", [LATER, "somebody-elses"])
def test_one_new_or_foreign_requirement_among_the_chosen_refuses_the_whole_press_and_names_a_number_only(cast, among):
    next_year(cast)
    with pytest.raises(DomainError, match="1 of the chosen") as refused:
        bulk(cast, [POLICY, TRAINED, among])
    assert among not in str(refused.value)
    with fenced_for(cast.lead):
        assert not Finding.objects.filter(dossier=cast.dossier(NEXT)).exists()


def test_a_changed_answer_is_never_confirmed_in_bulk_and_changing_the_verdict_needs_a_reason(cast):
    next_year(cast, changed=[POLICY])
    with pytest.raises(DomainError, match="1 of the chosen"):
        bulk(cast, [POLICY, TRAINED])
    with fenced_for(cast.lead):
        rows = comparison_for(cast.dossier(NEXT))
    assert [code for code, row in rows.items() if row.may_confirm_in_bulk] == [TRAINED]
    assert (rows[POLICY].last_verdict, rows[POLICY].last_answer["value"], rows[POLICY].answer["value"]) == ("met", 2, 0)
    with pytest.raises(DomainError):
        cast.judge(POLICY, "partly", "", year=NEXT)


def test_a_requirement_judged_otherwise_is_not_swept_over_by_the_bulk(cast):
    next_year(cast)
    cast.judge(POLICY, "partly", "The document is gone.", year=NEXT)
    with pytest.raises(DomainError):
        bulk(cast, [POLICY, TRAINED])
    assert cast.finding(POLICY, NEXT).verdict == "partly"


def test_only_the_assessor_confirms_in_bulk(cast):
    next_year(cast)
    for actor in (cast.adviser, cast.owner, staff(cast.agreement, "auditor")):
        with pytest.raises(NotAllowed):
            bulk(cast, [POLICY], actor)
