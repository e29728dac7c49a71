"""Which group a chain belongs to, the strictest of all, and how many chains count for the fee: by the agreement's rules."""

from dataclasses import replace
from decimal import Decimal

import pytest
import yaml
from django.utils import translation

from ketenwijs.domain.agreements.tests.factories import ROBOT, SLUG, agreement_content, words
from ketenwijs.domain.chains.definitions import ChainRulesFile
from ketenwijs.domain.chains.part import facts
from ketenwijs.domain.chains.rules.mapped import MappedChain, Place, Step
from ketenwijs.domain.chains.rules.situations import chains_for_fee, situation_of, situations_of
from ketenwijs.domain.chains.selectors import situations_in
from ketenwijs.domain.chains.tests.factories import add, example_agreement, member, opened, sign_in, worker
from ketenwijs.domain.chains.tests.test_pages import address
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.content.checking import check_texts
from ketenwijs.foundation.content.services import apply_checked

RULES = {
    "identifier": f"chain-rules:{SLUG}",
    "version": "1",
    "agreement": SLUG,
    "home_countries": ["NL", "BE"],
    "situations": [
        {"group": "A", "bought": "at_home", "source": "test"},
        {"group": "B", "won_and_worked": "inside_eea", "source": "test"},
        {"group": "C", "won_and_worked": "outside_eea", "source": "test"},
    ],
    "counting": {
        "different_by": ["supplier", "material", "country"],
        "groups": ["C"],
        "included": 1,
        "example": True,
        "source": "test",
        "note": words("one chain is part of the base fee"),
    },
}
EEA = {"NL", "BE", "PT", "IT"}


def inside(country):
    return country in EEA


def chain(country="IN", supplier_country="IN", factory="", **more):
    step = Step("factory", Place("factory", "F", "", factory) if factory else None, factory)
    made = MappedChain(
        pk=1, organisation=1, supplier="Supplier", supplier_country=supplier_country,
        material="granite", tonnes=Decimal(1), value_eur=None, factory=step, quarry=Step("quarry", None, country),
    )  # fmt: skip
    return replace(made, **more)


def rules(**changes):
    return ChainRulesFile.model_validate({**RULES, **changes})


@pytest.mark.parametrize(
    ("one", "group"),
    [
        (chain("IN", "NL"), "A"),
        (chain("PT", "PT"), "B"),
        (chain("PT", "PT", factory="IT"), "B"),
        (chain("PT", "PT", factory="CN"), "C"),
        (chain("IN", "IN"), "C"),
        (chain("IN", ""), "C"),
        (chain("", ""), ""),
    ],
    ids=[
        "bought at home",
        "won inside",
        "won and worked inside",
        "worked outside",
        "won outside",
        "no seller",
        "nothing",
    ],
)
def test_the_group_of_a_chain_follows_from_where_it_is_bought_won_and_worked(one, group):
    assert situation_of(one, rules(), inside) == group


def test_a_port_outside_does_not_make_it_worked_outside():
    port = Step("port", Place("port", "P", "", "EG"), "EG")
    assert situation_of(chain("PT", "PT", further=(port,)), rules(), inside) == "B"


def test_a_workshop_outside_does():
    workshop = Step("workshop", Place("workshop", "W", "", "CN"), "CN")
    assert situation_of(chain("PT", "PT", further=(workshop,)), rules(), inside) == "C"


def test_the_strictest_duty_of_all_chains_counts():
    found = situations_of([chain("IN", "NL"), chain("PT", "PT"), chain("IN", "IN"), chain("", "")], rules(), inside)
    assert (found.strictest, found.undecided) == ("C", 1)
    assert found.numbers == (("A", 1), ("B", 1), ("C", 1))


def test_nothing_is_said_while_no_chain_tells():
    assert situations_of([chain("", "")], rules(), inside).strictest == ""


def test_chains_that_agree_in_what_the_rule_names_count_once():
    same = [chain("IN"), chain("IN", factory="IN"), chain("CN", "CN"), chain("IN", supplier="Another")]
    assert chains_for_fee(same, rules().counting) == 3
    by_factory = {**RULES["counting"], "different_by": ["supplier", "factory"]}
    assert chains_for_fee(same[:2], rules(counting=by_factory).counting) == 2


def test_only_chains_of_the_named_groups_count_and_the_first_is_part_of_the_base_fee():
    found = situations_of([chain("IN"), chain("CN", "CN"), chain("PT", "PT")], rules(), inside)
    assert (found.counted, found.extra) == (2, 1)


def checked(**changes):
    files = {"chains.yaml": {**RULES, **changes}, "agreement.yaml": agreement_content()}
    return check_texts({f"agreements/{SLUG}/{name}": yaml.safe_dump(one) for name, one in files.items()})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"agreement": "nowhere"}, "unknown_agreement"),
        ({"situations": [{"group": "Z", "source": "test"}]}, "unknown_group"),
        ({"counting": {**RULES["counting"], "groups": ["Z"]}}, "unknown_group"),
        ({"counting": {**RULES["counting"], "extra_fee": "nothing"}}, "unknown_fee"),
    ],
)
def test_rules_that_name_what_is_not_there_are_faults_of_the_file(changes, code):
    assert code in {fault.code for fault in checked(**changes).faults if fault.file.endswith("chains.yaml")}


def test_rules_that_fit_the_agreement_are_right():
    assert [str(fault) for fault in checked().faults if fault.file.endswith("chains.yaml")] == []


@pytest.fixture
def workspace(client, db):
    membership = member(example_agreement())
    viewer = worker(membership.organisation, "company_user")
    sign_in(client, viewer)
    client.cookies["django_language"] = "en"
    with fenced_for(viewer), translation.override("en"):
        yield opened(viewer, membership)


def test_without_rules_in_the_content_nothing_is_shown(client, workspace):
    add(workspace.viewer, workspace)
    assert situations_in(workspace) is None
    assert "What your chains ask of you" not in client.get(address("overview", workspace)).content.decode()


def test_the_firm_sees_group_duty_and_fee_and_where_they_differ(client, workspace):
    apply_checked(actor=ROBOT, result=checked())
    add(workspace.viewer, workspace, supplier_country="NL")
    found = situations_in(workspace)
    assert (found.strictest.code, found.differs) == ("A", workspace.group != "A")
    page = client.get(address("overview", workspace)).content.decode()
    assert "What your chains ask of you" in page
    assert "one chain is part of the base fee" in page
    assert facts(workspace)["chains.strictest_group"] == "A"


def test_each_chain_of_the_list_names_its_own_group(client, workspace):
    apply_checked(actor=ROBOT, result=checked())
    near = add(workspace.viewer, workspace, supplier_country="NL")
    far = add(workspace.viewer, workspace, "Faraway", supplier_country="IN")
    ((_country, lines),) = client.get(address("overview", workspace)).context["countries"]
    names = {one.code: str(one.name) for one in workspace.definition.groups}
    assert {one.chain.pk: one.group for one in lines} == {near.pk: names["A"], far.pk: names["C"]}
