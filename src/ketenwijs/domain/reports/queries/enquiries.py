"""Questions of contracting authorities in the year, by kind."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.procurement.models import Enquiry
from ketenwijs.domain.procurement.selectors import counts_by_kind
from ketenwijs.domain.reports.indicators import Context, Counted, Row, indicator, words


@indicator("enquiries.by_kind")
def by_kind(context: Context) -> Counted:
    """Questions asked or recorded in the year, by what they are about."""
    since, until = context.year.starts_on, context.counted_on
    counts = counts_by_kind(context.agreement, since, until)
    rows = [Row(kind, words(Enquiry.Kind(kind).label), counts[kind], part_of="total") for kind in Enquiry.Kind.values]
    total = Row("total", words(_("all questions")), sum(row.value for row in rows))
    base = words(_("questions recorded from {since} up to and including {until}"), since=since, until=until)
    return Counted((total, *rows), base)
