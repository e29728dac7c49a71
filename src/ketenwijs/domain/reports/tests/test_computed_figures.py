"""Figures counted in the register, the round, the chains and the questions."""

import io
import json
import re
import zipfile
from datetime import date

import pytest

from ketenwijs.domain.agreements.models import ObservationConflict
from ketenwijs.domain.agreements.selectors import report_year
from ketenwijs.domain.agreements.services import join, leave
from ketenwijs.domain.agreements.tests.factories import ROBOT, company, member, staff
from ketenwijs.domain.assessments.models import Dossier, Outcome
from ketenwijs.domain.assessments.services import open_round
from ketenwijs.domain.chains.models import Chain, ClosedYear, Link, Site, Supplier
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.procurement.services import record_question
from ketenwijs.domain.reports import exports
from ketenwijs.domain.reports.exports import csv_file
from ketenwijs.domain.reports.figures import FigureTable
from ketenwijs.domain.reports.selectors import frozen_of, report_of
from ketenwijs.domain.reports.tests.factories import DAY, NO_ROUND_YEAR, YEAR, draft, example_agreement
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.ui.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def lead(agreement):
    return staff(agreement)


def figures(lead, agreement, code, year=YEAR, day=DAY) -> FigureTable:
    return frozen_of(draft(lead, agreement, year, day)).tables[code]


def by_label(table, language="en"):
    return {one.label[language]: one.value for one in table.figures}


def chains_of(firm, agreement, country, number, *, known=False):
    with fenced_for(ROBOT):
        supplier, _ = Supplier.objects.get_or_create(organisation=firm, name="Example supplier", country=country)
        ClosedYear.objects.get_or_create(organisation=firm, agreement=agreement, year=YEAR)
        for place in range(number):
            chain = Chain.objects.create(organisation=firm, year=YEAR, supplier=supplier, material="slate")
            site = None
            if known:
                name = f"Example quarry {place} {country}"
                site, _ = Site.objects.get_or_create(organisation=firm, kind="quarry", name=name, country=country)
            Link.objects.create(chain=chain, tier=2, kind="quarry", site=site, country=country)


def test_members_are_counted_by_trade_and_country_on_the_last_day_of_the_year(agreement, lead):
    member(agreement, "Example one")
    member(agreement, "Example two")
    late = company("Example late", country="BE", subkind="processor")
    after = date(2025, 10, 2)
    join(actor=ROBOT, agreement=agreement, organisation=late, kind="participant", joined_on=after, group="A")
    table = figures(lead, agreement, "participation.companies")
    assert list(by_label(table).values()) == [2, 2]
    assert "importer, Netherlands" in by_label(table)
    assert "30 September 2025" in table.base["en"]
    assert by_label(figures(lead, agreement, "participation.companies_by_group"))["group C en"] == 2


def test_joiners_and_leavers_of_the_year_are_counted_with_the_reason(agreement, lead):
    member(agreement, "Example new", joined_on=date(2025, 3, 1))
    gone = member(agreement, "Example gone")
    leave(actor=ROBOT, membership=gone, left_on=date(2025, 5, 1), reason="closed")
    assert by_label(figures(lead, agreement, "participation.joined"))["all new companies"] == 1
    assert by_label(figures(lead, agreement, "participation.left")) == {"all companies that left": 1, "closed en": 1}


def test_an_empty_register_gives_a_sentence_and_no_zero(agreement, lead):
    table = figures(lead, agreement, "participation.companies")
    assert table.figures == ()
    assert table.reason["en"]


def test_outcomes_are_printed_with_the_base_of_the_year_judged(agreement, lead):
    for number in range(3):
        member(agreement, f"Example {number}")
    with fenced_for(lead):
        round_ = open_round(actor=lead, agreement=agreement, year=report_year(agreement, YEAR))
        first, *_rest = Dossier.objects.filter(round=round_).order_by("pk")
        Outcome.objects.create(
            dossier=first, scheme="levels", value="l1", number=5, reason="test", published_on=date(2025, 10, 20)
        )
    frozen = frozen_of(draft(lead, agreement))
    level = next(one for one in frozen.tables["assessment.outcomes"].figures if one.code == "l1")
    assert (level.value, level.numerator, level.denominator) == (33, 1, 3)
    met = frozen.tables["assessment.meets_demands"].figures[0]
    assert (met.numerator, met.denominator) == (1, 1)
    assert by_label(frozen.tables["assessment.judged"])["all companies in the round"] == 3
    handed_in = frozen.tables["assessment.plans_handed_in"].figures[0]
    assert (handed_in.value, handed_in.numerator, handed_in.denominator) == (0, 0, 3)


def test_outcomes_published_after_the_reference_date_do_not_count(agreement, lead):
    member(agreement, "Example one")
    with fenced_for(lead):
        round_ = open_round(actor=lead, agreement=agreement, year=report_year(agreement, YEAR))
        dossier = Dossier.objects.get(round=round_)
        Outcome.objects.create(
            dossier=dossier, scheme="levels", value="l1", number=1, reason="test", published_on=date(2025, 12, 1)
        )
    before = figures(lead, agreement, "assessment.outcomes")
    after = figures(lead, agreement, "assessment.outcomes", day=date(2025, 12, 1))
    assert [one.numerator for one in before.figures if one.code == "l1"] == [0]
    assert [one.numerator for one in after.figures if one.code == "l1"] == [1]


def test_every_computed_percentage_carries_numerator_and_denominator(agreement, lead):
    for number in range(6):
        chains_of(member(agreement, f"Example {number}").organisation, agreement, "IN", 2, known=number < 5)
    for table in frozen_of(draft(lead, agreement, day=date.today())).tables.values():
        for one in table.figures:
            if one.unit == "percent" and one.confidence == "computed":
                assert one.numerator is not None
                assert one.denominator is not None


def test_countries_of_few_firms_are_withheld_and_cannot_be_worked_out(agreement, lead):
    firms = [member(agreement, f"Example {number}").organisation for number in range(7)]
    for firm in firms:
        chains_of(firm, agreement, "IN", 2)
    for firm in firms[:6]:
        chains_of(firm, agreement, "CN", 1)
    chains_of(firms[0], agreement, "VN", 3)
    made = draft(lead, agreement, day=date.today())
    table = frozen_of(made).tables["chains.by_country"]
    shown = {one.code: (one.value, one.suppressed) for one in table.figures}
    assert shown == {"total": (23, False), "IN": (14, False), "CN": (None, True), "VN": (None, True)}
    hidden = [one for one in table.figures if one.suppressed]
    assert all(table.footnotes[one.notes[0] - 1]["en"] for one in hidden)
    text = csv_file(report_of(made), "en").decode("utf-8-sig")
    assert "VN;Vietnam;;" in text or "VN;Viet Nam;;" in text


def test_five_firms_of_one_holding_count_once_and_their_row_is_withheld(agreement, lead):
    """Security case 37."""
    firms = [member(agreement, f"Example {number}").organisation for number in range(12)]
    for firm in firms[:6]:
        chains_of(firm, agreement, "IN", 2)
    for firm in firms[6:]:
        chains_of(firm, agreement, "CN", 1)
    Organisation.objects.filter(pk__in=[one.pk for one in firms[:5]]).update(holding="Groep Noord")
    table = frozen_of(draft(lead, agreement, day=date.today())).tables["chains.by_country"]
    shown = {one.code: (one.value, one.suppressed) for one in table.figures}
    assert shown == {"total": (18, False), "IN": (None, True), "CN": (None, True)}
    Organisation.objects.filter(pk__in=[one.pk for one in firms]).update(holding="")
    table = frozen_of(draft(lead, agreement, day=date.today())).tables["chains.by_country"]
    assert {one.code: one.value for one in table.figures} == {"total": 18, "IN": 12, "CN": 6}


def test_a_withheld_figure_stands_in_no_file_and_not_in_what_is_kept(agreement, lead):
    """Security case 43: neither the figure nor a sum that gives it away, in any format."""
    firms = [member(agreement, f"Example {number}").organisation for number in range(7)]
    for firm in firms:
        chains_of(firm, agreement, "IN", 2)
    for firm in firms[:6]:
        chains_of(firm, agreement, "CN", 1)
    chains_of(firms[0], agreement, "VN", 173)
    made = draft(lead, agreement, day=date.today())
    report = report_of(made)
    packed = zipfile.ZipFile(io.BytesIO(exports.word_file(report, "en")))
    files = {
        "html, of which the pdf is made": exports.html_file(report, "en"),
        "csv": exports.csv_file(report, "en"),
        "json": exports.json_file(report, "en"),
        **{one: packed.read(one) for one in packed.namelist() if one.endswith(".xml")},
        "kept": json.dumps(made.figures).encode(),
    }
    assert "193" in files["csv"].decode()
    told = [name for name, content in files.items() if re.search(rb"(?<![0-9a-f])(173|179)(?![0-9a-f])", content)]
    assert told == []


def test_a_share_behind_which_few_firms_stand_is_withheld_with_its_numbers(agreement, lead):
    chains_of(member(agreement).organisation, agreement, "IN", 2, known=True)
    (share,) = figures(lead, agreement, "chains.quarries_known", day=date.today()).figures
    assert share.suppressed
    assert (share.value, share.numerator, share.denominator) == (None, None, None)


def test_chains_not_handed_in_are_not_counted(agreement, lead):
    firm = member(agreement).organisation
    chains_of(firm, agreement, "IN", 2)
    with fenced_for(ROBOT):
        ClosedYear.objects.all().delete()
    assert figures(lead, agreement, "chains.by_country", day=date.today()).figures == ()


def test_questions_are_counted_by_kind_within_the_year(agreement, lead):
    for day in (date(2025, 1, 5), date(2025, 9, 30), date(2025, 10, 1)):
        record_question(
            actor=lead, agreement=agreement, authority=None, kind="conditions", about="", question="?", asked_on=day,
            asked_by_name="",
        )  # fmt: skip
    assert [one.value for one in figures(lead, agreement, "enquiries.by_kind").figures] == [2, 0, 2, 0]


def test_a_year_without_a_round_says_so_in_words(agreement, lead):
    for code in ("chains.quarries_known", "assessment.judged"):
        table = figures(lead, agreement, code, year=NO_ROUND_YEAR)
        assert (table.figures, table.reason["en"]) == ((), "no round en")


def test_parts_that_do_not_add_up_are_refused_until_a_reading_is_recorded(agreement, lead):
    assert draft(lead, agreement, "2021-2022", DAY)
    ObservationConflict.objects.all().delete()
    with pytest.raises(DomainError, match="64"):
        draft(lead, agreement, "2021-2022", DAY)
