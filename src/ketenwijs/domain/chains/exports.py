"""The firm's own chains as a workbook that it can edit and hand in again.

The last column is the number of the chain: a row that comes back with another supplier, stone or place is by it still
the same chain, and what the workbook has no column for stays with it.
Texts are written as texts, so that nothing in a name can act as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

from ketenwijs.domain.chains import choices, lists
from ketenwijs.domain.chains.rules import MappedChain, Step

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | Decimal | int | date | None


def workbook_of(chains: Sequence[MappedChain], *, title: str) -> bytes:
    """One sheet with one row per chain; unknown places say so, figures that are not known stay empty."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": title, "author": "", "comments": ""})
    sheet = book.add_worksheet(_("Chains")[:31])
    heading, day = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"num_format": "yyyy-mm-dd"}),
    )
    for column, text in enumerate(_headings()):
        sheet.write_string(0, column, text, heading)
    for row, chain in enumerate(chains, start=1):
        for column, cell in enumerate(_cells(chain)):
            if isinstance(cell, Decimal | int):
                sheet.write_number(row, column, float(cell))
            elif isinstance(cell, date):
                sheet.write_datetime(row, column, cell, day)
            elif cell:
                sheet.write_string(row, column, cell)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(_headings()) - 1, 20)
    book.close()
    return stream.getvalue()


def _headings() -> list[str]:
    return [
        _("Supplier"),
        _("Country of the supplier"),
        _("Country of origin"),
        _("Stone"),
        _("Weight in tonnes"),
        _("Purchase value in euros"),
        _("Factory"),
        _("Place of the factory"),
        _("Country of the factory"),
        _("Factory: name in local script"),
        _("Factory: coordinates"),
        _("Quarry"),
        _("Place of the quarry"),
        _("Quarry: name in local script"),
        _("Quarry: coordinates"),
        _("Asked on"),
        _("Confirmed"),
        _("Estimate (change it on screen)"),
        _("Further places (change them on screen)"),
        _("Chain number"),
    ]


def _cells(chain: MappedChain) -> list[Cell]:
    return [
        chain.supplier,
        choices.country_name(chain.supplier_country),
        choices.country_name(chain.country),
        choices.material_name(chain.material),
        chain.tonnes,
        chain.value_eur,
        *_site(chain.factory),
        choices.country_name(chain.factory.country),
        *_described(chain.factory),
        *_site(chain.quarry),
        *_described(chain.quarry),
        max((step.asked_on for step in (chain.factory, chain.quarry) if step.asked_on), default=None),
        _("yes") if chain.is_confirmed else _("no"),
        lists.band_in_words(chain.band),
        "; ".join(_in_words(step) for step in chain.further),
        chain.pk,
    ]


def _site(step: Step) -> tuple[str, str]:
    if step.site is None:
        return _("unknown"), ""
    return ("" if step.site.is_area_only else step.site.name), step.site.place


def _described(step: Step) -> tuple[str, str]:
    """Name in local script and coordinates ("24.71000, 118.42000") of a known place."""
    if step.site is None:
        return "", ""
    at = step.site.coordinates
    return step.site.local_name, f"{at[0]}, {at[1]}" if at else ""


def _in_words(step: Step) -> str:
    site = step.site
    named = ", ".join(part for part in (site.name, "" if site.is_area_only else site.place) if part) if site else ""
    return f"{choices.site_kind_name(step.site.kind if step.site else step.kind)}: {named or _('unknown')}"
