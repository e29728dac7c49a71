"""Pages of somebody of a party: the own reports with their answers, and a new one."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.sitereports import selectors, services
from ketenwijs.domain.sitereports.forms import PartyReportForm
from ketenwijs.domain.sitereports.vocabulary import clock
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error


@signed_in
@require_GET
def sent(request: ViewerRequest) -> HttpResponse:
    """What this person reported, with state and answer."""
    if not selectors.agreements_sent_to(request.viewer):
        raise Http404
    rows = [(one, str(definition_of(one.agreement).name)) for one in selectors.sent_by(request.viewer)]
    return render(request, "sitereports/sent.html", {"rows": rows, "clock": clock()})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ViewerRequest) -> HttpResponse:
    """A new report; the answer comes to the address of the account."""
    agreements = selectors.agreements_sent_to(request.viewer)
    if not agreements:
        raise Http404
    form = PartyReportForm(request.POST or None, agreements=agreements)
    if request.method == "POST" and form.is_valid():
        person = request.viewer.person
        assert person is not None
        try:
            receipt = services.send(
                actor=request.viewer,
                agreement=form.chosen_agreement,
                told=form.told,
                sender=form.sender(person.language or get_language() or "", email=person.email),
                once=form.once_mark,
                today=timezone.localdate(),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            context = {"receipt": receipt, "clock": clock(), "inside": True}
            return render(request, "sitereports/receipt_inside.html", context)
    return render(request, "sitereports/new.html", {"form": form, "clock": clock()})
