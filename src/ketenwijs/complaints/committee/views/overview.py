"""What the committee must do before it can take cases, and who sits."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenwijs.complaints.committee import selectors
from ketenwijs.complaints.committee.answers import member_of
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.forms import InviteForm
from ketenwijs.complaints.committee.models import Seat
from ketenwijs.complaints.committee.services import MANAGERS, end_seat, invite_member
from ketenwijs.complaints.sealing import keylists
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where the committee stands: keys, list, whether intake is open."""
    member = member_of(request)
    found = selectors.key_list()
    own = selectors.own_key(member)
    context = {
        "own": own,
        "listed": own is not None and own.identifier in {one.identifier for one in found.acting},
        "found": found,
        "fingerprint": keylists.fingerprint(found.root) if found.root else "",
        "open": selectors.is_intake_open(),
        "usable": len(selectors.usable_keys(found)),
        "least": selectors.LEAST_TESTED_KEYS,
        "mechanism": mechanism(),
        "recovery": selectors.recovery_standing(found),
    }
    return render(request, "committee/home.html", context)


@require_http_methods(["GET", "POST"])
def seats(request: HttpRequest) -> HttpResponse:
    """Who sits; chair, deputy and secretary invite and end."""
    member = member_of(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_member(actor=member, **form.cleaned_data)
        except DomainError as refusal:
            add_domain_error(form, refusal)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("committee:seats")
    names = mechanism().seat_names()
    rows = [(seat, names.get(seat.function, seat.function)) for seat in selectors.seats_today()]
    context = {"rows": rows, "form": form, "may": member.function in MANAGERS, "member": member}
    return render(request, "committee/seats.html", context, status=400 if form.errors else 200)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a seat."""
    seat = Seat.objects.select_related("person").filter(pk=number, until=None).first()
    if seat is None:
        raise Http404
    try:
        end_seat(actor=member_of(request), seat=seat)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The seat has ended. Sign a new list of keys now."))
    return redirect("committee:seats")
