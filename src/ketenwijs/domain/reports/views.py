"""Pages of the annual reports: list, draft, texts, preview, release and downloads."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ketenwijs.domain.reports import policies, selectors, services
from ketenwijs.domain.reports.exports import FORMATS
from ketenwijs.domain.reports.forms import DraftForm, TextsForm, initial_texts
from ketenwijs.domain.reports.models import Release
from ketenwijs.domain.reports.presentation import printed
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.content.texts import LANGUAGES
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import add_domain_error
from ketenwijs.foundation.ui.pages import paginate


@signed_in
@require_GET
def home(request: ViewerRequest) -> HttpResponse:
    """Reports and drafts of all years, and the years a draft can be made for."""
    viewer = request.viewer
    if not policies.may_open(viewer):
        raise Http404
    today = timezone.localdate()
    drafting = [one for one in selectors.agreements_with_reports(viewer) if policies.may_draft(viewer, one)]
    years = [(one, year) for one in drafting for year in selectors.years_begun(one, today)]
    context = {"page": paginate(request, selectors.releases_visible_to(viewer)), "years": years}
    return render(request, "reports/home.html", context)


@signed_in
def make(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Choose the reference date and make a draft."""
    found = selectors.year_to_draft(request.viewer, agreement, year)
    if found is None:
        raise Http404
    form = DraftForm(request.POST or None, initial={"reference_date": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["reference_date"]
        try:
            made = services.make_release(actor=request.viewer, agreement=found[0], year=year, reference_date=day)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The figures are frozen. Now write the texts and check the preview."))
            return redirect("reports:preview", made.pk)
    return render(request, "reports/make.html", {"form": form, "agreement": found[0], "year": found[1]})


@signed_in
@require_GET
def preview(request: ViewerRequest, pk: int) -> HttpResponse:
    """The report as it will be published, with what can be done with it."""
    return render(request, "reports/preview.html", _preview(request, _found(request, pk)))


@signed_in
def texts(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write the texts of a draft."""
    draft = _found(request, pk)
    if draft.released_at or not policies.may_draft(request.viewer, draft.agreement):
        raise Http404
    blocks = selectors.gaps_of(draft)
    start = initial_texts(selectors.paragraphs_of(draft), selectors.texts_token(draft))
    form = TextsForm(request.POST or None, blocks=blocks, initial=start)
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            services.save_texts(actor=request.viewer, release=draft, paragraphs=form.paragraphs(), seen=seen)
        except StaleVersion as error:
            form, status = _form_after_collision(request, form, error), 409
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The texts are saved."))
            return redirect("reports:preview", pk)
    theirs = _theirs(draft) if status == 409 else []
    return render(request, "reports/texts.html", {"form": form, "release": draft, "theirs": theirs}, status=status)


@signed_in
@require_POST
def release(request: ViewerRequest, pk: int) -> HttpResponse:
    """Release somebody else's draft."""
    draft = _found(request, pk)
    if not policies.may_release(request.viewer, draft.agreement):
        raise Http404
    try:
        services.release(actor=request.viewer, release=draft)
    except DomainError as error:
        context = {**_preview(request, draft), "refusal": str(error)}
        return render(request, "reports/preview.html", context, status=409)
    messages.success(request, _("The annual report is released and public."))
    return redirect("reports:preview", pk)


@signed_in
@require_GET
def download(request: ViewerRequest, pk: int, language: str, suffix: str) -> HttpResponse:
    """The report in one language as one kind of file."""
    found = _found(request, pk)
    if language not in LANGUAGES or suffix not in FORMATS:
        raise Http404
    content_type, made = FORMATS[suffix]
    response = HttpResponse(made(selectors.report_of(found), language), content_type=content_type)
    name = f"{found.agreement.slug}-{found.year}-{language}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found(request: ViewerRequest, pk: int) -> Release:
    found = selectors.release_for(request.viewer, pk)
    if found is None:
        raise Http404
    return found


def _preview(request: ViewerRequest, found: Release) -> dict[str, Any]:
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else (get_language() or LANGUAGES[0])[:2]
    viewer = request.viewer
    is_draft = found.released_at is None
    may_release = policies.may_release(viewer, found.agreement)
    with override(language):
        report = printed(selectors.report_of(found), language)
    return {
        "release": found, "report": report, "language": language, "languages": LANGUAGES, "formats": list(FORMATS),
        "is_draft": is_draft, "is_intact": selectors.is_intact(found),
        "may_write": is_draft and policies.may_draft(viewer, found.agreement),
        "may_release": is_draft and may_release and not policies.made_it(viewer, found),
        "needs_colleague": is_draft and may_release and policies.made_it(viewer, found),
    }  # fmt: skip


def _form_after_collision(request: ViewerRequest, form: TextsForm, error: DomainError) -> TextsForm:
    """The same typed texts, with the present state, so that saving again is a decision made with both in sight."""
    found = _found(request, int(request.resolver_match.kwargs["pk"])) if request.resolver_match else None
    data = request.POST.copy()
    if found is not None:
        data["seen"] = selectors.texts_token(found)
    again = TextsForm(data, blocks=form.blocks)
    again.is_valid()
    add_domain_error(again, error)
    return again


def _theirs(draft: Release) -> list[tuple[str, list[str]]]:
    """What the colleague saved, per block."""
    draft.refresh_from_db()
    found = selectors.paragraphs_of(draft)
    return [
        (str(block.heading), [text for text in found[block.code].values() if text])
        for block in selectors.gaps_of(draft)
        if block.code in found
    ]
