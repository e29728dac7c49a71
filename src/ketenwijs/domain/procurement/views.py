"""Pages for questions of contracting authorities."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import agreements_of, definition_of
from ketenwijs.domain.participants.selectors import own_organisation
from ketenwijs.domain.procurement import policies, services
from ketenwijs.domain.procurement.forms import AnswerForm, QuestionForm, RecordedQuestionForm
from ketenwijs.domain.procurement.selectors import enquiries_visible_to, enquiry_for
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import add_domain_error
from ketenwijs.foundation.ui.pages import paginate


@signed_in
def enquiries(request: ViewerRequest) -> HttpResponse:
    """All questions this viewer may read."""
    viewer = request.viewer
    if not (policies.may_ask(viewer) or viewer.holds("procurement.answer")):
        raise Http404
    context = {
        "page": paginate(request, enquiries_visible_to(viewer)),
        "may_ask": policies.may_ask(viewer),
        "may_record": viewer.holds("procurement.answer"),
    }
    return render(request, "procurement/enquiries.html", context)


@signed_in
def ask(request: ViewerRequest) -> HttpResponse:
    """An authority asks a question."""
    authority = own_organisation(request.viewer)
    agreements = agreements_of(request.viewer)
    if authority is None or not agreements or not policies.may_ask(request.viewer):
        raise Http404
    form = QuestionForm(request.POST or None, agreements=_choices(agreements))
    if request.method == "POST" and form.is_valid():
        try:
            services.ask(
                actor=request.viewer,
                agreement=_chosen(form, agreements),
                authority=authority,
                asked_on=timezone.localdate(),
                **_asked(form),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Your question is with the secretariat. You will read the answer here."))
            return redirect("procurement:enquiries")
    return render(request, "procurement/ask.html", {"form": form})


@signed_in
def record(request: ViewerRequest) -> HttpResponse:
    """The secretariat writes down a question that came another way."""
    agreements = [one for one in agreements_of(request.viewer) if policies.may_answer(request.viewer, one.slug)]
    if not agreements:
        raise Http404
    initial = {"asked_on": timezone.localdate()}
    form = RecordedQuestionForm(request.POST or None, initial=initial, agreements=_choices(agreements))
    if request.method == "POST" and form.is_valid():
        try:
            services.record_question(
                actor=request.viewer,
                agreement=_chosen(form, agreements),
                authority=None,
                asked_on=form.cleaned_data["asked_on"],
                asked_by_name=form.cleaned_data["asked_by_name"],
                **_asked(form),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The question is recorded and will be counted in the annual report."))
            return redirect("procurement:enquiries")
    return render(request, "procurement/ask.html", {"form": form, "recording": True})


@signed_in
def enquiry(request: ViewerRequest, pk: int) -> HttpResponse:
    """One question with its answer; the secretariat answers here."""
    one = enquiry_for(request.viewer, pk)
    if one is None:
        raise Http404
    may_answer = policies.may_answer(request.viewer, one.agreement.slug)
    form = AnswerForm(request.POST or None, instance=one, initial={"version": one.version}) if may_answer else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            data = form.cleaned_data
            try:
                services.answer(actor=request.viewer, enquiry=one, text=data["answer"], version=data["version"])
            except DomainError as error:
                add_domain_error(form, error)
                if isinstance(error, StaleVersion):
                    form.show_saved(enquiry_for(request.viewer, pk))
            else:
                messages.success(request, _("The answer is saved; the authority can read it now."))
                return redirect("procurement:enquiries")
    context = {"enquiry": enquiry_for(request.viewer, pk), "form": form}
    return render(request, "procurement/enquiry.html", context, status=form.status if form else 200)


def _choices(agreements: list[Agreement]) -> list[tuple[str, str]]:
    return [(one.slug, str(definition_of(one).name)) for one in agreements]


def _chosen(form: QuestionForm, agreements: list[Agreement]) -> Agreement:
    """The one chosen, or the only one there is."""
    slug = form.cleaned_data.get("agreement") or agreements[0].slug
    return next(one for one in agreements if one.slug == slug)


def _asked(form: QuestionForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("kind", "about", "question")}
