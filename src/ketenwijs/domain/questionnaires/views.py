"""Pages of the questions: overview by step, one page per step, evidence, last year along and confirmed in one press."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.questionnaires import policies, selectors, services
from ketenwijs.domain.questionnaires.selectors import Question, Section
from ketenwijs.domain.questionnaires.wording import answer_in_words, choices_for, reason_in_words
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


@signed_in
def overview(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Steps with their progress, and what came along from last year."""
    workspace = _workspace(request, firm, agreement, year)
    sections = selectors.sections_in(workspace)
    last = selectors.last_sheet(workspace)
    context = {
        "workspace": workspace,
        "sections": sections,
        "waiting": sum(section.waiting for section in sections),
        "last": last if selectors.sheet_in(workspace) is None else None,
        "framework": selectors.framework_in(workspace),
        "may_write": _may_write(request, workspace),
    }
    return render(request, "questionnaires/overview.html", context)


@signed_in
def section(request: ViewerRequest, firm: str, agreement: str, year: str, step: str) -> HttpResponse:
    """One step: all its questions on one page, saved in one press."""
    workspace = _workspace(request, firm, agreement, year)
    found = selectors.section_in(workspace, step)
    if found is None:
        raise Http404
    typed: dict[str, dict[str, Any]] = {}
    error = ""
    status = 200
    if request.method == "POST":
        if not _may_write(request, workspace):
            raise Http404
        typed = _typed(request, found)
        try:
            number = services.save_section(actor=request.viewer, workspace=workspace, answers=_changed(found, typed))
        except DomainError as refused:
            error, status = str(refused), 409 if isinstance(refused, StaleVersion) else 422
            selectors.forget(workspace)
            found = selectors.section_in(workspace, step) or found
        else:
            messages.success(request, _("%(count)s answers are saved.") % {"count": number})
            following = _next_step(workspace, step) if "next" in request.POST else step
            if following is None:
                return redirect("questionnaires:overview", firm, agreement, year)
            return redirect("questionnaires:section", firm, agreement, year, following)
    context = {
        "workspace": workspace,
        "section": found,
        "rows": [_row(workspace, question, typed) for question in found.questions],
        "steps": selectors.sections_in(workspace),
        "next_step": _next_step(workspace, step),
        "may_write": _may_write(request, workspace),
        "error": error,
    }
    return render(request, "questionnaires/section.html", context, status=status)


def _typed(request: ViewerRequest, found: Section) -> dict[str, dict[str, Any]]:
    """What was typed for the questions of this page; fields of other questions are ignored (security case 13)."""
    typed = {}
    for question in found.questions:
        code = question.requirement.code
        if f"{code}-version" in request.POST:
            version = request.POST[f"{code}-version"]
            typed[code] = {
                "value": request.POST.get(f"{code}-value", ""),
                "explanation": request.POST.get(f"{code}-explanation", ""),
                "version": int(version) if version.isdecimal() and len(version) < 9 else 0,
            }
    return typed


def _changed(found: Section, typed: dict[str, dict[str, Any]]) -> dict[str, tuple[Any, str, int]]:
    """Only what differs from the stored answers; an untouched empty question is not saved."""
    answers = {}
    for question in found.questions:
        given = typed.get(question.requirement.code)
        if given is None:
            continue
        stored = question.answer
        same = (
            str(given["value"]) == ("" if stored is None or stored.value is None else str(stored.value))
            and given["explanation"].replace("\r\n", "\n").strip() == (stored.explanation if stored else "")
        )
        if not same:
            words = given["explanation"].replace("\r\n", "\n")
            answers[question.requirement.code] = (given["value"], words, given["version"])
    return answers


def _row(workspace: Workspace, question: Question, typed: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One question for the template; typed text wins over the stored one, which then stands beside it."""
    framework = selectors.framework_in(workspace)
    answer, last = question.answer, question.last
    stored = {
        "value": "" if answer is None or answer.value is None else str(answer.value),
        "explanation": answer.explanation if answer else "",
        "version": answer.version if answer else 0,
    }
    shown = typed.get(question.requirement.code, stored)
    return {
        "question": question,
        "requirement": question.requirement,
        "choices": choices_for(framework, question.requirement.answer),
        "shown": {**shown, "version": stored["version"]},
        "stored": stored if shown["value"] != stored["value"] or shown["explanation"] != stored["explanation"] else None,
        "stored_label": answer_in_words(framework, answer.value) if answer else "",
        "last_label": answer_in_words(framework, last.value) if last else "",
        "why": [words for words in map(reason_in_words, question.asked.because) if words],
        "evidence": list(answer.evidence.all()) if answer else [],
    }


def _next_step(workspace: Workspace, step: str) -> str | None:
    codes = [one.step.code for one in selectors.sections_in(workspace)]
    place = codes.index(step) + 1
    return codes[place] if place < len(codes) else None


@signed_in
@require_POST
def carry_over(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Bring last year's answers along."""
    workspace = _workspace(request, firm, agreement, year)
    try:
        number = services.carry_over(actor=request.viewer, workspace=workspace)
        messages.success(request, _("%(count)s answers came along. Look at them and confirm.") % {"count": number})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("questionnaires:overview", firm, agreement, year)


@signed_in
@require_POST
def confirm(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Nothing changed: confirm what came along, the whole list or one step's."""
    workspace = _workspace(request, firm, agreement, year)
    step = request.POST.get("step", "")
    shown = selectors.section_in(workspace, step) if step else None
    codes = [one.requirement.code for one in shown.questions] if shown else None
    try:
        number = services.confirm_carried(actor=request.viewer, workspace=workspace, requirements=codes)
        messages.success(request, _("%(count)s answers are confirmed.") % {"count": number})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("questionnaires:overview", firm, agreement, year)


@signed_in
def evidence(request: ViewerRequest, firm: str, agreement: str, year: str, requirement: str) -> HttpResponse:
    """Add a file to an answer."""
    workspace = _workspace(request, firm, agreement, year)
    found = next((a.requirement for a in selectors.asked_in(workspace) if a.requirement.code == requirement), None)
    if found is None or not _may_write(request, workspace):
        raise Http404
    error = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise DomainError(_("Choose a file first."))
            note = request.POST.get("note", "")
            services.attach_evidence(
                actor=request.viewer, workspace=workspace, requirement=requirement, upload=upload, note=note
            )
        except DomainError as refused:
            error = str(refused)
        else:
            messages.success(request, _("The file is added."))
            return redirect("questionnaires:section", firm, agreement, year, found.step)
    context = {"workspace": workspace, "requirement": found, "error": error}
    return render(request, "questionnaires/evidence.html", context, status=422 if error else 200)
