"""Starting an agreement: a starter package to download, the edited one to upload with all its faults, and the first lead."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ketenwijs.domain.agreements import policies, selectors, services
from ketenwijs.domain.agreements.forms import PackageForm, StarterForm
from ketenwijs.domain.agreements.starter.building import starter_files, zipped
from ketenwijs.domain.agreements.starter.checking import CheckedPackage, check_package
from ketenwijs.domain.agreements.starter.reading import read_upload
from ketenwijs.domain.agreements.starter.sealing import sealed, unsealed
from ketenwijs.domain.participants.forms import InvitationForm
from ketenwijs.foundation.access.pages import View, ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error

SHOWN_FAULTS, SHOWN_LINES = 300, 300
# What a new file leaves open.
SAY_NOTHING = (": []", ": None", ": ")


def _makers_only(view: Callable[..., HttpResponse]) -> View:
    """To everybody else these pages do not exist."""

    @wraps(view)
    @signed_in
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policies.may_start(request.viewer):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@_makers_only
@require_GET
def starting(request: ViewerRequest) -> HttpResponse:
    """The steps, and the agreements that exist with who leads them."""
    lines = selectors.agreements_started(request.viewer)
    return render(request, "agreements/starting.html", {"lines": lines})


@_makers_only
def package(request: ViewerRequest) -> HttpResponse:
    """Fill in name and first day; the answer is the starter package as a ZIP."""
    initial = {"first_day": timezone.localdate().replace(month=1, day=1)}
    form = StarterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted
        try:
            if selectors.agreement_by_slug(wanted.slug) is not None:
                sentence = _("There is an agreement with this word already. Choose another one.")
                raise DomainError(sentence, fields={"slug": sentence})
            files = starter_files(wanted, language=(get_language() or "nl")[:2])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            answer = HttpResponse(zipped(files, wanted.slug), content_type="application/zip")
            answer["Content-Disposition"] = f'attachment; filename="{wanted.slug}.zip"'
            return answer
    return render(request, "agreements/starter_package.html", {"form": form})


@_makers_only
def upload(request: ViewerRequest) -> HttpResponse:
    """Upload the edited package; the answer is what is wrong with it, or what it would change. Nothing is stored yet."""
    form = PackageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            files = read_upload(form.uploads)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return render(request, "agreements/package_preview.html", _preview(request, check_package(files)))
    return render(request, "agreements/package_upload.html", {"form": form})


def _preview(request: ViewerRequest, checked: CheckedPackage) -> dict[str, Any]:
    context: dict[str, Any] = {
        "slug": checked.slug,
        "names": sorted(checked.files),
        "faults": checked.told[:SHOWN_FAULTS],
        "fault_count": len(checked.faults),
    }
    if checked.faults:
        return context
    applied = services.difference_of(actor=request.viewer, package=checked)
    telling = [line for line in applied.lines if not line.endswith(SAY_NOTHING)]
    return {
        **context,
        "applied": applied,
        "is_new": selectors.agreement_by_slug(checked.slug) is None,
        "differences": telling[:SHOWN_LINES],
        "difference_count": len(telling),
        "sealed": sealed(checked.files, by=request.viewer.reference) if applied.new or applied.changed else "",
    }


@_makers_only
@require_POST
def confirm(request: ViewerRequest) -> HttpResponse:
    """Bring exactly what the preview showed into use, all of it or nothing."""
    try:
        files = unsealed(request.POST.get("files", ""), by=request.viewer.reference)
        agreement, applied = services.apply_package(actor=request.viewer, files=files)
    except DomainError as error:
        messages.error(request, str(error.sentence))
        return redirect("agreements:package_upload")
    number = len(applied.new) + len(applied.changed)
    words = {"name": selectors.definition_of(agreement).name, "number": number}
    messages.success(request, _("%(name)s: %(number)s files were brought into use.") % words)
    return redirect("agreements:starting")


@_makers_only
def first_lead(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Invite the first lead of the secretariat, while nobody leads it."""
    line = next((one for one in selectors.agreements_started(request.viewer) if one.agreement.slug == agreement), None)
    if line is None or not line.may_invite or line.is_led:
        raise Http404
    language = request.viewer.person.language if request.viewer.person else "nl"
    form = InvitationForm(
        request.POST or None, roles=policies.first_roles(request.viewer), initial={"language": language}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.invite_first_lead(actor=request.viewer, agreement=line.agreement, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            words = {"email": form.cleaned_data["email"]}
            messages.success(request, _("The invitation is on its way to %(email)s.") % words)
            return redirect("agreements:starting")
    return render(request, "agreements/first_lead.html", {"line": line, "form": form})
