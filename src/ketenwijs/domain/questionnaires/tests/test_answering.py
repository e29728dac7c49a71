"""Saving answers: who may, which values, two people at once, and what the journal keeps."""

import pytest
from django.db import transaction

from ketenwijs.domain.questionnaires import selectors, services
from ketenwijs.domain.questionnaires.models import Answer, AnswerSheet
from ketenwijs.domain.questionnaires.tests.factories import (
    PEOPLE,
    POLICY,
    TELL,
    TRAINED,
    YEAR,
    agreement_with,
    answers_of,
    member,
    opened,
    staff,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return agreement_with()


@pytest.fixture
def firm(agreement):
    return member(agreement, "Firm A")


@pytest.fixture
def viewer(firm):
    somebody = worker(firm.organisation, "company_user", name="a")
    with fenced_for(somebody):
        yield somebody


def save(viewer, firm, requirement, value, explanation="", version=0):
    return services.save_answer(
        actor=viewer,
        workspace=opened(viewer, firm),
        requirement=requirement,
        value=value,
        explanation=explanation,
        version=version,
    )


def test_an_answer_is_kept_with_its_edition_and_the_journal_names_the_question(viewer, firm):
    answer = save(viewer, firm, POLICY, "2", " in the handbook ")
    assert (answer.value, answer.explanation, answer.version) == (2, "in the handbook", 1)
    assert answer.answered_by == viewer.person
    assert answer.sheet.edition.used_at is not None
    assert answer.sheet.edition.checksum
    entry = JournalEntry.objects.get(event="questionnaires.answer.saved")
    assert entry.chain == firm.agreement.slug


def test_each_kind_of_question_is_answered_on_its_own_terms(viewer, firm):
    answers = {
        POLICY: ("collective", "project X", 0),
        TRAINED: ("yes", "", 0),
        TELL: ("words", "", 0),
        PEOPLE: ("3,5", "", 0),
    }
    assert services.save_section(actor=viewer, workspace=opened(viewer, firm), answers=answers) == 4
    stored = {code: one.value for code, one in answers_of(viewer, firm).items()}
    assert stored == {POLICY: "collective", TRAINED: "yes", TELL: "words", PEOPLE: 3.5}


def test_a_page_with_one_bad_answer_saves_none_and_names_each_fault(viewer, firm):
    answers = {POLICY: ("9", "", 0), TRAINED: ("n/a", "", 0), TELL: ("fine", "", 0)}
    with pytest.raises(DomainError) as refused:
        services.save_section(actor=viewer, workspace=opened(viewer, firm), answers=answers)
    assert set(refused.value.fields) == {POLICY, TRAINED}
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("code", ["later", "harm", "known-factories", "unheard-of"])
def test_a_question_that_is_not_asked_of_this_firm_takes_no_answer(viewer, firm, code):
    with pytest.raises(DomainError, match="not asked"):
        save(viewer, firm, code, "2")
    assert Answer.objects.count() == 0


def test_does_not_apply_needs_a_reason(viewer, firm):
    with pytest.raises(DomainError, match="few words"):
        save(viewer, firm, POLICY, "n/a")
    assert save(viewer, firm, POLICY, "n/a", "no staff").value == "n/a"


def test_texts_are_bounded(viewer, firm):
    with pytest.raises(DomainError, match="too long"):
        save(viewer, firm, POLICY, "2", "x" * 8001)
    with pytest.raises(DomainError, match="too long"):
        save(viewer, firm, TELL, "x" * 8001)


def test_the_second_of_two_who_saved_the_same_answer_is_told_and_nothing_is_overwritten(viewer, firm):
    first = save(viewer, firm, POLICY, "2", "mine")
    save(viewer, firm, POLICY, "3", "again", version=first.version)
    with pytest.raises(StaleVersion) as refused:
        save(viewer, firm, POLICY, "1", "too late", version=first.version)
    assert set(refused.value.fields) == {POLICY}
    kept = answers_of(viewer, firm)[POLICY]
    assert (kept.value, kept.explanation, kept.version) == (3, "again", 2)


def test_two_who_both_begin_an_answer_do_not_make_two(viewer, firm):
    save(viewer, firm, POLICY, "2")
    with pytest.raises(StaleVersion):
        save(viewer, firm, POLICY, "3", version=0)
    assert Answer.objects.count() == 1


def test_an_answer_can_be_taken_back(viewer, firm):
    first = save(viewer, firm, POLICY, "2", "mine")
    assert save(viewer, firm, POLICY, "", "", version=first.version).value is None


def test_nothing_is_kept_when_the_journal_cannot_be_written(viewer, firm, monkeypatch):
    def broken(**values):
        raise OSError("the disk is full")

    monkeypatch.setattr("ketenwijs.domain.questionnaires.services.answering.record", broken)
    with pytest.raises(OSError, match="full"), transaction.atomic():
        save(viewer, firm, POLICY, "2")
    assert Answer.objects.count() == 0
    assert AnswerSheet.objects.count() == 0


def test_after_handing_in_answers_are_read_only_until_the_report_is_returned(viewer, firm):
    answer = save(viewer, firm, POLICY, "2")
    services.close(actor=viewer, workspace=opened(viewer, firm))
    with pytest.raises(DomainError, match="handed in"):
        save(viewer, firm, POLICY, "3", version=answer.version)
    with pytest.raises(DomainError, match="handed in"):
        services.carry_over(actor=viewer, workspace=opened(viewer, firm))
    services.reopen(actor=viewer, workspace=opened(viewer, firm))
    assert save(viewer, firm, POLICY, "3", version=answer.version).value == 3


def test_a_year_that_was_handed_in_without_typed_answers_is_closed_too(viewer, firm):
    services.close(actor=viewer, workspace=opened(viewer, firm))
    with pytest.raises(DomainError, match="handed in"):
        save(viewer, firm, POLICY, "3")


def test_staff_read_but_do_not_answer(viewer, firm, agreement):
    save(viewer, firm, POLICY, "2")
    lead = staff(agreement)
    with fenced_for(lead):
        assert selectors.answers_in(opened(lead, firm))[POLICY].value == 2
        with pytest.raises(NotAllowed):
            save(lead, firm, POLICY, "3", version=1)


def test_somebody_of_another_firm_cannot_answer_even_with_a_workspace_in_hand(viewer, firm, agreement):
    stranger = worker(member(agreement, "Firm B").organisation, name="b")
    with pytest.raises(NotAllowed):
        services.save_answer(actor=stranger, workspace=opened(viewer, firm), requirement=POLICY, value="2")


def test_the_system_may_answer_for_the_demonstration(agreement, firm):
    robot = system("tests")
    with unfenced(reason="test"):
        save(robot, firm, POLICY, "2")
        assert AnswerSheet.objects.get().year == YEAR
