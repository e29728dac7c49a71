"""Pages of the questions: overview by step, one page per step, evidence, last year along and confirmed in one press."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.questionnaires import policies, selectors, services
from ketenwijs.domain.questionnaires.pages import FromPage, read_page, still_so, touched
from ketenwijs.domain.questionnaires.part import place_of, sentence_for
from ketenwijs.domain.questionnaires.presentation import Rows, advice_by_step, to_confirm
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion


def _workspace(request: ViewerRequest, firm: str, agreement: str, year: str) -> Workspace:
    workspace = workspace_for(request.viewer, firm, agreement, year)
    if workspace is None or not policies.may_read(request.viewer, workspace):
        raise Http404
    return workspace


def _may_write(request: ViewerRequest, workspace: Workspace) -> bool:
    sheet = selectors.sheet_in(workspace)
    return policies.may_answer(request.viewer, workspace) and not (sheet and sheet.closed_at)


def _for_writing(request: ViewerRequest, firm: str, agreement: str, year: str) -> Workspace:
    workspace = _workspace(request, firm, agreement, year)
    if not policies.may_answer(request.viewer, workspace):
        raise Http404
    return workspace


def _page(name: str, workspace: Workspace, *more: object) -> str:
    return reverse(f"questionnaires:{name}", args=[*workspace.url_parts.values(), *more])


@signed_in
def overview(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Steps with their progress, what came along from last year, what is still missing by name."""
    workspace = _workspace(request, firm, agreement, year)
    sections = selectors.sections_in(workspace)
    may_write = _may_write(request, workspace)
    shown, renewed = to_confirm(workspace) if may_write else ([], [])
    coming = selectors.can_come_along(workspace) if may_write else []
    open_ones = selectors.open_questions(workspace)
    context = {
        "workspace": workspace,
        "sections": [(one, _page("section", workspace, one.step.code)) for one in sections],
        "done": sum(one.done for one in sections),
        "total": sum(one.total for one in sections),
        "next": place_of(workspace, open_ones[0]) if open_ones else "",
        "missing": [
            (sentence_for(one) % {"title": one.requirement.title}, place_of(workspace, one)) for one in open_ones
        ],
        "to_confirm": shown,
        "renewed": [(one.requirement.title, place_of(workspace, one)) for one in renewed],
        "coming": len(coming),
        "coming_from": max((one.last.sheet.year for one in coming if one.last), default=""),
        "framework": selectors.framework_in(workspace),
        "sheet": selectors.sheet_in(workspace),
        "may_write": may_write,
        "gives_advice": selectors.framework_in(workspace).is_private,
        "advice_count": len(selectors.advice_in(workspace)),
    }
    return render(request, "questionnaires/overview.html", context)


@signed_in
@require_GET
def advice(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """All advice that belongs to the answers given so far, on one page."""
    workspace = _workspace(request, firm, agreement, year)
    framework = selectors.framework_in(workspace)
    if not framework.is_private:
        raise Http404
    context = {
        "workspace": workspace,
        "framework": framework,
        "steps": advice_by_step(workspace),
        "back": _page("overview", workspace),
    }
    return render(request, "questionnaires/advice.html", context)


@signed_in
def section(request: ViewerRequest, firm: str, agreement: str, year: str, step: str) -> HttpResponse:
    """One step: all its questions on one page, saved in one press."""
    workspace = _workspace(request, firm, agreement, year)
    codes = {one.requirement.code for one in selectors.asked_in(workspace) if one.requirement.step == step}
    if not codes or (request.method == "POST" and not policies.may_answer(request.viewer, workspace)):
        raise Http404
    if request.method != "POST":
        return _section_page(request, workspace, step)
    given = read_page(request.POST)
    act, _colon, code = request.POST.get("do", "save").partition(":")
    confirm = still_so(given, _waiting_in(workspace, step), only=code) if act in ("confirm", "still") else {}
    try:
        number = services.save_section(
            actor=request.viewer, workspace=workspace, answers=touched(given), confirm=confirm
        )
    except DomainError as refused:
        selectors.forget(workspace)
        return _section_page(request, workspace, step, given, refused)
    _say_saved(request, number)
    return HttpResponseRedirect(_after(workspace, step, act, code if code in codes else ""))


def _waiting_in(workspace: Workspace, step: str) -> set[str]:
    return {one.requirement.code for one in selectors.waiting_in(workspace) if one.requirement.step == step}


def _section_page(
    request: ViewerRequest,
    workspace: Workspace,
    step: str,
    given: Mapping[str, FromPage] | None = None,
    refused: DomainError | None = None,
) -> HttpResponse:
    found = selectors.section_in(workspace, step)
    if found is None:
        raise Http404
    faults: Mapping[str, str | Promise] = refused.fields if refused else {}
    rows = Rows(workspace, found)
    titles = {one.requirement.code: one.requirement.title for one in found.questions}
    context = {
        "workspace": workspace,
        "section": found,
        "rows": rows.typed(given or {}, faults),
        "facts": rows.facts(),
        "steps": [(one, _page("section", workspace, one.step.code)) for one in selectors.sections_in(workspace)],
        "back": _page("overview", workspace),
        "sheet": selectors.sheet_in(workspace),
        "may_write": _may_write(request, workspace),
        "refused": refused,
        "faults": [(code, titles[code], sentence) for code, sentence in faults.items() if code in titles],
    }
    status = 200 if refused is None else 409 if isinstance(refused, StaleVersion) else 422
    return render(request, "questionnaires/section.html", context, status=status)


def _say_saved(request: ViewerRequest, number: int) -> None:
    if number:
        sentence = ngettext("%(count)s answer is saved.", "%(count)s answers are saved.", number)
        messages.success(request, sentence % {"count": number})


def _after(workspace: Workspace, step: str, act: str, code: str) -> str:
    """Where to go after saving: the same place, the evidence page, or the next step that is not complete."""
    if code and act == "file":
        return _page("evidence", workspace, code)
    if act not in ("next", "confirm"):
        return _page("section", workspace, step) + (f"#{code}" if code else "")
    sections = selectors.sections_in(workspace)
    place = next((n for n, one in enumerate(sections) if one.step.code == step), 0)
    following = next((one for one in sections[place + 1 :] if not one.is_done), None)
    return _page("section", workspace, following.step.code) if following else _page("overview", workspace)


@signed_in
@require_POST
def carry_over(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Bring last year's answers along."""
    workspace = _for_writing(request, firm, agreement, year)
    try:
        number = services.carry_over(actor=request.viewer, workspace=workspace)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        sentence = ngettext(
            "%(count)s answer came along. Look at it and confirm.",
            "%(count)s answers came along. Look at them and confirm.",
            number,
        )
        messages.success(request, sentence % {"count": number})
    return redirect("questionnaires:overview", firm, agreement, year)


@signed_in
@require_POST
def confirm(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Nothing changed: confirm exactly the answers that the overview showed."""
    workspace = _for_writing(request, firm, agreement, year)
    shown = {}
    for one in request.POST.getlist("shown"):
        code, _colon, version = one.rpartition(":")
        shown[code] = int(version) if version.isascii() and version.isdecimal() and len(version) < 9 else 0
    try:
        number = services.confirm_carried(actor=request.viewer, workspace=workspace, shown=shown)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        sentence = ngettext("%(count)s answer is confirmed.", "%(count)s answers are confirmed.", number)
        messages.success(request, sentence % {"count": number})
    return redirect("questionnaires:overview", firm, agreement, year)


@signed_in
def evidence(request: ViewerRequest, firm: str, agreement: str, year: str, requirement: str) -> HttpResponse:
    """Add a file to an answer."""
    workspace = _for_writing(request, firm, agreement, year)
    found = next((a.requirement for a in selectors.asked_in(workspace) if a.requirement.code == requirement), None)
    if found is None or not _may_write(request, workspace):
        raise Http404
    back = f"{_page('section', workspace, found.step)}#{requirement}"
    error, note = "", request.POST.get("note", "")
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise DomainError(_("Choose a file first."))
            services.attach_evidence(
                actor=request.viewer, workspace=workspace, requirement=requirement, upload=upload, note=note
            )
        except DomainError as refused:
            error = str(refused)
        else:
            messages.success(request, _("The file is added."))
            return HttpResponseRedirect(back)
    context = {
        "workspace": workspace,
        "requirement": found,
        "files": selectors.files_in(workspace, requirement),
        "error": error,
        "note": note,
        "back": back,
    }
    return render(request, "questionnaires/evidence.html", context, status=422 if error else 200)


@signed_in
@require_POST
def remove_evidence(
    request: ViewerRequest, firm: str, agreement: str, year: str, requirement: str, pk: int
) -> HttpResponse:
    """Take a file away from an answer."""
    workspace = _for_writing(request, firm, agreement, year)
    found = next((one for one in selectors.files_in(workspace, requirement) if one.pk == pk), None)
    asked = next((a.requirement for a in selectors.asked_in(workspace) if a.requirement.code == requirement), None)
    if found is None or asked is None:
        raise Http404
    try:
        services.detach_evidence(actor=request.viewer, workspace=workspace, evidence=found)
        messages.success(request, _("The file is taken away from this answer."))
    except DomainError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(f"{_page('section', workspace, asked.step)}#{requirement}")
