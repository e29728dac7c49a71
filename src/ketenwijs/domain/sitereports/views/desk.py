"""Pages of the secretariat: the list, one report with all that happened, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import agreement_for, definition_of
from ketenwijs.domain.chains import selectors as chains
from ketenwijs.domain.sitereports import policies, selectors, services, states
from ketenwijs.domain.sitereports.forms import AnswerForm, AskForm, FindForm, NarrowForm, ReasonForm
from ketenwijs.domain.sitereports.models import SiteReport
from ketenwijs.domain.sitereports.views.showing import country_name, kind_name, shown_places, theme_names
from ketenwijs.domain.sitereports.vocabulary import clock, day_after
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.states.selectors import history_of
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error
from ketenwijs.foundation.ui.pages import paginate


@signed_in
@require_GET
def home(request: ViewerRequest) -> HttpResponse:
    """To the reports of the only agreement, or a choice."""
    found = selectors.agreements_handled(request.viewer)
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect("sitereports:reports", found[0].slug)
    lines = [(str(definition_of(one).name), one) for one in found]
    return render(request, "sitereports/home.html", {"lines": lines})


@signed_in
@require_GET
def reports(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Reports of one agreement, what waits first."""
    found = _opened_agreement(request, agreement)
    narrow = NarrowForm(request.GET or None)
    state = narrow.cleaned_data["state"] if narrow.is_valid() else ""
    page = paginate(request, selectors.reports_of(request.viewer, found, state))
    today = timezone.localdate()
    context = {
        "agreement": found,
        "name": str(definition_of(found).name),
        "filter": narrow,
        "page": page,
        "rows": [(one, country_name(one.country), *_badge(one), *_term(one, today)) for one in page],
        "clock": clock(),
    }
    return render(request, "sitereports/reports.html", context)


@signed_in
@require_GET
def report(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """One report: what was told, the place in the register, the firms, the answer."""
    found = _opened(request, agreement, pk)
    today = timezone.localdate()
    questions = selectors.questions_about(request.viewer, found)
    asked = {one.organisation_id for one in questions}
    find = FindForm(request.GET if "text" in request.GET else None, initial={"text": found.site_name or found.place})
    text = find.cleaned_data["text"] if find.is_valid() else ""
    users = selectors.users_of(request.viewer, found, today)
    label, tone = _badge(found)
    due_on, is_late = _term(found, today)
    context = {
        **_framed(found),
        "label": label, "tone": tone, "due_on": due_on, "is_late": is_late,
        "country": country_name(found.country), "kind": kind_name(found.site_kind), "themes": theme_names(found.themes),
        "moves": {one.name for one in states.REPORT.moves_from(found.state)},
        "may_link": found.state == states.CHECKED, "find": find,
        "proposed": selectors.locations_to_link(request.viewer, found, text, found.country) if text else [],
        "searched": text, "location_country": country_name(found.location.country) if found.location else "",
        "users": [(one, shown_places(_places(one))) for one in users],
        "asked": asked, "may_ask": _may_ask(found, users, asked),
        "questions": [(one, shown_places(one.places)) for one in questions],
        "history": [(one, states.REPORT.moves[one.move].label) for one in history_of(found)],
        "clock": clock(), "keeps": day_after(found.finished_on, clock().keep_sender_days) if found.finished_on else None,
    }  # fmt: skip
    return render(request, "sitereports/report.html", context)


def _may_ask(found: SiteReport, users: list[chains.MemberAt], asked: set[int]) -> bool:
    """Whether anybody is left to ask."""
    left = any(one.is_member and one.organisation.pk not in asked for one in users)
    return left and found.state in (states.CHECKED, states.WITH_FIRMS)


def _places(member: chains.MemberAt) -> list[dict[str, str]]:
    return [{"name": one.name, "place": one.place, "country": one.country} for one in member.sites]


@signed_in
@require_POST
def check(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Say that it is being looked into."""
    found = _opened(request, agreement, pk)
    return _tried(
        request,
        found,
        lambda: services.check(actor=request.viewer, report=found, today=timezone.localdate()),
        _("You are looking into it. The sender was told, if there is an address."),
    )


@signed_in
@require_POST
def link(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Link the report to the location that was chosen; without one the link is taken back."""
    found = _opened(request, agreement, pk)
    given, location = request.POST.get("location", ""), None
    if given:
        number = int(given) if given.isdecimal() and len(given) < 12 else 0
        location = chains.location_for(request.viewer, found.agreement, number)
        if location is None:
            raise Http404
    done = _("The report is linked to this location.") if location else _("The report is linked to no location now.")
    return _tried(
        request,
        found,
        lambda: services.link_location(actor=request.viewer, report=found, location=location),
        done,
    )


@signed_in
@require_POST
def close(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Close an answered report."""
    found = _opened(request, agreement, pk)
    return _tried(
        request,
        found,
        lambda: services.close(actor=request.viewer, report=found, today=timezone.localdate()),
        _("The report is closed."),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Put it to firms that use the place."""
    found = _opened(request, agreement, pk)
    today = timezone.localdate()
    asked = {one.organisation_id for one in selectors.questions_about(request.viewer, found)}
    using = [one for one in selectors.users_of(request.viewer, found, today) if one.is_member]
    companies = [
        (str(one.organisation.pk), f"{one.organisation.name} ({'; '.join(shown_places(_places(one)))})")
        for one in using
        if one.organisation.pk not in asked
    ]
    initial = {
        "organisations": [pk for pk, _name in companies],
        "reply_by": day_after(today, clock().reply_days),
    }
    form = AskForm(request.POST or None, companies=companies, initial=initial)

    def save() -> list[Any]:
        return services.ask_firms(
            actor=request.viewer, report=found, organisations=form.cleaned_data["organisations"],
            text=form.cleaned_data["question"], reply_by=form.cleaned_data["reply_by"], today=today,
        )  # fmt: skip

    return _answered(request, found, form, save, _asked_done, "ask")


def _asked_done(sent: list[Any]) -> str:
    sentence = ngettext("%(count)s company was asked.", "%(count)s companies were asked, each on its own.", len(sent))
    return sentence % {"count": len(sent)}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Answer the sender."""
    found = _opened(request, agreement, pk)
    form = AnswerForm(request.POST or None)
    today = timezone.localdate()
    return _answered(
        request,
        found,
        form,
        lambda: services.answer(actor=request.viewer, report=found, text=form.cleaned_data["answer"], today=today),
        lambda _saved: _("The answer was sent."),
        "answer",
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def not_take_up(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """End it without working it through."""
    found = _opened(request, agreement, pk)
    form = ReasonForm(request.POST or None)
    today = timezone.localdate()
    return _answered(
        request,
        found,
        form,
        lambda: services.not_take_up(
            actor=request.viewer, report=found, reason=form.cleaned_data["reason"], today=today
        ),
        lambda _saved: _("The report is not taken up. The sender was told, if there is an address."),
        "not_take_up",
    )


def _opened_agreement(request: ViewerRequest, slug: str) -> Agreement:
    found = agreement_for(request.viewer, slug)
    if found is None or not policies.may_handle(request.viewer, found):
        raise Http404
    return found


def _opened(request: ViewerRequest, slug: str, pk: int) -> SiteReport:
    """The report, for the secretariat of its agreement; foreign and absent look the same."""
    found = selectors.report_for(request.viewer, _opened_agreement(request, slug), pk)
    if found is None:
        raise Http404
    return found


def _framed(found: SiteReport) -> dict[str, Any]:
    """What every page about one report shows at its head."""
    where = ", ".join(word for word in (found.site_name, found.place) if word)
    return {"report": found, "agreement": found.agreement, "title": where, "country": country_name(found.country)}


def _badge(found: SiteReport) -> tuple[str, str]:
    state = states.REPORT.states[found.state]
    return str(state.label), state.tone


def _term(found: SiteReport, today: date) -> tuple[date | None, bool]:
    """The last day of the step that waits, and whether it has passed."""
    if found.state not in states.OPEN:
        return None, False
    days = clock().acknowledge_days if found.state == states.RECEIVED else clock().answer_days
    last = day_after(found.received_on, days)
    return last, last < today


def _address(found: SiteReport) -> str:
    return reverse("sitereports:report", args=[found.agreement.slug, found.pk])


def _tried(request: ViewerRequest, found: SiteReport, act: Callable[[], Any], done: str) -> HttpResponse:
    """Do what a button says, or say why not, and go back to the report."""
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error.sentence))
    else:
        messages.success(request, done)
    return redirect(_address(found))


def _answered(
    request: ViewerRequest,
    found: SiteReport,
    form: forms.Form,
    save: Callable[[], Any],
    done: Callable[[Any], str],
    step: str,
) -> HttpResponse:
    """Show a form about a report, or save it and go back; a refusal keeps what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            saved = save()
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, done(saved))
            return redirect(_address(found))
    context = {
        **_framed(found), "form": form, "themes": theme_names(found.themes), "clock": clock(),
        "questions": [(one, shown_places(one.places)) for one in selectors.questions_about(request.viewer, found)],
    }  # fmt: skip
    return render(request, f"sitereports/{step}.html", context)
