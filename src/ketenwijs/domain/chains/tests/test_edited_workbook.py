"""Our own workbook, edited in an office program and handed in again: what was corrected is taken over, the rest stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.exports import workbook_of
from ketenwijs.domain.chains.models import Chain
from ketenwijs.domain.chains.selectors import chains_in
from ketenwijs.domain.chains.services import FurtherValues, SiteValues
from ketenwijs.domain.chains.tests.factories import (
    NEXT_YEAR,
    add,
    confirmed,
    example_agreement,
    member,
    opened,
    sample,
    taken_in,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = 901, 902, 903
ASKED = date(2025, 3, 4)


@pytest.fixture
def membership():
    return member(example_agreement())


@pytest.fixture
def viewer(membership):
    somebody = worker(membership.organisation)
    with fenced_for(somebody), translation.override("en"):
        yield somebody


@pytest.fixture
def workspace(viewer, membership):
    """Three chains with all that a chain can have. Their numbers are those in the kept files."""
    workspace = opened(viewer, membership)
    fujian = SiteValues(name="Hongda Stone", place="Nan'an, Fujian", country="CN", local_name="宏达石材")
    kolar = SiteValues(name="Quarry 8", place="Kolar, Karnataka", local_name="कोलार खदान", source="visit in May")
    port = FurtherValues(kind="port", name="Chennai", country="IN")
    home = FurtherValues(kind="home_work_area", name="Three villages", country="IN", source="the agent says")
    first = add(viewer, workspace, quarry=kolar, further=(port, home))
    second = add(
        viewer, workspace, "Xiamen Trading", material="basalt", country="CN", supplier_country="CN", tonnes=None,
        band="from_50", factory=fujian, quarry=SiteValues(asked_on=ASKED),
    )  # fmt: skip
    third = add(viewer, workspace, "Pedras do Norte", material="marble", country="PT", quarry=SiteValues())
    for chain, number in ((first, FIRST), (second, SECOND), (third, THIRD)):
        Chain.objects.filter(pk=chain.pk).update(id=number)
        for relation in Chain._meta.related_objects:
            named = {relation.field.name: chain.pk}
            relation.related_model._base_manager.filter(**named).update(**{relation.field.name: number})
    workspace.kept.clear()
    return workspace


def ours(workspace, edit=None):
    """The firm's workbook, after `edit` changed its cells; the third argument of `edit` finds a cell by heading."""
    upload = SimpleUploadedFile("ours.xlsx", workbook_of(chains_in(workspace), title="ours"))
    if edit is None:
        return upload
    book = openpyxl.load_workbook(upload)
    sheet = book.active
    headings = {cell.value: cell.column for cell in sheet[1]}
    numbers = {sheet.cell(row, headings["Chain number"]).value: row for row in range(2, sheet.max_row + 1)}
    edit(sheet, lambda number, heading: sheet.cell(numbers[number], headings[heading]))
    upload = SimpleUploadedFile("ours.xlsx", b"")
    book.save(upload.file)
    upload.size = upload.file.tell()
    upload.seek(0)
    return upload


def back(viewer, membership, upload, mode=services.REPLACE):
    workspace = opened(viewer, membership)
    result = confirmed(viewer, workspace, taken_in(viewer, workspace, upload), mode)
    return result, {chain.pk: chain for chain in chains_in(opened(viewer, membership))}


def test_nothing_that_a_chain_has_is_lost_when_nothing_was_edited(viewer, workspace, membership):
    before = {chain.pk: chain for chain in chains_in(workspace)}
    result, after = back(viewer, membership, ours(workspace))
    assert (result["new"], result["changed"], result["same"], result["gone"]) == (0, 0, 3, 0)
    for number, chain in before.items():
        assert after[number].steps == chain.steps
        assert [step.site and step.site.local_name for step in after[number].steps] == [
            step.site and step.site.local_name for step in chain.steps
        ]
        assert (after[number].band, after[number].tonnes) == (chain.band, chain.tonnes)


def test_a_corrected_supplier_keeps_everything_else_of_the_chain(viewer, workspace, membership):
    before = {chain.pk: chain for chain in chains_in(workspace)}

    def edit(_sheet, cell):
        cell(FIRST, "Supplier").value = "Kolar Stone Exports Private Limited"
        cell(FIRST, "Country of the supplier").value = "India"

    result, after = back(viewer, membership, ours(workspace, edit))
    assert (result["new"], result["changed"], result["gone"]) == (0, 1, 0)
    chain = after[FIRST]
    assert (chain.supplier, chain.supplier_country) == ("Kolar Stone Exports Private Limited", "IN")
    assert chain.steps == before[FIRST].steps
    assert chain.quarry.source == "visit in May"


def test_places_names_in_local_script_and_coordinates_can_be_corrected(viewer, workspace, membership):
    def edit(_sheet, cell):
        cell(SECOND, "Factory").value = "Hongda Stone Unit 2"
        cell(SECOND, "Factory: name in local script").value = "宏达石材二厂"
        cell(SECOND, "Factory: coordinates").value = "24.96, 118.38"
        cell(FIRST, "Quarry: coordinates").value = "13.13; 78.13"

    _result, after = back(viewer, membership, ours(workspace, edit))
    factory = after[SECOND].factory.site
    assert (factory.name, factory.local_name) == ("Hongda Stone Unit 2", "宏达石材二厂")
    assert factory.coordinates == (Decimal("24.96"), Decimal("118.38"))
    assert after[FIRST].quarry.site.coordinates == (Decimal("13.13"), Decimal("78.13"))
    assert after[FIRST].quarry.site.local_name == "कोलार खदान"
    assert after[SECOND].band == "from_50"


def test_what_was_unknown_and_is_filled_in_is_known_and_the_other_way_round(viewer, workspace, membership):
    def edit(_sheet, cell):
        cell(SECOND, "Quarry").value = "Quarry of the hill"
        cell(THIRD, "Factory").value = "unknown"
        cell(THIRD, "Place of the factory").value = None
        cell(THIRD, "Asked on").value = date(2025, 9, 1)

    _result, after = back(viewer, membership, ours(workspace, edit))
    assert (after[SECOND].quarry.site.name, after[SECOND].quarry.asked_on) == ("Quarry of the hill", None)
    assert not after[THIRD].factory.known and not after[THIRD].quarry.known
    assert after[THIRD].factory.asked_on == after[THIRD].quarry.asked_on == date(2025, 9, 1)


def test_a_figure_takes_the_place_of_an_estimate(viewer, workspace, membership):
    def edit(_sheet, cell):
        cell(SECOND, "Weight in tonnes").value = 61.5

    _result, after = back(viewer, membership, ours(workspace, edit))
    assert (after[SECOND].tonnes, after[SECOND].band) == (Decimal("61.5"), "")


def test_a_row_that_was_copied_is_a_new_chain_and_the_old_one_stays(viewer, workspace, membership):
    def edit(sheet, cell):
        source = cell(FIRST, "Supplier").row
        sheet.append([one.value for one in sheet[source]])
        sheet.cell(sheet.max_row, 1).value = "Another Exporter"

    result, after = back(viewer, membership, ours(workspace, edit))
    assert (result["new"], result["same"], result["gone"]) == (1, 3, 0)
    assert after[FIRST].supplier == "Kolar Stone Exports"
    assert after[FIRST].further


def test_a_removed_row_is_gone_and_a_number_of_somebody_else_is_no_number(viewer, workspace, membership):
    other = member(membership.agreement)
    neighbour = worker(other.organisation)
    with fenced_for(neighbour):
        theirs = add(neighbour, opened(neighbour, other), "Their secret supplier")

    def edit(sheet, cell):
        cell(FIRST, "Supplier").value = "Corrected"
        cell(FIRST, "Chain number").value = theirs.pk
        sheet.delete_rows(cell(THIRD, "Supplier").row)

    result, after = back(viewer, membership, ours(workspace, edit))
    assert (result["new"], result["same"], result["gone"]) == (1, 1, 2)
    assert {chain.supplier for chain in after.values()} == {"Corrected", "Xiamen Trading"}
    with fenced_for(neighbour):
        assert chains_in(opened(neighbour, other))[0].supplier == "Their secret supplier"


def test_last_years_workbook_starts_this_year_with_all_that_last_year_knew(viewer, workspace, membership):
    last = ours(workspace)
    this_year = opened(viewer, membership, NEXT_YEAR)
    result = confirmed(viewer, this_year, taken_in(viewer, this_year, last), services.REPLACE)
    found = {chain.carried_from: chain for chain in chains_in(opened(viewer, membership, NEXT_YEAR))}
    assert result["new"] == 3
    assert [step.kind for step in found[FIRST].further] == ["port", "home_work_area"]
    assert found[SECOND].band == "from_50"
    assert len(chains_in(opened(viewer, membership))) == 3


def test_chains_taken_along_are_recognised_by_the_numbers_of_last_year(viewer, workspace, membership):
    def edit(_sheet, cell):
        cell(THIRD, "Supplier").value = "Pedras do Norte, Lda"

    last = ours(workspace, edit)
    this_year = opened(viewer, membership, NEXT_YEAR)
    services.carry_over(actor=viewer, workspace=this_year, previous_year_code=workspace.year.code)
    result = confirmed(viewer, this_year, taken_in(viewer, this_year, last), services.REPLACE)
    assert (result["new"], result["gone"]) == (0, 0)
    assert "Pedras do Norte, Lda" in {chain.supplier for chain in chains_in(opened(viewer, membership, NEXT_YEAR))}


@pytest.mark.parametrize("name", ["office/edited-in-libreoffice.ods", "office/edited-in-libreoffice.xlsx"])
def test_a_workbook_edited_and_saved_by_libreoffice_loses_nothing(viewer, workspace, membership, name):
    before = {chain.pk: chain for chain in chains_in(workspace)}
    result, after = back(viewer, membership, sample(name))
    assert (result["new"], result["changed"], result["same"], result["gone"]) == (1, 2, 1, 0)
    assert after[FIRST].tonnes == Decimal("14.25")
    assert after[FIRST].steps == before[FIRST].steps
    assert after[SECOND].factory.site.local_name == "宏达石材二厂"
    assert (after[SECOND].band, after[SECOND].quarry.asked_on) == ("from_50", ASKED)
    assert after[THIRD].steps == before[THIRD].steps
