"""Weighing risks: values and places that fit, chains that differ, last year's along, and who may."""

from datetime import date

import pytest

from ketenwijs.domain.agreements.services import leave
from ketenwijs.domain.agreements.tests.factories import ROBOT
from ketenwijs.domain.chains.models import Chain
from ketenwijs.domain.risks import part, services
from ketenwijs.domain.risks.models import ChainException, Risk
from ketenwijs.domain.risks.selectors import Place, places_of, ranked, risk_for, risks_in, unweighed
from ketenwijs.domain.risks.tests.factories import (
    FACTORY,
    NEXT_YEAR,
    QUARRY,
    add,
    example_agreement,
    member,
    opened,
    staff,
    weigh,
    weighing,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    return member(example_agreement())


@pytest.fixture
def viewer(firm):
    somebody = worker(firm.organisation, "company_user")
    with fenced_for(somebody):
        add(somebody, opened(somebody, firm))
        yield somebody


def events(name):
    return JournalEntry.objects.filter(event=name)


def test_risks_may_arise_at_each_country_stone_and_stage_of_the_chains(viewer, firm):
    workspace = opened(viewer, firm)
    assert set(places_of(workspace)) == {QUARRY, FACTORY}
    assert unweighed(workspace, ["water"]) == [(place, ["water"]) for place in places_of(workspace)]


def test_a_weighing_is_kept_with_who_and_when_and_the_journal_says_where(viewer, firm):
    risk = weigh(viewer, opened(viewer, firm))
    assert (risk.scale, risk.reason, risk.weighed_by, risk.version) == (3, "seen on a visit", viewer.person, 1)
    values = events("risks.risk.weighed").get().detail.values
    assert values == {"theme": "water", "country": "IN", "material": "granite", "stage": "quarrying"}


def test_unknown_is_a_value_with_its_own_reason_and_stays_to_be_found_out(viewer, firm):
    unknown = {"scale": None, "scope": None, "irremediability": None, "likelihood": None, "involvement": ""}
    risk = weigh(viewer, opened(viewer, firm), **unknown, reason="We asked.")
    weigh(viewer, opened(viewer, firm), theme="child_labour", scale=1, scope=1, irremediability=1)
    order = ranked(risks_in(opened(viewer, firm)))
    assert [one.risk.pk for one in order][0] == risk.pk
    assert order[0].severity.band is None


@pytest.mark.parametrize(
    "changes",
    [
        {"scale": 0},
        {"scope": 5},
        {"likelihood": "4"},
        {"involvement": "owner"},
        {"reason": "  "},
        {"reason": "x" * 4_001},
        {"organisation": 1},
        {"is_staff": True},
    ],
)
def test_values_that_do_not_fit_and_fields_that_do_not_belong_are_refused(viewer, firm, changes):
    with pytest.raises(DomainError):
        weigh(viewer, opened(viewer, firm), **changes)
    assert not Risk.objects.exists()


@pytest.mark.parametrize(
    ("place", "theme"), [(Place("BR", "granite", "quarrying"), "water"), (QUARRY, "dragons"), (QUARRY, "corruption")]
)
def test_a_place_outside_the_chains_or_a_theme_outside_the_agreement_is_refused(viewer, firm, place, theme):
    with pytest.raises(DomainError):
        weigh(viewer, opened(viewer, firm), theme=theme, place=place)


def test_the_second_of_two_who_weigh_at_once_is_told_and_nothing_is_overwritten(viewer, firm):
    weigh(viewer, opened(viewer, firm))
    with pytest.raises(StaleVersion):
        weigh(viewer, opened(viewer, firm), scale=1)
    weigh(viewer, opened(viewer, firm), scale=4, version=1)
    with pytest.raises(StaleVersion):
        weigh(viewer, opened(viewer, firm), scale=1, version=1)
    assert (Risk.objects.get().scale, Risk.objects.get().version) == (4, 2)


def test_a_page_is_saved_whole_or_not_at_all(viewer, firm):
    pages = {"water": (0, weighing()), "child_labour": (0, weighing(scale=9))}
    with pytest.raises(DomainError):
        services.weigh_place(actor=viewer, workspace=opened(viewer, firm), place=QUARRY, weighings=pages)
    assert not Risk.objects.exists()
    pages["child_labour"] = (0, weighing())
    assert services.weigh_place(actor=viewer, workspace=opened(viewer, firm), place=QUARRY, weighings=pages) == 2


def test_one_chain_may_differ_and_the_worst_decides_the_order(viewer, firm):
    risk = weigh(viewer, opened(viewer, firm), scale=1, scope=1, irremediability=1)
    chain = Chain.objects.get()
    values = weighing(scale=4)
    exception = services.except_chain(
        actor=viewer, workspace=opened(viewer, firm), risk=risk, chain=chain, values=values
    )
    assert ranked(risks_in(opened(viewer, firm)))[0].severity.band == 4
    with pytest.raises(StaleVersion):
        services.except_chain(actor=viewer, workspace=opened(viewer, firm), risk=risk, chain=chain, values=values)
    services.except_chain(
        actor=viewer, workspace=opened(viewer, firm), risk=risk, chain=chain, values=weighing(scale=2), version=1
    )
    assert ranked(risks_in(opened(viewer, firm)))[0].severity.band == 2
    services.remove_exception(actor=viewer, workspace=opened(viewer, firm), exception=exception)
    assert not ChainException.objects.exists()
    assert events("risks.exception.weighed").count() == 2
    assert events("risks.exception.removed").count() == 1


def test_a_chain_of_another_firm_or_stone_is_no_exception(viewer, firm):
    risk = weigh(viewer, opened(viewer, firm))
    other = member(firm.agreement, "Other BV")
    stranger = worker(other.organisation, name="stranger")
    with fenced_for(stranger):
        foreign = add(stranger, opened(stranger, other))
    marble = add(viewer, opened(viewer, firm), "Marble works", material="marble")
    for chain in (foreign, marble):
        with pytest.raises(DomainError):
            services.except_chain(
                actor=viewer, workspace=opened(viewer, firm), risk=risk, chain=chain, values=weighing()
            )
    with unfenced(reason="test"):
        assert not ChainException.objects.exists()


def test_last_years_weighings_come_along_for_places_that_remain_and_wait_for_one_press(viewer, firm):
    weigh(viewer, opened(viewer, firm))
    add(viewer, opened(viewer, firm), "Brazil stone", country="BR")
    weigh(viewer, opened(viewer, firm), place=Place("BR", "granite", "quarrying"))
    add(viewer, opened(viewer, firm, NEXT_YEAR))
    here = {"actor": viewer, "workspace": opened(viewer, firm, NEXT_YEAR)}
    assert services.carry_over(**here, from_year="2024-2025") == 1
    assert services.carry_over(**here, from_year="2024-2025") == 0
    assert "wait for your confirmation" in str(part.missing(opened(viewer, firm, NEXT_YEAR))[0].sentence)
    assert services.confirm_carried(**here) == 1
    assert services.confirm_carried(**here) == 0
    assert [place for place, _themes in unweighed(opened(viewer, firm, NEXT_YEAR), ["water"])] == [FACTORY]
    assert events("risks.risk.carried_over").get().detail.values["number"] == 1
    assert events("risks.risk.confirmed").exists()


def test_weighing_a_carried_risk_anew_confirms_it(viewer, firm):
    weigh(viewer, opened(viewer, firm))
    workspace = opened(viewer, firm, NEXT_YEAR)
    add(viewer, workspace)
    services.carry_over(actor=viewer, workspace=opened(viewer, firm, NEXT_YEAR), from_year="2024-2025")
    saved = weigh(viewer, opened(viewer, firm, NEXT_YEAR), scale=1, version=1)
    assert saved.confirmed_at is not None


def test_only_the_firm_itself_weighs_and_only_itself_and_its_secretariat_read(viewer, firm):
    risk = weigh(viewer, opened(viewer, firm))
    assessor = staff(firm.agreement, "assessor")
    stranger = worker(member(firm.agreement, "Other BV").organisation, name="stranger")
    for actor in (assessor, stranger):
        with pytest.raises(NotAllowed):
            weigh(actor, opened(viewer, firm), theme="child_labour")
        with pytest.raises(NotAllowed):
            services.confirm_carried(actor=actor, workspace=opened(viewer, firm))
    assert risk_for(viewer, risk.pk) == risk
    with fenced_for(assessor):
        assert risk_for(assessor, risk.pk) == risk
    with fenced_for(stranger):
        assert risk_for(stranger, risk.pk) is None


def test_a_firm_that_left_reads_but_changes_nothing(viewer, firm):
    weigh(viewer, opened(viewer, firm))
    leave(actor=ROBOT, membership=firm, left_on=date(2025, 10, 1), reason="closed", version=firm.version)
    workspace = opened(viewer, firm)
    assert risks_in(workspace).count() == 1
    for act in (
        lambda: weigh(viewer, workspace, theme="child_labour"),
        lambda: services.carry_over(actor=viewer, workspace=workspace, from_year="2023-2024"),
        lambda: services.confirm_carried(actor=viewer, workspace=workspace),
    ):
        with pytest.raises(NotAllowed):
            act()
