"""Last year's answers come along, wait, and are confirmed in one press: exactly those that were shown."""

import pytest

from ketenwijs.domain.questionnaires import selectors, services
from ketenwijs.domain.questionnaires.models import Answer
from ketenwijs.domain.questionnaires.presentation import to_confirm
from ketenwijs.domain.questionnaires.tests.factories import (
    EARLIER,
    LAST_OF_FIRST_TERM,
    NEXT,
    PEOPLE,
    POLICY,
    TELL,
    TRAINED,
    TYPED,
    YEAR,
    agreement_with,
    answer_all,
    answers_of,
    framework,
    is_recent,
    member,
    opened,
    picture,
    requirements,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.ui.errors import NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    return member(agreement_with(), "Firm A")


@pytest.fixture
def viewer(firm):
    somebody = worker(firm.organisation, "company_user", name="a")
    with fenced_for(somebody):
        yield somebody


def carry(viewer, firm, year=YEAR):
    return services.carry_over(actor=viewer, workspace=opened(viewer, firm, year))


def test_answers_come_along_with_words_and_files_and_wait(viewer, firm, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answer_all(viewer, firm, EARLIER)
    services.attach_evidence(
        actor=viewer, workspace=opened(viewer, firm, EARLIER), requirement=POLICY, upload=picture(), note="page 3"
    )
    assert carry(viewer, firm) == len(TYPED)
    policy = answers_of(viewer, firm)[POLICY]
    assert (policy.value, policy.explanation, policy.origin, policy.changed) == (2, "about policy", "carried", False)
    assert policy.confirmed_at is None
    assert [one.note for one in policy.evidence.all()] == ["page 3"]
    assert {one.requirement.code for one in selectors.waiting_in(opened(viewer, firm))} == set(TYPED)


def test_carrying_twice_brings_nothing_and_keeps_what_was_typed(viewer, firm):
    answer_all(viewer, firm, EARLIER)
    services.save_answer(actor=viewer, workspace=opened(viewer, firm), requirement=POLICY, value="4")
    assert carry(viewer, firm) == len(TYPED) - 1
    assert carry(viewer, firm) == 0
    assert answers_of(viewer, firm)[POLICY].value == 4


def test_one_press_confirms_what_was_shown(viewer, firm):
    answer_all(viewer, firm, EARLIER)
    carry(viewer, firm)
    shown = {POLICY: 1, TRAINED: 1}
    assert services.confirm_carried(actor=viewer, workspace=opened(viewer, firm), shown=shown) == 2
    stored = answers_of(viewer, firm)
    assert is_recent(stored[POLICY].confirmed_at)
    assert stored[TELL].confirmed_at is None
    assert services.confirm_carried(actor=viewer, workspace=opened(viewer, firm)) == 2
    assert selectors.waiting_in(opened(viewer, firm)) == []


def test_nothing_is_confirmed_when_one_shown_answer_changed_meanwhile(viewer, firm):
    answer_all(viewer, firm, EARLIER)
    carry(viewer, firm)
    services.save_answer(actor=viewer, workspace=opened(viewer, firm), requirement=POLICY, value="4", version=1)
    with pytest.raises(StaleVersion):
        services.confirm_carried(actor=viewer, workspace=opened(viewer, firm), shown={POLICY: 1, TRAINED: 1})
    assert answers_of(viewer, firm)[TRAINED].confirmed_at is None


def test_editing_a_carried_answer_makes_it_typed_and_changed_saving_it_unchanged_confirms_it(viewer, firm):
    answer_all(viewer, firm, EARLIER)
    carry(viewer, firm)
    edited = services.save_answer(
        actor=viewer, workspace=opened(viewer, firm), requirement=POLICY, value="4", version=1
    )
    same = services.save_answer(
        actor=viewer,
        workspace=opened(viewer, firm),
        requirement=TRAINED,
        value="yes",
        explanation="about trained",
        version=1,
    )
    assert (edited.origin, edited.changed, edited.confirmed_at) == ("typed", True, None)
    assert (same.origin, same.changed) == ("carried", False)
    assert is_recent(same.confirmed_at)


def test_a_year_in_which_only_part_was_asked_does_not_make_the_year_before_it_forgotten(viewer, firm):
    answer_all(viewer, firm, EARLIER)
    services.save_answer(actor=viewer, workspace=opened(viewer, firm), requirement=POLICY, value="3")
    carry(viewer, firm, NEXT)
    stored = answers_of(viewer, firm, NEXT)
    assert stored[POLICY].value == 3
    assert stored[TELL].value == "We tell it."


def test_answers_pass_between_editions_under_their_new_names_and_what_does_not_fit_stays_behind():
    old = requirements()
    renamed = [{**old[0], "code": "policy-2", "same_as": {"requirement": POLICY, "change": "stricter"}}]
    now_a_number = [{**old[1], "answer": "number"}]
    agreement = agreement_with(second=framework("second", [*renamed, *now_a_number, *old[2:]]))
    firm = member(agreement, "Firm A")
    viewer = worker(firm.organisation, "company_user", name="a")
    with fenced_for(viewer):
        answer_all(viewer, firm, LAST_OF_FIRST_TERM)
        carry(viewer, firm)
        stored = answers_of(viewer, firm)
        assert set(stored) == {"policy-2", TELL, PEOPLE}
        renewed = {q.requirement.code for q in selectors.waiting_in(opened(viewer, firm)) if q.is_renewed}
        assert renewed == {"policy-2"}


def carried_into(second, *, first=None):
    """A firm whose answers of the last year of the first term came along into another framework."""
    firm = member(agreement_with(first=first, second=second), "Firm A")
    viewer = worker(firm.organisation, "company_user", name="a")
    with fenced_for(viewer):
        answer_all(viewer, firm, LAST_OF_FIRST_TERM)
        carry(viewer, firm)
        return firm, viewer, selectors.waiting_in(opened(viewer, firm))


def test_the_parts_of_a_split_question_each_take_the_old_answer_say_so_and_wait():
    old = requirements()
    parts = [{**old[0], "code": f"policy-{n}", "same_as": {"requirement": POLICY, "change": "split"}} for n in (1, 2)]
    _firm, _viewer, waiting = carried_into(framework("second", [*parts, *old[1:]]))
    found = {q.requirement.code: (q.answer.value, q.is_renewed, q.is_complete) for q in waiting}
    assert found["policy-1"] == found["policy-2"] == (2, True, False)
    assert found[TRAINED] == ("yes", False, False)


def test_one_press_leaves_out_what_asks_more_than_last_year():
    old = requirements()
    stricter = {**old[0], "minimum": 4, "same_as": {"requirement": POLICY, "change": "stricter"}}
    firm, viewer, _waiting = carried_into(framework("second", [stricter, *old[1:]]))
    with fenced_for(viewer):
        shown, renewed = to_confirm(opened(viewer, firm))
    assert [one.requirement.code for one in renewed] == [POLICY]
    assert TRAINED in {one["code"] for one in shown}
    assert POLICY not in {one["code"] for one in shown}


def test_between_versions_of_one_framework_only_a_raised_minimum_is_told():
    old = requirements()
    said = {"same_as": {"requirement": "old-policy", "change": "stricter"}}
    agreement = agreement_with(second=framework("second", [{**old[0], **said}, *old[1:]]))
    firm = member(agreement, "Firm A")
    viewer = worker(firm.organisation, "company_user", name="a")
    with fenced_for(viewer):
        answer_all(viewer, firm, EARLIER)
        for version, minimum in (("2", 2), ("3", 3)):
            wanted = [{**old[0], **said, "minimum": minimum}, *old[1:]]
            agreement_with(second=framework("second", wanted, version=version))
            renewed = {
                q.requirement.code
                for section in selectors.sections_in(opened(viewer, firm))
                for q in section.questions
                if q.is_renewed
            }
            assert renewed == ({POLICY} if minimum == 3 else set())


def test_a_stranger_carries_and_confirms_nothing(viewer, firm):
    stranger = worker(member(firm.agreement, "Firm B").organisation, name="b")
    for act in (services.carry_over, services.confirm_carried):
        with pytest.raises(NotAllowed):
            act(actor=stranger, workspace=opened(viewer, firm))
    assert Answer.objects.count() == 0
