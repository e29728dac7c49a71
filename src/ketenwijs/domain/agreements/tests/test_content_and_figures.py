"""Content checks that name every fault, rows and public copies of agreements, and figures with their
conflicts.
"""

from datetime import date
from decimal import Decimal

import pytest

from ketenwijs.domain.agreements import services
from ketenwijs.domain.agreements.models import Agreement, Observation, ObservationConflict
from ketenwijs.domain.agreements.selectors import conflicts_of, definition_of, framework_of, report_years
from ketenwijs.domain.agreements.tests.factories import (
    ROBOT,
    SLUG,
    agreement_content,
    checked,
    example_agreement,
    framework_content,
    observations_content,
    staff,
    words,
)
from ketenwijs.foundation.content.services import apply_checked
from ketenwijs.foundation.publishing.selectors import current, history
from ketenwijs.foundation.ui.errors import NotAllowed


def codes(**parts):
    return sorted({fault.code for fault in checked(**parts).faults})


def with_change(name, number, changes):
    content = agreement_content()
    content[name][number] = {**content[name][number], **changes}
    return content


def test_the_example_package_has_no_fault():
    assert checked().faults == []


@pytest.mark.parametrize(
    ("name", "number", "changes", "code"),
    [
        ("terms", 0, {"scheme": "stars"}, "unknown_scheme"),
        ("terms", 0, {"framework": "third"}, "unknown_framework"),
        ("terms", 1, {"starts_on": date(2023, 9, 1)}, "overlap"),
        ("terms", 0, {"ends_on": date(2018, 1, 1)}, "period"),
        ("years", 0, {"term": "third"}, "unknown_term"),
        ("years", 1, {"starts_on": date(2020, 9, 1)}, "overlap"),
        ("years", 3, {"reason": None}, "reason"),
        ("years", 0, {"due_on": date(2020, 1, 1)}, "period"),
        ("years", 0, {"opens_on": None}, "calendar"),
        ("years", 0, {"starts_on": date(2017, 1, 1), "ends_on": date(2017, 12, 31)}, "outside_term"),
        ("groups", 1, {"code": "A"}, "duplicate_code"),
        ("themes", 0, {"code": "dragons"}, "unknown_theme"),
        ("themes", 0, {"from_term": "third"}, "unknown_term"),
        ("schemes", 0, {"best": "gold"}, "unknown_outcome"),
        ("parties", 0, {"section": "kings"}, "unknown_section"),
        ("start_values", 0, {"to_scheme": "stars"}, "unknown_scheme"),
        ("exit_reasons", 0, {"name": {"nl": "dicht", "en": "closed"}}, "translation"),
    ],
)
def test_each_fault_of_an_agreement_is_named(name, number, changes, code):
    assert code in codes(agreement=with_change(name, number, changes))


def test_all_faults_are_reported_at_once_with_their_lines():
    content = with_change("terms", 0, {"scheme": "stars"})
    content["slug"] = "elsewhere"
    faults = [fault for fault in checked(agreement=content).faults if fault.file.endswith("agreement.yaml")]
    assert {fault.path for fault in faults} >= {"slug", "identifier", "terms[0].scheme"}
    assert all(fault.line > 1 for fault in faults if fault.path.startswith("terms"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"agreement": "elsewhere"}, "unknown_agreement"),
        ({"term": "third"}, "unknown_term"),
        ({"requirements": [*framework_content("second")["requirements"] * 2]}, "duplicate_code"),
        (
            {"requirements": [{**framework_content("second")["requirements"][0], "substep": "9.9"}]},
            "unknown_substep",
        ),
        ({"requirements": [{**framework_content("second")["requirements"][0], "minimum": 7}]}, "minimum"),
        ({"requirements": [{**framework_content("second")["requirements"][0], "answer": "fact"}]}, "fact"),
        ({"replaces": f"framework:{SLUG}:first"}, "lost"),
        ({"replaces": f"framework:{SLUG}:zero"}, "unknown_framework"),
    ],
)
def test_each_fault_of_a_framework_is_named(changes, code):
    assert code in codes(second={**framework_content("second"), **changes})


@pytest.mark.parametrize(
    ("name", "number", "changes", "code"),
    [
        ("figures", 0, {"indicator": "ghosts"}, "unknown_indicator"),
        ("figures", 1, {"part_of": "nothing"}, "unknown_figure"),
        ("figures", 0, {"year": "1999"}, "unknown_year"),
        ("figures", 0, {"value": None}, "value"),
        ("conflicts", 0, {"kept": "elsewhere"}, "unknown_figure"),
        ("conflicts", 0, {"figures": ["north", "south"], "kept": "north"}, "sum"),
    ],
)
def test_each_fault_of_the_figures_is_named(name, number, changes, code):
    content = observations_content()
    content[name][number] = {**content[name][number], **changes}
    assert code in codes(observations=content)


@pytest.mark.django_db
def test_synchronising_twice_changes_nothing_and_publishes_once():
    agreement = example_agreement()
    assert services.sync_agreements(actor=ROBOT) == [agreement]
    assert Agreement.objects.count() == 1
    assert [history(kind, SLUG).count() for kind in ("agreements.agreement", "agreements.figures")] == [1, 1]
    shown = current("agreements.agreement", SLUG).payload
    assert [group["code"] for group in shown["groups"]] == ["A", "B", "C"]
    assert shown["years"][3]["reason"]["nl"] == "no round nl"


@pytest.mark.django_db
def test_only_the_operator_synchronises():
    agreement = example_agreement()
    for act in (
        services.sync_agreements,
        lambda actor: services.load_observations(actor=actor, agreement=agreement),
    ):
        with pytest.raises(NotAllowed):
            act(actor=staff(agreement, name=f"lead{id(act)}"))


@pytest.mark.django_db
def test_a_new_edition_renews_the_public_copy():
    agreement = example_agreement()
    content = agreement_content(version="2", host="Another host")
    apply_checked(actor=ROBOT, result=checked(agreement=content))
    services.sync_agreements(actor=ROBOT)
    assert current("agreements.agreement", SLUG).payload["host"] == "Another host"
    assert definition_of(agreement).version == "2"


@pytest.mark.django_db
def test_figures_in_conflict_are_kept_side_by_side_with_the_reading_and_its_author():
    agreement = example_agreement()
    total = Observation.objects.get(identifier=f"{SLUG}/total")
    assert total.value == Decimal(63)
    conflict = conflicts_of(agreement).get()
    assert [one.identifier for one in conflict.observations.all()] == [
        f"{SLUG}/{c}" for c in ("north", "south", "total")
    ]
    assert (conflict.kept, conflict.decided_by) == (total, "test")
    shown = current("agreements.figures", SLUG).payload
    assert len(shown["figures"]) == 3
    assert shown["conflicts"][0]["reading"]["nl"].startswith("12 + 52 = 64")


@pytest.mark.django_db
def test_figures_taken_out_of_the_package_disappear_and_words_may_stand_for_a_number():
    agreement = example_agreement()
    only = {**observations_content()["figures"][0], "value": None, "value_text": words("no round")}
    content = observations_content(version="2", figures=[only], conflicts=[])
    apply_checked(actor=ROBOT, result=checked(observations=content))
    assert services.load_observations(actor=ROBOT, agreement=agreement) == 1
    assert Observation.objects.get().value_text["nl"] == "no round nl"
    assert not ObservationConflict.objects.exists()
    assert history("agreements.figures", SLUG).count() == 2


@pytest.mark.django_db
def test_the_framework_of_a_term_comes_with_its_edition():
    agreement = example_agreement()
    found = framework_of(agreement, "second")
    assert found.file.term == "second"
    assert found.edition.identifier == f"framework:{SLUG}:second"
    assert [year.code for year in report_years(agreement)][:2] == ["2019-2020", "2020-2021"]
