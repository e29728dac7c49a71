"""Bodies and the seats in them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.governance import presentation, selectors, services, vocabulary, wording
from ketenwijs.domain.governance.forms.bodies import BodyForm, SeatForm
from ketenwijs.domain.governance.models import Body, Seat
from ketenwijs.domain.governance.views.frame import agreement_or_404, answer, framed, managed_or_404, or_404
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.pages import paginate

LATEST = 10


@signed_in
def bodies(request: ViewerRequest, agreement: str) -> HttpResponse:
    """All bodies, those that ended included."""
    found, today = agreement_or_404(request, agreement), timezone.localdate()
    page = paginate(request, selectors.bodies_of(request.viewer, found))
    rows = [(one, sum(seat.is_held_on(today) for seat in one.seats.all()), one.exists_on(today)) for one in page]
    words = {"page": page, "rows": rows, "kinds": presentation.body_kinds()}
    return render(request, "governance/bodies.html", framed(request, found, "bodies", **words))


@signed_in
def body(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """One body: its task, who sits in it now and sat before, its meetings and decisions."""
    found, today = agreement_or_404(request, agreement), timezone.localdate()
    shown = or_404(selectors.body_for(request.viewer, found, pk))
    described = next((one for one in definition_of(found).bodies if one.code == shown.code), None)
    roles = {code: str(word.name) for code, word in vocabulary.seat_roles().items()}
    seats = wording.in_order(shown.seats.all(), definition_of(found))
    context = framed(
        request,
        found,
        "bodies",
        body=shown,
        kind=vocabulary.named(vocabulary.body_kinds(), shown.kind),
        described=described,
        roles=roles,
        seats=[one for one in seats if one.is_held_on(today) or one.since > today],
        earlier=[one for one in seats if one.until and one.until < today],
        meetings=presentation.meeting_rows(selectors.meetings_of(request.viewer, found).filter(body=shown)[:LATEST]),
        decisions=presentation.decision_rows(selectors.decisions_of(request.viewer, found).filter(body=shown)[:LATEST]),
    )
    return render(request, "governance/body.html", context)


def _body_page(request: ViewerRequest, agreement: Agreement, row: Body | None) -> HttpResponse:
    form = BodyForm(request.POST or None, row=row, definition=definition_of(agreement))

    def save(filled: BodyForm) -> Body:
        version = filled.cleaned_data["version"]
        return services.save_body(
            actor=request.viewer, agreement=agreement, values=filled.values, body=row, version=version
        )

    cancel = reverse("governance:body", args=[agreement.slug, row.pk]) if row else _list(agreement)
    title = _("Change %(name)s") % {"name": row.name} if row else _("New body")
    context = framed(request, agreement, "bodies", title=title, cancel=cancel)
    return answer(
        request, form, save, _("The body is saved."), lambda one: _address(agreement, one), context,
        stored=lambda: selectors.body_for(request.viewer, agreement, row.pk) if row else None,
    )  # fmt: skip


def _list(agreement: Agreement) -> str:
    return reverse("governance:bodies", args=[agreement.slug])


def _address(agreement: Agreement, row: Body) -> str:
    return reverse("governance:body", args=[agreement.slug, row.pk])


@signed_in
def new_body(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Set up a body."""
    return _body_page(request, managed_or_404(request, agreement), None)


@signed_in
def change_body(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Change a body, or end it."""
    found = managed_or_404(request, agreement)
    return _body_page(request, found, or_404(selectors.body_for(request.viewer, found, pk)))


def _seat_page(request: ViewerRequest, agreement: Agreement, row: Body, seat: Seat | None) -> HttpResponse:
    form = SeatForm(
        request.POST or None,
        row=seat,
        definition=definition_of(agreement),
        parties=_parties(agreement, seat),
        initial=None if seat else {"since": timezone.localdate(), "role": "member"},
    )

    def save(filled: SeatForm) -> Seat:
        version = filled.cleaned_data["version"]
        return services.save_seat(actor=request.viewer, body=row, values=filled.values, seat=seat, version=version)

    title = _("Seat of %(name)s") % {"name": seat.holder} if seat else _("New seat in %(name)s") % {"name": row.name}
    context: dict[str, Any] = framed(request, agreement, "bodies", title=title, cancel=_address(agreement, row))
    return answer(
        request, form, save, _("The seat is saved."), _address(agreement, row), context,
        stored=lambda: selectors.seat_for(request.viewer, agreement, seat.pk) if seat else None,
    )  # fmt: skip


def _parties(agreement: Agreement, seat: Seat | None) -> list[Organisation]:
    """Organisations that are a party now, and the one the seat names already."""
    found = [one.organisation for one in selectors.party_memberships(agreement, timezone.localdate())]
    named = seat.organisation if seat else None
    return [*found, named] if named is not None and named not in found else found


@signed_in
def new_seat(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Give somebody a seat."""
    found = managed_or_404(request, agreement)
    return _seat_page(request, found, or_404(selectors.body_for(request.viewer, found, pk)), None)


@signed_in
def seat(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Correct or end a seat."""
    found = managed_or_404(request, agreement)
    row = or_404(selectors.seat_for(request.viewer, found, pk))
    return _seat_page(request, found, row.body, row)
