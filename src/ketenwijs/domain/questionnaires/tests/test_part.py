"""The answers as part of the yearly report: what is asked of whom and why, what is missing, the frozen copy."""

from datetime import date

import pytest

from ketenwijs.domain.agreements.parts import part
from ketenwijs.domain.questionnaires import selectors, services
from ketenwijs.domain.questionnaires.tests.factories import (
    KNOWN,
    POLICY,
    ROBOT,
    TELL,
    TYPED,
    YEAR,
    address,
    agreement_with,
    answer_all,
    framework,
    member,
    opened,
    picture,
    requirements,
    set_level,
    worker,
)
from ketenwijs.domain.questionnaires.wording import fact_in_words, reason_in_words
from ketenwijs.foundation.access.fence import fenced_for

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


def codes(viewer, firm):
    return [one.requirement.code for one in selectors.asked_in(opened(viewer, firm))]


def test_a_full_report_asks_everything_of_the_year_in_the_order_of_the_framework(viewer, firm):
    assert codes(viewer, firm) == [*TYPED, KNOWN]


@pytest.mark.parametrize(("group", "asked", "applies"), [("B", [KNOWN], True), ("A", [], False)])
def test_a_firm_of_another_group_is_asked_less(agreement, group, asked, applies):
    firm = member(agreement, f"Firm {group}", group=group)
    viewer = worker(firm.organisation, name=group.lower())
    with fenced_for(viewer):
        assert codes(viewer, firm) == asked
        assert part("answers").applies(opened(viewer, firm)) is applies


def test_a_year_for_the_plan_alone_asks_only_what_is_marked_so(agreement):
    firm = member(agreement, "Firm P")
    set_level(
        actor=ROBOT,
        membership=firm,
        scheme="levels",
        value="l3",
        number=3,
        since=date(2024, 10, 2),
        reason="test",
        report_year="2023-2024",
    )
    viewer = worker(firm.organisation, name="p")
    with fenced_for(viewer):
        workspace = opened(viewer, firm)
        assert workspace.duty.report == "plan_only"
        assert codes(viewer, firm) == [POLICY, KNOWN]


def test_every_question_says_why_it_is_asked(viewer, firm):
    reasons = {one.requirement.code: one.because for one in selectors.asked_in(opened(viewer, firm))}
    words = [reason_in_words(one, by_level=True) for one in reasons[POLICY]]
    assert words[0] == "Asked from level 1 on. This year you are judged on level 1."


def test_what_is_missing_is_named_with_its_place_until_all_is_answered(viewer, firm):
    found = part("answers").missing(opened(viewer, firm))
    assert len(found) == len(TYPED) + 1
    assert found[0].sentence == "Answer: Title of policy en"
    assert found[0].url == address("section", firm, "1") + "#policy"
    answer_all(viewer, firm)
    left = part("answers").missing(opened(viewer, firm))
    assert [one.sentence for one in left] == ["Not known yet from your chains: Title of known-factories en"]
    assert part("answers").summary(opened(viewer, firm)) == "4 of 5 answered"


def test_an_answer_that_came_along_is_missing_until_it_is_confirmed(viewer, firm):
    answer_all(viewer, firm, "2023-2024")
    part("answers").carry_over(opened(viewer, firm), "2023-2024", viewer)
    sentences = [one.sentence for one in part("answers").missing(opened(viewer, firm))]
    assert "Confirm last year's answer: Title of policy en" in sentences
    services.confirm_carried(actor=viewer, workspace=opened(viewer, firm))
    assert len(part("answers").missing(opened(viewer, firm))) == 1


def test_the_frozen_copy_holds_value_words_and_the_checksum_of_each_file(viewer, firm, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answer_all(viewer, firm)
    added = services.attach_evidence(actor=viewer, workspace=opened(viewer, firm), requirement=POLICY, upload=picture())
    frozen = part("answers").freeze(opened(viewer, firm))
    assert frozen[POLICY] == {
        "value": 2,
        "label": "2 – rung 2 en",
        "explanation": "about policy",
        "evidence": [{"name": "policy.png", "sha256": added.file.sha256}],
    }
    assert frozen[KNOWN] == {"value": None, "label": "", "explanation": "", "evidence": []}


def test_running_answers_keep_their_edition_when_the_questions_change(viewer, firm):
    answer_all(viewer, firm)
    changed = [one for one in requirements() if one["code"] != TELL] + [{**requirements()[1], "code": "brand-new"}]
    agreement_with(second=framework("second", changed, version="2"))
    assert codes(viewer, firm) == [*TYPED, KNOWN]
    assert TELL in part("answers").freeze(opened(viewer, firm))
    other = member(firm.agreement, "Firm B")
    somebody = worker(other.organisation, name="b")
    with fenced_for(somebody):
        assert "brand-new" in codes(somebody, other)


def test_the_edition_that_was_frozen_for_the_year_goes_before_a_newer_one(viewer, firm, monkeypatch):
    frozen = selectors.edition_for(opened(viewer, firm))
    agreement_with(second=framework("second", requirements()[:1], version="2"))
    sources = [lambda agreement, year: frozen if year == YEAR else None]
    monkeypatch.setattr(selectors, "_edition_sources", sources)
    assert codes(viewer, firm) == [*TYPED, KNOWN]
    answer_all(viewer, firm)
    assert selectors.sheet_in(opened(viewer, firm)).edition == frozen


def test_facts_read_as_people_write_them():
    assert fact_in_words("chains.coverage.factories.share", 1) == "100 %"
    assert fact_in_words("chains.number", 1) == "1"
    assert fact_in_words("chains.coverage.factories.share", 0.0) == "0 %"
    assert fact_in_words("chains.tonnes", None) == ""
