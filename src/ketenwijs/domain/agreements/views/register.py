"""The register of the first day: upload a sheet, look at what it says and what is wrong, then take it over at
once.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ketenwijs.domain.agreements import listing, packages, policies, selectors, services
from ketenwijs.domain.agreements.forms import RegisterSheetForm
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.register.checking import Fault, RegisterRow, check_rows
from ketenwijs.domain.agreements.register.columns import heading_of
from ketenwijs.domain.agreements.register.reading import read_register
from ketenwijs.domain.agreements.register.sealing import sealed, unsealed
from ketenwijs.domain.agreements.register.template import register_template
from ketenwijs.domain.agreements.register.words import vocabulary_of
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_FAULTS = 200


def _managed(request: ViewerRequest, slug: str) -> Agreement:
    found = selectors.agreement_by_slug(slug)
    if found is None or not policies.may_manage_members(request.viewer, found):
        raise Http404
    return found


@needs(policies.MANAGE_MEMBERS)
def upload(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Upload the sheet; the answer is the preview. Nothing is stored yet."""
    found = _managed(request, agreement)
    form = RegisterSheetForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"agreement": found, "form": form, "columns": _columns()}
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        try:
            reading = read_register(sheet.read(), sheet.name)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            vocabulary = vocabulary_of(selectors.definition_of(found), timezone.localdate())
            rows, faults = check_rows(reading.rows, vocabulary)
            return render(request, "agreements/register_preview.html", _preview(request, found, rows, faults, reading))
    return render(request, "agreements/register.html", context)


def _preview(
    request: ViewerRequest, agreement: Agreement, rows: list[RegisterRow], faults: list[Fault], reading: Any
) -> dict[str, Any]:
    language = (get_language() or "nl")[:2]
    groups = packages.group_names(selectors.definition_of(agreement))
    return {
        "agreement": agreement,
        "rows": [(row, packages.local(groups, row.group), listing.country_name(row.country)) for row in rows],
        "faults": [
            (fault, heading_of(fault.field, language) if fault.field else "") for fault in faults[:SHOWN_FAULTS]
        ],
        "fault_count": len(faults),
        "unknown_headings": reading.unknown_headings,
        "sealed": "" if faults else sealed(rows, agreement=agreement.slug, by=request.viewer.reference),
    }


@needs(policies.MANAGE_MEMBERS)
@require_POST
def confirm(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Take over exactly what the preview showed, all of it or nothing."""
    found = _managed(request, agreement)
    try:
        rows = unsealed(request.POST.get("rows", ""), agreement=found.slug, by=request.viewer.reference)
        result = services.import_register(actor=request.viewer, agreement=found, rows=rows)
    except DomainError as error:
        messages.error(request, str(error.sentence))
        return redirect("agreements:register", agreement)
    messages.success(
        request,
        _("%(new)s memberships were taken over, %(known)s were known already and %(outcomes)s outcomes were added.")
        % {"new": result.begun, "known": result.known, "outcomes": result.outcomes},
    )
    return redirect("agreements:members", agreement)


@needs(policies.MANAGE_MEMBERS)
@require_GET
def template(request: ViewerRequest, agreement: str) -> HttpResponse:
    """The empty sheet with headings in the reader's language."""
    found = _managed(request, agreement)
    language = (get_language() or "nl")[:2]
    vocabulary = vocabulary_of(selectors.definition_of(found), timezone.localdate())
    answer = HttpResponse(register_template(vocabulary, language), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="register.xlsx"'
    return answer


def _columns() -> list[str]:
    language = (get_language() or "nl")[:2]
    return [heading_of(name, language) for name in ("name", "kind", "country", "joined_on", "group")]
