"""Known facts of the packages for funds, metals, flowers, renewable energy and coal, and of the policy pipeline."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from ketenwijs.domain.agreements.definitions import AgreementFile, ObservationsFile, PipelineFile
from ketenwijs.domain.agreements.frameworks import FrameworkFile
from ketenwijs.domain.assessments.instruments import instrument_for
from ketenwijs.domain.assessments.rules import MET, NOT_MET, Case, Judged
from ketenwijs.foundation.content.checking import check_directory

FUNDS, METALS, FLOWERS, RENEWABLE, COAL = (
    "pensioenfondsen",
    "metaal",
    "sierteelt",
    "hernieuwbare-energie",
    "steenkool",
)
STONE = "trustone"
HERE = (FUNDS, METALS, FLOWERS, RENEWABLE, COAL)
RUN = (FUNDS, METALS)
EDITORS = "Ketenwijs, redactie"


@lru_cache(maxsize=1)
def contents():
    """Everything in the content folder."""
    return [one.content for one in check_directory(Path(settings.CONTENT_DIR)).loaded]


def agreement(slug: str) -> AgreementFile:
    return next(one for one in contents() if isinstance(one, AgreementFile) and one.slug == slug)


def observations(slug: str) -> ObservationsFile:
    return next(one for one in contents() if isinstance(one, ObservationsFile) and one.agreement == slug)


def figures(slug: str):
    return {one.code: one for one in observations(slug).figures}


def framework(slug: str) -> FrameworkFile:
    return next(one for one in contents() if isinstance(one, FrameworkFile) and one.agreement == slug)


def conflict(slug: str, code: str):
    return next(one for one in observations(slug).conflicts if one.code == code)


def pipeline() -> PipelineFile:
    return next(one for one in contents() if isinstance(one, PipelineFile))


def sector(code: str):
    return next(one for one in pipeline().sectors if one.code == code)


def stage_on(code: str, day: date) -> str:
    return [one.stage for one in sector(code).moments if one.on <= day][-1]


def section_sizes(slug: str, term: str):
    sizes: dict[str, int] = {}
    for one in agreement(slug).parties:
        if term in one.terms:
            sizes[one.section] = sizes.get(one.section, 0) + (one.number or 1)
    return sizes


# Figures


@pytest.mark.parametrize("slug", HERE)
def test_every_figure_has_a_source_a_population_and_a_day_or_says_that_it_has_none(slug):
    for one in figures(slug).values():
        assert one.source, one.code
        assert one.population.nl, one.code
        assert one.on or "zonder" in one.note.nl.lower(), one.code


@pytest.mark.parametrize("slug", HERE)
def test_every_conflict_says_in_three_languages_how_it_is_read_and_who_decided(slug):
    for one in observations(slug).conflicts:
        assert one.decided_by == EDITORS
        assert set(one.reading.by_language) == {"nl", "fr", "en"}


def test_73_funds_signed_and_84_were_there_at_the_end():
    found = figures(FUNDS)
    assert (found["funds-signing"].value, found["funds-signing"].on) == (73, date(2018, 12, 20))
    assert (found["funds-end"].value, found["share-end"].value, found["capital-end"].value) == (84, 94, 1500)
    assert found["funds-2019-12"].value == 82


def test_81_funds_are_the_state_of_2019_and_not_of_the_signing():
    told = conflict(FUNDS, "funds-signing")
    assert told.kept == "funds-signing"
    assert "funds-2019-11" in told.figures
    assert figures(FUNDS)["funds-2019-11"].precision == "month"


def test_the_measurement_of_2019_is_a_baseline_and_that_of_2020_the_first():
    told = conflict(FUNDS, "first-measurement")
    assert told.kept == "measurement-2020"
    assert "baseline" in told.reading.en


def test_75_funds_were_measured_at_two_reference_dates_and_none_was_positive_on_all_parts():
    found = figures(FUNDS)
    assert [(one.value, one.on) for one in (found["measured-2019"], found["measured-2021"])] == [
        (75, date(2019, 12, 31)),
        (75, date(2021, 6, 30)),
    ]
    assert found["policy-all-parts-2019"].value == 0


def test_metals_reached_66_percent_against_a_target_of_80():
    found = figures(METALS)
    assert (found["maturity-final"].value, found["maturity-target"].value) == (66, 80)
    assert "2019" in found["maturity-final"].population.en


def test_10_of_13_metal_firms_had_published_policy_and_6_of_11_before():
    found = figures(METALS)
    assert (found["policies-y3"].value, found["companies-y3"].value) == (10, 13)
    assert (found["policies-before-y3"].value, found["companies-before-y3"].value) == (6, 11)


def test_sixteen_signed_for_metals_and_the_parts_add_up():
    found = figures(METALS)
    parts = [one.value for one in found.values() if one.part_of == "parties-signing"]
    assert sorted(parts) == [2, 2, 5, 7]
    assert sum(parts) == found["parties-signing"].value == 16
    assert sum(section_sizes(METALS, "term-1").values()) == 16


def test_renewable_energy_grew_from_53_to_59_parties():
    found = figures(RENEWABLE)
    assert (found["parties-2024"].value, found["parties-2025"].value) == (53, 59)
    assert (found["companies-signing"].value, found["companies-2024"].value) == (16, 32)


def test_sixteen_signed_for_flowers_and_five_producers_for_coal():
    assert figures(FLOWERS)["parties-signing"].value == 16
    assert figures(COAL)["companies-signing"].value == section_sizes(COAL, "term-1")["companies"] == 5


# Agreements


def test_the_periods_are_those_of_the_sources():
    periods = {slug: (agreement(slug).terms[0].starts_on, agreement(slug).terms[0].ends_on) for slug in HERE}
    assert periods[FUNDS] == (date(2018, 12, 20), date(2022, 12, 31))
    assert periods[METALS] == (date(2019, 7, 1), date(2024, 6, 30))
    assert periods[FLOWERS] == (date(2019, 7, 2), date(2022, 9, 22))
    assert periods[RENEWABLE][0] == date(2023, 3, 6)
    assert periods[COAL] == (date(2014, 11, 17), None)
    assert agreement(METALS).terms[1].starts_on == date(2025, 11, 17)


def test_73_funds_six_organisations_three_unions_and_three_ministries_signed():
    sizes = section_sizes(FUNDS, "term-1")
    assert (sizes["civil_society"], sizes["unions"], sizes["governments"]) == (6, 3, 3)
    assert next(one.number for one in agreement(FUNDS).parties if one.number) == 73


def test_fees_of_metals_and_of_renewable_energy_are_those_of_their_pages():
    metals = {one.code: one.amount_eur for one in agreement(METALS).terms[0].fees}
    assert list(metals.values()) == [500, 2000, 5000, 10000, 1500]
    assert metals["entrance"] == Decimal(1500)
    renewable = {one.code: one.amount_eur for one in agreement(RENEWABLE).terms[0].fees}
    assert renewable == {"micro": 500, "small": 1500, "medium": 5000, "large": 10000, "outside_market": 3000}


def test_each_instrument_says_its_family_and_none_where_no_source_shows_one():
    families = {slug: agreement(slug).instrument.family for slug in (*HERE, STONE)}
    assert families == {
        FUNDS: "indicator_tree",
        METALS: "weighted_score",
        FLOWERS: None,
        RENEWABLE: "self_assessment",
        COAL: None,
        STONE: "requirement_list",
    }


def test_natural_stone_tells_its_projects_reports_and_extension():
    found = agreement(STONE)
    assert [one.code for one in found.projects] == [
        "pilots",
        "rajasthan_dialogue",
        "india_labour_rights",
        "brazil_dialogue",
        "carving_change",
    ]
    assert [one.stage for one in found.life if one.stage][-4:] == ["extended", "ended", "signed", "running"]
    assert (found.public_output.per, found.complaints_body) == ("both", "own")


@pytest.mark.parametrize("slug", [*HERE, STONE])
def test_moments_of_an_agreement_stand_in_order_of_time(slug):
    days = [one.on for one in agreement(slug).life]
    assert days
    assert days == sorted(days)


# Frameworks for an example round


@pytest.mark.parametrize("slug", RUN)
def test_a_framework_whose_text_is_ours_says_so(slug):
    assert framework(slug).example
    assert framework(slug).instrument.example
    assert framework(slug).instrument.source


def test_the_reference_dates_of_the_funds_are_their_own():
    tree = framework(FUNDS).instrument
    assert tree.reference_date("2019", date(2019, 12, 31)) == date(2019, 12, 31)
    assert tree.reference_date("2021", date(2021, 12, 31)) == date(2021, 6, 30)
    goal = tree.mains[0].goal
    assert (tree.mains[0].code, goal.percent, goal.by) == ("policy", 100, date(2020, 12, 31))
    assert tree.measures_size


def judged(slug: str, short: str = "", points: int | None = None):
    return tuple(
        Judged(one.code, one.asked_from, NOT_MET if one.code == short else MET, points)
        for one in framework(slug).requirements
    )


def proposal(slug: str, given: tuple[Judged, ...]):
    content, found = framework(slug), agreement(slug)
    case = Case(content, found.scheme(content.scheme), given, report="full", number=1)
    return instrument_for(content).propose(case)


def test_a_main_indicator_counts_only_when_all_its_parts_do():
    assert (proposal(FUNDS, judged(FUNDS)).value, proposal(FUNDS, judged(FUNDS)).number) == ("all_met", 4)
    short = proposal(FUNDS, judged(FUNDS, short="policy-remedy"))
    assert (short.value, short.number) == ("not_all", 3)


def test_three_of_four_points_everywhere_stay_below_the_target_of_80_percent():
    short, full = (proposal(METALS, judged(METALS, points=points)) for points in (3, 4))
    assert (short.value, short.number, short.wanted) == ("not_yet", 75, 80)
    assert (full.value, full.number) == ("reached", 100)


# Policy


def test_thirteen_sectors_are_claimed_and_twelve_listed():
    claim = next(one for one in pipeline().claims if one.code == "thirteen-sectors")
    listed = [one for one in pipeline().sectors if one.listed]
    assert (claim.claimed, claim.counted, len(listed)) == (13, 12, 12)
    assert all(not one.part_of for one in listed)


def test_the_council_and_the_evaluation_count_eleven_each_but_not_the_same():
    claims = {one.code: (one.claimed, one.counted) for one in pipeline().claims}
    assert claims["eleven-of-the-council"] == (11, 12)
    assert claims["eleven-of-the-evaluation"] == (11, 11)
    signed = {one.code for one in pipeline().sectors if any(m.stage == "signed" for m in one.moments)}
    assert len(signed) == 12
    before_2021 = {
        one.code
        for one in pipeline().sectors
        if any(moment.stage == "signed" and moment.on.year < 2021 for moment in one.moments)
    }
    assert signed - before_2021 == {"renewable_energy"}


def test_the_stages_of_july_2015_are_those_of_the_letter():
    day = date(2015, 7, 10)
    wanted = {
        "negotiating": ("banking", "textile"),
        "dialogue": ("retail", "insurance", "timber", "floriculture", "gold", "food"),
        "exploring": ("construction", "chemicals", "energy", "wholesale", "metal"),
        "no_initiative": ("pension_funds", "agriculture_other", "oil_gas"),
        "signed": ("coal",),
    }
    assert {code: stage_on(code, day) for codes in wanted.values() for code in codes} == {
        code: stage for stage, codes in wanted.items() for code in codes
    }


def test_finance_and_agriculture_have_their_stages_in_their_branches():
    assert {one.code for one in pipeline().sectors if one.part_of == "finance"} == {
        "banking",
        "insurance",
        "pension_funds",
    }
    for code in ("finance", "agriculture"):
        assert [one.stage for one in sector(code).moments] == ["identified"]


def test_goals_that_moved_are_each_kept():
    assert [(one.number, one.by) for one in pipeline().targets] == [
        (10, date(2016, 12, 31)),
        (10, date(2016, 12, 31)),
        (7, date(2016, 12, 31)),
        (8, date(2017, 6, 30)),
        (11, date(2018, 12, 31)),
    ]


def test_every_agreement_is_named_by_exactly_one_sector_and_carries_its_code():
    named = {slug: one.code for one in pipeline().sectors for slug in one.agreements}
    assert sum(len(one.agreements) for one in pipeline().sectors) == len(named) == 12
    found = {one.slug: one.sector_codes for one in contents() if isinstance(one, AgreementFile)}
    assert {slug: (code,) for slug, code in named.items()} == found


def test_every_sector_code_of_an_agreement_is_a_sector_of_the_pipeline():
    known = {one.code for one in pipeline().sectors}
    for slug in (*HERE, STONE):
        assert set(agreement(slug).sector_codes) <= known


@pytest.mark.parametrize("slug", HERE)
def test_a_file_is_read_the_same_by_any_reader_of_yaml(slug):
    for path in (Path(settings.CONTENT_DIR) / "agreements" / slug).glob("*.yaml"):
        assert yaml.safe_load(path.read_text("utf-8"))["version"] == "1"
