"""The way of a sheet to chains: upload, look, correct columns and rows, see what it becomes, confirm
or drop.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenwijs.domain.chains import choices, selectors, services
from ketenwijs.domain.chains.forms import ColumnsForm, ConfirmForm, RowForm, UploadForm, initial_of_row
from ketenwijs.domain.chains.models import IntakeBatch
from ketenwijs.domain.chains.rules import difference_between
from ketenwijs.domain.chains.selectors import Sheet
from ketenwijs.domain.chains.services.batches import TakenIn
from ketenwijs.domain.chains.views.opening import go_to, opened_batch, opened_to_edit, tried, writable
from ketenwijs.domain.chains.views.showing import shown_chain, shown_proposals, shown_row
from ketenwijs.domain.chains.wording import (
    SKIPPED,
    fault_sentence,
    note_sentence,
    problem_sentence,
    refusal_sentence,
)
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import add_domain_error
from ketenwijs.foundation.ui.pages import paginate

MOST_FAULTS = 60
PER_PAGE = 50


@signed_in
@require_http_methods(["GET", "POST"])
def upload(request: ViewerRequest, **parts: str) -> HttpResponse:
    """Take in the firm's own sheet."""
    workspace = opened_to_edit(request, parts)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = services.take_in_sheet(actor=request.viewer, workspace=workspace, upload=form.cleaned_data["file"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            _say_known(request, taken)
            return go_to("sheet", parts, pk=taken.batch.pk)
    return render(request, "chains/upload.html", {"workspace": workspace, "form": form})


def _say_known(request: ViewerRequest, taken: TakenIn) -> None:
    if taken.remembered:
        messages.info(request, _("The columns were read as you said of an earlier sheet."))
    if not taken.known:
        return
    if taken.batch.state == IntakeBatch.State.CONFIRMED:
        messages.warning(request, _("This same file was taken over already. Nothing was added or doubled."))
    else:
        messages.info(request, _("You uploaded this same file before; here it is as you left it."))


@signed_in
@require_GET
def sheet(request: ViewerRequest, pk: int, **parts: str) -> HttpResponse:
    """Summary first, then what needs a look, then what it becomes and the one button."""
    workspace, batch = opened_batch(request, pk, parts)
    shown = selectors.sheet_of(batch)
    context = {
        "workspace": workspace,
        "batch": batch,
        "sheet": shown,
        "editable": writable(workspace),
        "parts": parts,
    }
    if batch.state != IntakeBatch.State.OPEN:
        return render(request, "chains/sheet_done.html", context)
    if shown.refused:
        return render(request, "chains/sheet_refused.html", {**context, "sentence": refusal_sentence(shown.refused)})
    existing, proposed = selectors.chains_in(workspace), shown.chains
    earlier = None if existing else selectors.year_to_carry(workspace)
    faults, look = _faults(shown), shown.rows_to_look_at
    added = difference_between(existing, proposed, replace=False)
    replaced = difference_between(existing, proposed, replace=True)
    form = ConfirmForm(initial={"version": batch.version, "mode": services.ADD})
    form.say_what_happens(added, replaced)
    context |= {
        "look": look,
        "faults": faults[:MOST_FAULTS],
        "more_faults": max(0, len(faults) - MOST_FAULTS),
        "remarks": _remarks(shown)[:MOST_FAULTS],
        "skipped": _skipped(shown),
        "taken": sum(1 for row in shown.rows if not row.left_out),
        "proposed": proposed,
        "existing": existing,
        "earlier": earlier,
        "since": difference_between(selectors.chains_of_year(workspace, earlier), proposed, replace=True)
        if earlier
        else None,
        "existing_sheets": len({row.sheet for row in shown.rows}),
        "form": form,
    }  # fmt: skip
    return render(request, "chains/sheet.html", context)


def _faults(shown: Sheet) -> list[tuple[str, str, str, int | None]]:
    """Sheet, cell, sentence and the position of the row that can be repaired."""
    positions = {row.key: number for number, row in enumerate(shown.rows)}
    names = choices.names()
    found = [
        (
            one.sheet,
            one.cell or (str(one.row) if one.row else ""),
            fault_sentence(one, names),
            positions.get(f"{one.sheet}!{one.row}"),
        )
        for one in shown.open_faults
    ]
    reported = {(one.sheet, one.row, one.code) for one in shown.open_faults}
    for row in shown.blocked:
        found += [
            (row.sheet, str(row.row), problem_sentence(code), positions[row.key])
            for code in row.problems
            if (row.sheet, row.row, code) not in reported
        ]
    return found


def _skipped(shown: Sheet) -> list[tuple[str, int, Any, str]]:
    found = shown.skipped[:MOST_FAULTS]
    return [(one.sheet, one.row, SKIPPED.get(one.reason, one.reason), one.text) for one in found]


def _remarks(shown: Sheet) -> list[tuple[str, str]]:
    names = choices.names()
    found = [("", note_sentence(one)) for one in shown.notes]
    found += [(f"{one.sheet} {one.cell or one.row or ''}".strip(), fault_sentence(one, names)) for one in shown.remarks]
    return list(dict.fromkeys(found))


@signed_in
@require_GET
def rows(request: ViewerRequest, pk: int, **parts: str) -> HttpResponse:
    """All rows as read, or only those that need a look."""
    workspace, batch = opened_batch(request, pk, parts)
    shown = selectors.sheet_of(batch)
    look = {row.key for row in shown.rows_to_look_at}
    listed = list(enumerate(shown.rows))
    if request.GET.get("show") == "look":
        listed = [(number, row) for number, row in listed if row.key in look]
    page = paginate(request, listed, PER_PAGE)
    lines = [shown_row(number, row, needs_look=row.key in look) for number, row in page.object_list]
    is_open = batch.state == IntakeBatch.State.OPEN and writable(workspace)
    context = {
        "workspace": workspace, "batch": batch, "page": page, "lines": lines, "look": len(look),
        "all": len(shown.rows), "is_open": is_open,
    }  # fmt: skip
    return render(request, "chains/rows.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def row(request: ViewerRequest, pk: int, position: int, **parts: str) -> HttpResponse:
    """Repair one row, leave it out, or take it as read again."""
    workspace, batch = opened_batch(request, pk, parts)
    shown = selectors.sheet_of(batch)
    if batch.state != IntakeBatch.State.OPEN or position >= len(shown.rows):
        raise Http404
    one = shown.rows[position]
    form = RowForm(request.POST or None, initial=initial_of_row(one, batch.version))
    status = 200
    if request.method == "POST" and (form.is_valid() or request.POST.get("act") in ("leave_out", "restore")):
        try:
            _correct(request, form, services_args={"workspace": workspace, "batch": batch, "key": one.key})
            return go_to("sheet", parts, pk=pk)
        except DomainError as error:
            add_domain_error(form, error)
            status = 409 if isinstance(error, StaleVersion) else 200
    names = choices.names()
    sentences = [fault_sentence(fault, names) for fault in shown.faults_of(one.key)]
    context = {"workspace": workspace, "batch": batch, "row": one, "form": form, "sentences": sentences}
    return render(request, "chains/row.html", context, status=status)


def _correct(request: ViewerRequest, form: RowForm, services_args: dict[str, object]) -> None:
    """One of the three buttons below a row."""
    act = request.POST.get("act", "")
    value = request.POST.get("version", "")
    version = int(value) if value.isdecimal() and len(value) < 9 else 0
    if act == "leave_out":
        services.leave_row_out(actor=request.viewer, version=version, **services_args)  # type: ignore[arg-type]
    elif act == "restore":
        services.restore_row(actor=request.viewer, version=version, **services_args)  # type: ignore[arg-type]
    else:
        services.correct_row(actor=request.viewer, version=version, values=form.values(), **services_args)  # type: ignore[arg-type]


@signed_in
@require_http_methods(["GET", "POST"])
def columns(request: ViewerRequest, pk: int, **parts: str) -> HttpResponse:
    """Say what the columns are; the sheet is then read again."""
    workspace, batch = opened_batch(request, pk, parts)
    if batch.state != IntakeBatch.State.OPEN:
        raise Http404
    tables = selectors.sheet_of(batch).tables
    form = ColumnsForm(request.POST or None, tables=tables, initial={"version": batch.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        earlier = {(name, number): field for name, number, field in batch.mapping.get("columns", [])}
        try:
            services.correct_columns(
                actor=request.viewer, workspace=workspace, batch=batch, version=form.cleaned_data["version"],
                mapping=form.mapping(earlier),
            )  # fmt: skip
            messages.success(request, _("The sheet was read again with your columns."))
            return go_to("sheet", parts, pk=pk)
        except DomainError as error:
            add_domain_error(form, error)
            status = 409 if isinstance(error, StaleVersion) else 200
    return render(request, "chains/columns.html", {"workspace": workspace, "batch": batch, "form": form}, status=status)


@signed_in
@require_GET
def proposal(request: ViewerRequest, pk: int, **parts: str) -> HttpResponse:
    """How rows become chains, and what taking the sheet over would change in the list."""
    workspace, batch = opened_batch(request, pk, parts)
    if batch.state != IntakeBatch.State.OPEN:
        raise Http404
    proposed = selectors.sheet_of(batch).chains
    existing = selectors.chains_in(workspace)
    earlier = None if existing else selectors.year_to_carry(workspace)
    replace = bool(earlier) or request.GET.get("mode") == services.REPLACE
    before = selectors.chains_of_year(workspace, earlier) if earlier else existing
    found = difference_between(before, proposed, replace=replace)
    page = paginate(request, proposed, PER_PAGE)
    same = {change.proposed.key for change in found.same}
    context = {
        "workspace": workspace, "batch": batch, "page": page, "lines": shown_proposals(page.object_list, found.changed),
        "found": found, "gone": [shown_chain(one) for one in found.gone[:PER_PAGE]], "replace": replace,
        "changed": {change.proposed.key for change in found.changed},
        "same": same, "existing": existing, "earlier": earlier,
    }  # fmt: skip
    return render(request, "chains/proposal.html", context)


@signed_in
@require_POST
def confirm(request: ViewerRequest, pk: int, **parts: str) -> HttpResponse:
    """Take the sheet over, once."""
    workspace, batch = opened_batch(request, pk, parts)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether the sheet is your whole list of the year or an addition to it."))
        return go_to("sheet", parts, pk=pk)
    try:
        result = services.confirm_sheet(
            actor=request.viewer, workspace=workspace, batch=batch, version=form.cleaned_data["version"],
            mode=form.cleaned_data["mode"],
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error.sentence))
        return go_to("sheet", parts, pk=pk)
    sentence = _("The sheet was taken over: %(new)s new, %(changed)s changed, %(same)s unchanged, %(gone)s removed.")
    messages.success(request, sentence % result)
    return go_to("overview", parts)


@signed_in
@require_POST
def drop(request: ViewerRequest, pk: int, **parts: str) -> HttpResponse:
    """Put the sheet aside without taking anything over."""
    workspace, batch = opened_batch(request, pk, parts)
    return tried(
        request,
        lambda: services.drop_sheet(actor=request.viewer, workspace=workspace, batch=batch),
        lambda _nothing: _("The sheet was dropped; nothing was taken over."),
        reverse("chains:overview", kwargs=parts),
    )
