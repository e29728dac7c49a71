"""What the reader's codes are called on the screen: faults, refusals, notes, skipped rows, columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.chains.intake.model import Fault, Note

FIELDS: dict[str, str | Promise] = {
    "supplier": gettext_lazy("Supplier"),
    "supplier_country": gettext_lazy("Country of the supplier"),
    "supplier_code": gettext_lazy("Number of the supplier"),
    "supplier_place": gettext_lazy("Place of the supplier"),
    "country": gettext_lazy("Country"),
    "origin_country": gettext_lazy("Country of origin"),
    "material": gettext_lazy("Stone"),
    "tonnes": gettext_lazy("Weight"),
    "value_eur": gettext_lazy("Purchase value"),
    "unit": gettext_lazy("Unit of weight"),
    "currency": gettext_lazy("Currency"),
    "year": gettext_lazy("Year"),
    "asked_on": gettext_lazy("Asked on"),
    "remark": gettext_lazy("Remark"),
    "factory": gettext_lazy("Factory"),
    "factory_place": gettext_lazy("Place of the factory"),
    "factory_region": gettext_lazy("Region of the factory"),
    "factory_country": gettext_lazy("Country of the factory"),
    "factory_code": gettext_lazy("Number of the factory"),
    "factory_kind": gettext_lazy("Kind of factory"),
    "quarry": gettext_lazy("Quarry"),
    "quarry_place": gettext_lazy("Place of the quarry"),
    "quarry_region": gettext_lazy("Region of the quarry"),
    "quarry_country": gettext_lazy("Country of the quarry"),
    "quarry_code": gettext_lazy("Number of the quarry"),
    "quarry_kind": gettext_lazy("Kind of quarry"),
    "site": gettext_lazy("Location"),
    "site_place": gettext_lazy("Place of the location"),
    "site_region": gettext_lazy("Region of the location"),
    "site_country": gettext_lazy("Country of the location"),
    "site_code": gettext_lazy("Number of the location"),
    "site_kind": gettext_lazy("Kind of location"),
    "local_name": gettext_lazy("Local name"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "coordinates": gettext_lazy("Coordinates"),
}

FAULTS: dict[str, str | Promise] = {
    "amount_merged": gettext_lazy(
        "The amount stands in a merged cell over several rows. Fill in the amount of each row."
    ),
    "amounts_without_name": gettext_lazy("This row has amounts but no supplier, so it was not read: %(value)s"),
    "column_missing": gettext_lazy("No column was found for: %(field)s. If there is one, say which."),
    "column_uncertain": gettext_lazy("The column “%(value)s” was taken as: %(field)s. Check whether that is right."),
    "computed": gettext_lazy("The cell holds a formula; its last result was used: %(value)s"),
    "country_missing": gettext_lazy("The country is not stated. It is taken over as unknown."),
    "country_not_recognised": gettext_lazy("The country “%(value)s” is not in the list. Choose the country."),
    "country_spelling": gettext_lazy("The country “%(value)s” was read as %(read_as)s."),
    "date_order_assumed": gettext_lazy("The date “%(value)s” was read with the day first."),
    "date_unreadable": gettext_lazy("The date “%(value)s” could not be read. Fill it in if you know it."),
    "error_in_cell": gettext_lazy("The cell shows an error (%(value)s). Fill in what should stand there."),
    "formula_without_value": gettext_lazy(
        "The cell holds a formula without a result. Open and save the sheet, or fill it in."
    ),
    "hidden_characters": gettext_lazy("The name holds invisible characters; they were left out."),
    "country_contradicts": gettext_lazy(
        "“%(value)s” lies in %(country)s here and in %(other)s in row %(row)s. Correct the country of one of them."
    ),
    "country_from_above": gettext_lazy("The country was taken from the rows above: %(value)s"),
    "material_from_above": gettext_lazy("The stone was taken from the row above: %(value)s"),
    "material_missing": gettext_lazy("The kind of stone is missing. Choose it."),
    "material_not_recognised": gettext_lazy("The stone “%(value)s” is not in the list. Choose the kind of stone."),
    "material_spelling": gettext_lazy("The stone “%(value)s” was read as %(read_as)s."),
    "name_too_long": gettext_lazy("The name is longer than 200 characters. Shorten it."),
    "no_headings": gettext_lazy(
        "The table has no headings; the columns were recognised by what is in them. Check them."
    ),
    "coordinates_elsewhere": gettext_lazy(
        "“%(value)s” does not lie in %(country)s. The coordinates are left out; correct the country, or add them later."
    ),
    "notation_from_other_column": gettext_lazy(
        "“%(decimal_mark)s” was taken as the decimal sign, as in another column."
    ),
    "notation_from_price": gettext_lazy(
        "“%(decimal_mark)s” was taken as the decimal sign, because of the price per tonne."
    ),
    "notation_mixed": gettext_lazy("The column writes numbers in two ways. Check the numbers."),
    "number_ambiguous": gettext_lazy("“%(value)s” can be read in two ways. Fill in the number."),
    "number_approximate": gettext_lazy("“%(value)s” is an estimate; the number was used."),
    "number_negative": gettext_lazy("The number is negative (%(value)s); it lowers the total of the chain."),
    "number_unreadable": gettext_lazy("“%(value)s” is not a number. Fill in the number, or leave it empty if unknown."),
    "other_currency": gettext_lazy("The value is in %(currency)s, not in euros; it was left out."),
    "reference_not_found": gettext_lazy("“%(value)s” does not occur in the list of locations. Fill in the name."),
    "several_countries": gettext_lazy(
        "“%(value)s” names several countries. Choose one, or split the row in your sheet."
    ),
    "several_materials": gettext_lazy(
        "“%(value)s” names several kinds of stone. Choose one, or split the row in your sheet."
    ),
    "supplier_missing": gettext_lazy("The supplier is missing. Fill it in, or leave the row out."),
    "tonnes_missing": gettext_lazy("The weight is missing. It is taken over as unknown."),
    "unit_assumed": gettext_lazy("The unit of weight is not stated; tonnes were assumed."),
    "unit_not_weight": gettext_lazy("“%(unit)s” is not a unit of weight, so the weight is unknown. Fill in tonnes."),
    "amount_too_large": gettext_lazy("The amount is too large to be true. Correct it."),
}

REFUSALS: dict[str, str | Promise] = {
    "wrong_type": gettext_lazy(
        "This file cannot be read as a sheet. Save it as .xlsx, .ods, .csv or .tsv and upload that."
    ),
    "encrypted": gettext_lazy("The file is locked with a password. Save it without a password and upload it again."),
    "macros": gettext_lazy("The file contains macros. Save it as an ordinary .xlsx and upload that."),
    "external_links": gettext_lazy("The sheet refers to other files. Save it with values only and upload it again."),
    "embedded_objects": gettext_lazy("The sheet contains embedded objects. Remove them and upload it again."),
    "bomb": gettext_lazy(
        "The file is much larger inside than it should be. Copy the rows to a new sheet and upload that."
    ),
    "too_large": gettext_lazy("The file is larger than 25 MB. Remove pictures and other sheets and upload it again."),
    "too_many_rows": gettext_lazy(
        "The sheet has more than 10,000 rows. Split it into parts and upload them one by one."
    ),
    "no_columns": gettext_lazy("No rows of purchase were recognised. Say below what the columns are."),
    "unsupported_encoding": gettext_lazy(
        "The characters of the file could not be read. Save it as .xlsx or as CSV UTF-8."
    ),
    "damaged": gettext_lazy("The file is damaged or empty. Open it, save it again and upload that."),
    "has_doctype": gettext_lazy("The file contains instructions that do not belong in a sheet. Save it anew as .xlsx."),
    "too_heavy": gettext_lazy(
        "Reading the file takes too much time or memory. Copy the rows to a new sheet and upload that."
    ),
}

NOTES: dict[str, str | Promise] = {
    "encoding_assumed": gettext_lazy("The file does not say how its letters are written. Check names with accents."),
    "table_left_out": gettext_lazy(
        "The table on sheet “%(sheet)s” was left out, because it repeats or sums up other rows."
    ),
}

SKIPPED: dict[str, str | Promise] = {
    "heading": gettext_lazy("heading"),
    "note": gettext_lazy("note"),
    "total": gettext_lazy("total"),
    "total_by_sum": gettext_lazy("total, recognised by the sum"),
    "total_by_formula": gettext_lazy("total, recognised by the formula"),
    "repeated_header": gettext_lazy("headings again"),
    "amounts_without_name": gettext_lazy("amounts without a supplier"),
}


def fault_sentence(fault: Fault, names: Mapping[str, str] | None = None) -> str:
    """What is the matter with one cell, row or column.

    `names` turns codes of countries and stones into words.
    """
    known = names or {}
    params: dict[str, Any] = {name: _shown(name, value, known) for name, value in dict(fault.params).items()}
    params["value"] = fault.value or ""
    return _filled(FAULTS.get(fault.code), params)


def problem_sentence(code: str) -> str:
    """What keeps a row from being taken over."""
    return _filled(FAULTS.get(code), {})


def refusal_sentence(code: str) -> str:
    """Why a whole file was refused and what to do."""
    return str(REFUSALS.get(code, REFUSALS["damaged"]))


def note_sentence(note: Note) -> str:
    """Something worth knowing about the whole reading."""
    return _filled(NOTES.get(note.code), dict(note.params))


def _shown(name: str, value: Any, names: Mapping[str, str]) -> str:
    if name == "field":
        return str(FIELDS.get(value, value))
    return names.get(str(value), str(value))


class _Gaps(dict[str, Any]):
    """A gap that a code did not fill stays empty; a sentence must never fail for it."""

    def __missing__(self, key: str) -> str:
        return ""


def _filled(sentence: str | Promise | None, params: dict[str, Any]) -> str:
    if sentence is None:
        return _("Please check this.")
    return str(sentence) % _Gaps(params)
