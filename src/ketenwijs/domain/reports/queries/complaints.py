"""Complaints and awareness of the complaints route, only as they are public: released copies, never a case or a firm."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.awareness.selectors import released_complaints, released_numbers
from ketenwijs.domain.reports.indicators import Context, Counted, Row, indicator, words

NOTHING_RELEASED = _("The complaints body has released no copy of its register up to this day.")
NOTHING_TOLD = _("The complaints body shows no number of this year, because too few cases came in.")
NOT_COUNTED = _("The complaints body's copy does not count this year.")
NO_NUMBERS = _("No numbers about how far the complaints route is known were published up to this day.")
TOO_FEW = _("Too few companies put anything in to show a number.")


@indicator("complaints.by_kind")
def by_kind(context: Context) -> Counted:
    """Cases of the calendar year in which the report year ends, by kind; what the complaints body hides stays hidden."""
    copy = released_complaints(context.agreement, context.reference_date)
    if copy is None:
        return Counted(reason=words(NOTHING_RELEASED))
    payload, year = copy.payload, context.year.ends_on.year
    counted = next((row for row in payload["counts"] if row["year"] == year), None)
    if counted is None:
        return Counted(reason=words(NOT_COUNTED))
    if counted["total"] is None:
        return Counted(reason=words(NOTHING_TOLD))
    names = {one["code"]: one["name"] for one in payload["kinds"]}
    whole = all(number is not None for number in counted["cells"].values())
    rows = [
        Row(code, names[code], number, part_of="total" if whole else "")
        for code, number in counted["cells"].items()
        if number is not None
    ]
    base = words(
        _(
            "cases received in the calendar year {year}, as in copy {serial} of the complaints body; hidden kinds are left out"
        ),
        year=year,
        serial=payload["serial"],
    )
    return Counted((Row("total", words(_("all cases")), counted["total"]), *rows), base)


@indicator("awareness.announced")
def announced(context: Context) -> Counted:
    """Sites and firms of the report year as published, to read beside the number of complaints."""
    payload = _numbers(context)
    if payload is None:
        return Counted(reason=words(NO_NUMBERS))
    labels = {
        "sites": _("sites where the complaints route was announced"),
        "firms": _("companies that announced it"),
        "in_code": _("companies whose code of conduct names it"),
        "on_website": _("companies whose website names it"),
    }
    rows = [Row(code, words(label), payload[code]) for code, label in labels.items() if payload[code] is not None]
    if not rows:
        return Counted(reason=words(TOO_FEW))
    told, gaps = _("companies that took part in the year: {number}"), {"number": payload["members"]}
    if payload["confirmed"] is not None:
        told = _("companies that took part in the year: {number}; confirmed on the spot at {share}% of the sites")
        gaps["share"] = payload["confirmed"]
    return Counted(tuple(rows), words(told, **gaps))


def _numbers(context: Context) -> dict[str, Any] | None:
    copy = released_numbers(context.agreement, context.year, context.reference_date)
    return None if copy is None else copy.payload
