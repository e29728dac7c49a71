"""Budget lines and amounts, outside checks and subsidies."""

from datetime import date
from decimal import Decimal

import pytest

from ketenwijs.domain.governance import presentation, selectors, services
from ketenwijs.domain.governance.models import BudgetAmount, BudgetLine
from ketenwijs.domain.governance.tests.factories import (
    OTHER_SLUG,
    PAST,
    amount,
    check,
    day,
    events,
    example_agreement,
    line,
    staff,
    subsidy,
)
from ketenwijs.foundation.files.models import StoredFile
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def lead(agreement):
    return staff(agreement)


def test_the_latest_amount_of_a_kind_counts_and_the_difference_is_computed(lead, agreement):
    row = line(lead, agreement)
    amount(lead, row, "budgeted", "1000")
    amount(lead, row, "budgeted", "1200", date(2025, 6, 1))
    amount(lead, row, "realised", "1150.50", date(2025, 12, 31))
    (found,) = selectors.budget_of(lead, agreement, "2024-2025")
    assert (found.amounts.budgeted, found.amounts.realised) == (Decimal(1200), Decimal("1150.50"))
    assert found.amounts.difference == Decimal("-49.50")
    assert selectors.line_for(lead, agreement, row.pk).amounts == found.amounts
    assert [one.euros for one in selectors.line_for(lead, agreement, row.pk).history] == [
        Decimal("1150.50"),
        1200,
        1000,
    ]
    assert events() == ["governance.budget.line_saved", *["governance.budget.amount_recorded"] * 3]


def test_the_budget_adds_income_and_cost_and_says_what_lacks(lead, agreement):
    fees, work = line(lead, agreement, code="I1", kind="income"), line(lead, agreement)
    amount(lead, fees, "budgeted", "500")
    amount(lead, fees, "realised", "480")
    amount(lead, work, "budgeted", "450")
    shown = presentation.budget(selectors.budget_of(lead, agreement, "2024-2025"))
    assert (shown["balance"].budgeted, shown["balance"].open_lines, shown["balance"].difference) == (50, 1, None)
    amount(lead, work, "realised", "470")
    shown = presentation.budget(selectors.budget_of(lead, agreement, "2024-2025"))
    assert shown["balance"].difference == -40


def test_a_code_stands_once_a_year_and_a_line_with_amounts_keeps_its_year_and_kind(lead, agreement):
    row = line(lead, agreement)
    with pytest.raises(DomainError) as refused:
        line(lead, agreement)
    assert set(refused.value.fields) == {"code"}
    line(lead, agreement, year="2025-2026")
    values = {"year": "2024-2025", "code": "C9", "name": "Renamed", "kind": "cost"}
    here = {"actor": lead, "agreement": agreement, "line": row}
    services.save_line(values=values, version=1, **here)
    amount(lead, row)
    with pytest.raises(DomainError) as refused:
        services.save_line(values={**values, "kind": "income"}, version=2, **here)
    assert set(refused.value.fields) == {"kind"}
    with pytest.raises(StaleVersion):
        services.save_line(values=values, version=1, **here)


def test_an_amount_has_a_source_and_a_day_that_has_come_and_is_not_below_zero(lead, agreement):
    row = line(lead, agreement)
    good = {"kind": "realised", "euros": Decimal(1), "on": PAST, "source": "accounts"}
    for changes in ({"kind": "guessed"}, {"euros": Decimal(-1)}, {"on": day(1)}, {"source": " "}):
        with pytest.raises(DomainError) as refused:
            services.record_amount(actor=lead, line=row, **{**good, **changes})
        assert set(refused.value.fields) == set(changes)
    assert not BudgetAmount.objects.exists()


def test_a_check_is_asked_and_answered_later_with_a_document(lead, agreement):
    row = check(lead, agreement)
    values = {
        "kind": "competition_authority", "by_whom": "Authority", "question": "May we?", "asked_on": PAST,
        "result": "You may.", "result_on": date(2025, 5, 1),
    }  # fmt: skip
    here = {"actor": lead, "agreement": agreement, "check": row}
    services.save_check(values=values, version=1, upload=("letter.csv", b"a;b\n"), **here)
    row.refresh_from_db()
    assert (row.result, row.document.name) == ("You may.", "letter.csv")
    assert row.document.owner_key == agreement.slug
    services.save_check(values=values, version=2, upload=("newer.csv", b"a;b\n"), **here)
    row.refresh_from_db()
    assert [one.name for one in StoredFile.objects.all()] == [row.document.name] == ["newer.csv"]
    with pytest.raises(StaleVersion):
        services.save_check(values=values, version=1, **here)


def test_a_check_of_an_unknown_kind_or_with_a_result_before_the_question_is_refused(lead, agreement):
    for changes, field in (
        ({"kind": "oracle"}, "kind"),
        ({"result": "x", "result_on": date(2025, 1, 1)}, "result_on"),
        ({"result": "", "result_on": date(2025, 6, 1)}, "result"),
    ):
        with pytest.raises(DomainError) as refused:
            check(lead, agreement, **changes)
        assert set(refused.value.fields) == {field}


def test_a_subsidy_moves_on_by_version_and_its_period_does_not_run_backwards(lead, agreement):
    row = subsidy(lead, agreement)
    values = {
        "grantor": "Fund", "purpose": "training", "euros": Decimal(4000), "starts_on": date(2025, 1, 1),
        "ends_on": date(2025, 12, 31), "state": "granted", "state_on": PAST, "source": "letter",
    }  # fmt: skip
    here = {"actor": lead, "agreement": agreement, "subsidy": row}
    services.save_subsidy(values=values, version=1, **here)
    row.refresh_from_db()
    assert (row.state, row.euros) == ("granted", 4000)
    for changes, field in (
        ({"state": "maybe"}, "state"),
        ({"ends_on": date(2024, 1, 1)}, "ends_on"),
        ({"euros": Decimal(-1)}, "euros"),
    ):
        with pytest.raises(DomainError) as refused:
            services.save_subsidy(values={**values, **changes}, version=2, **here)
        assert set(refused.value.fields) == {field}
    with pytest.raises(StaleVersion):
        services.save_subsidy(values=values, version=1, **here)


def test_money_is_the_leads_own_to_change_and_the_readers_to_read(lead, agreement):
    row = line(lead, agreement)
    for actor in (staff(agreement, "party_member"), staff(agreement, "adviser"), staff(example_agreement(OTHER_SLUG))):
        for act in (
            lambda: line(actor, agreement, code="X"),
            lambda: amount(actor, row),
            lambda: check(actor, agreement),
            lambda: subsidy(actor, agreement),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert selectors.line_for(staff(agreement, "auditor"), agreement, row.pk).line == row
    assert selectors.line_for(staff(example_agreement(OTHER_SLUG), name="again"), agreement, row.pk) is None
    assert BudgetLine.objects.count() == 1


def test_a_budget_can_be_made_for_the_report_years(agreement):
    assert "2024-2025" in selectors.years_to_choose(agreement, day(0))
