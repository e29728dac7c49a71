"""Budget lines and their dated amounts, outside checks, and subsidies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.governance import vocabulary
from ketenwijs.domain.governance.models import BudgetAmount, BudgetLine, OutsideCheck, Subsidy
from ketenwijs.domain.governance.services import writing
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer
from ketenwijs.foundation.files.services import Upload, store
from ketenwijs.foundation.files.services import remove as remove_file

PURPOSE = "governance.document"
LINE_FIELDS = ("year", "code", "name", "kind")
CHECK_FIELDS = ("kind", "by_whom", "question", "asked_on", "result", "result_on")
SUBSIDY_FIELDS = ("grantor", "purpose", "euros", "starts_on", "ends_on", "state", "state_on", "source")


@transaction.atomic
def save_line(
    *,
    actor: Viewer,
    agreement: Agreement,
    values: Mapping[str, Any],
    line: BudgetLine | None = None,
    version: int = 0,
    is_example: bool = False,
) -> BudgetLine:
    """Add a line to a year's budget, or change its code or name. A code stands once in a year.

    Year and kind stay as they were once the line has amounts.
    """
    writing.managers_only(actor, agreement)
    writing.known_fields(values, LINE_FIELDS)
    writing.one_of(values["kind"], BudgetLine.Kind.values, "kind")
    same = BudgetLine.objects.filter(agreement=agreement, year=values["year"], code=values["code"])
    if same.exclude(pk=line.pk if line else 0).exists():
        writing.refuse(_("This year has a line with this code already. Choose another."), code=_("Taken."))
    if line is None:
        line = BudgetLine.objects.create(agreement=agreement, is_example=is_example, **values)
    else:
        writing.same_agreement(agreement, line)
        moved = (values["year"], values["kind"]) != (line.year, line.kind)
        if moved and line.amounts.exists():
            writing.refuse(
                _("This line has amounts, so its year and kind stay. Add another line instead."),
                kind=_("Stays as it is."),
            )
        writing.save_version(line, version, values)
    writing.note(actor, agreement, "budget.line_saved", line, year=line.year, code=line.code, name=line.name)
    return line


@transaction.atomic
def record_amount(
    *, actor: Viewer, line: BudgetLine, kind: str, euros: Decimal, on: date, source: str, note: str = "",
    today: date | None = None,
) -> BudgetAmount:  # fmt: skip
    """Record a budgeted or realised amount in euros as a source gave it on a day; the latest of a kind counts.

    Earlier amounts stay readable: a correction is another amount. Refuses an amount below zero, no source, and a day in
    the future.
    """
    writing.managers_only(actor, line.agreement)
    writing.one_of(kind, BudgetAmount.Kind.values, "kind")
    if euros < 0:
        writing.refuse(
            _("An amount is never below zero; the line says whether it is income or cost."), euros=_("Below zero.")
        )
    if not source.strip():
        writing.refuse(_("Say where this amount comes from."), source=_("Fill this in."))
    _not_in_future(on, today, "on")
    amount = BudgetAmount.objects.create(
        line=line, kind=kind, euros=euros, on=on, source=source.strip(), note=note.strip()
    )
    writing.note(
        actor, line.agreement, "budget.amount_recorded", line, kind=kind, euros=euros, on=on, source=amount.source
    )
    return amount


@transaction.atomic
def save_check(
    *,
    actor: Viewer,
    agreement: Agreement,
    values: Mapping[str, Any],
    check: OutsideCheck | None = None,
    version: int = 0,
    upload: Upload | None = None,
    is_example: bool = False,
) -> OutsideCheck:
    """Record that somebody outside was asked, and later what came of it, with a document where there is one.

    A new document takes the place of the earlier one, whose file goes; the journal keeps its name and checksum.
    """
    writing.managers_only(actor, agreement)
    writing.known_fields(values, CHECK_FIELDS)
    writing.one_of(values["kind"], vocabulary.check_kinds(), "kind")
    result_on = values.get("result_on")
    if result_on and result_on < values["asked_on"]:
        writing.refuse(_("The result came before the question. Correct the date."), result_on=_("Too early."))
    if result_on and not (values.get("result") or "").strip():
        writing.refuse(_("Write the result in a few words."), result=_("Fill this in."))
    stored = upload and store(
        actor=actor,
        uploaded=upload,
        purpose=PURPOSE,
        owner_kind=AGREEMENT,
        owner_key=agreement.slug,
        chain=agreement.slug,
    )
    words = {**values, **({"document": stored} if stored else {})}
    if check is None:
        check = OutsideCheck.objects.create(agreement=agreement, is_example=is_example, **words)
    else:
        writing.same_agreement(agreement, check)
        earlier = check.document if stored else None
        writing.save_version(check, version, words)
        if earlier is not None:
            remove_file(actor=actor, file=earlier)
    writing.note(
        actor, agreement, "check.saved", check, kind=check.kind, by_whom=check.by_whom, result_on=check.result_on
    )
    return check


@transaction.atomic
def save_subsidy(
    *,
    actor: Viewer,
    agreement: Agreement,
    values: Mapping[str, Any],
    subsidy: Subsidy | None = None,
    version: int = 0,
    is_example: bool = False,
) -> Subsidy:
    """Record a subsidy and how far it is; each change stands in the journal."""
    writing.managers_only(actor, agreement)
    writing.known_fields(values, SUBSIDY_FIELDS)
    writing.one_of(values["state"], vocabulary.subsidy_states(), "state")
    if values["ends_on"] < values["starts_on"]:
        writing.refuse(_("The last day lies before the first. Correct the date."), ends_on=_("Before the first day."))
    if values["euros"] < 0:
        writing.refuse(_("The amount cannot be below zero."), euros=_("Below zero."))
    if subsidy is None:
        subsidy = Subsidy.objects.create(agreement=agreement, is_example=is_example, **values)
    else:
        writing.same_agreement(agreement, subsidy)
        writing.save_version(subsidy, version, values)
    writing.note(
        actor, agreement, "subsidy.saved", subsidy, grantor=subsidy.grantor, euros=subsidy.euros, state=subsidy.state
    )
    return subsidy


def _not_in_future(on: date, today: date | None, field: str) -> None:
    if on > (today or timezone.localdate()):
        writing.refuse(_("This day lies in the future. Correct the date."), **{field: _("In the future.")})
