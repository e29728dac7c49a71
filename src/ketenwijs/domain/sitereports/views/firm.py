"""Pages of a firm: what it was asked about its own sites, and its reply. Nothing else of a report is ever read here."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.sitereports import policies, selectors, services
from ketenwijs.domain.sitereports.forms import ReplyForm
from ketenwijs.domain.sitereports.views.showing import shown_places, theme_names
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error


@signed_in
@require_GET
def questions(request: ViewerRequest) -> HttpResponse:
    """Every question put to the firm; the page is the same for every firm, asked or not."""
    if not policies.may_reply(request.viewer):
        raise Http404
    rows = [(one, shown_places(one.places)) for one in selectors.questions_to(request.viewer)]
    return render(request, "sitereports/questions.html", {"rows": rows})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: ViewerRequest, token: str) -> HttpResponse:
    """One question with the reply, or the form for it."""
    found = selectors.question_to(request.viewer, token)
    if found is None:
        raise Http404
    form = ReplyForm(request.POST or None) if found.is_waiting else None
    if request.method == "POST" and form is None:
        messages.error(request, _("This question was answered or ended already. You read here what stands there."))
        return redirect("sitereports:question", token)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.reply(actor=request.viewer, question=found, today=timezone.localdate(), **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Your reply is with the secretariat."))
            return redirect("sitereports:question", token)
    shown = selectors.shown_question(found)
    context = {
        "question": shown,
        "places": shown_places(shown.places),
        "themes": theme_names(shown.themes),
        "name": str(definition_of(shown.agreement).name),
        "form": form,
        "today": timezone.localdate(),
    }
    return render(request, "sitereports/question.html", context)
