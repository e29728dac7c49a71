"""The list of cases, one case, the declaration of interest, the kind."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ketenwijs.complaints.cases import policies, rules, selectors
from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.knowing import known_cases
from ketenwijs.complaints.cases.models import Case, Declaration
from ketenwijs.complaints.cases.services import admitting, erasing, keys, moving
from ketenwijs.complaints.committee.answers import member_of
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.foundation.ui.errors import DomainError


def case_or_404(member: Member, number: int) -> Case:
    """A case this member has a key of; any other does not exist for them."""
    case = selectors.case_open_to(member, number)
    if case is None:
        raise Http404
    return case


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Cases with a key, what is due, what nobody opened yet; measures to follow; and cases to declare on."""
    member, shapes = member_of(request), kinds()
    cases = list(selectors.cases_open_to(member).order_by("-number"))
    unread, alone = selectors.unread(cases), keys.opened_by_nobody_else(member, cases)
    rows = [
        {
            "case": case,
            "kind": shapes.kind(case.kind).names,
            "state": shapes.states[case.state],
            "unread": unread.get(case.pk, 0),
            "late": bool(case.due_on and case.due_on < timezone.localdate() and case.closed_week is None),
            "erasing": erasing.day_of_erasing(case),
            "alone": case.pk in alone,
        }
        for case in cases
    ]
    measures = [
        (measure, rules.week_is_over(measure.due_week, timezone.localdate()))
        for measure in selectors.measures_to_follow(cases)
    ]
    parties = [(one, one.due_on < timezone.localdate()) for one in selectors.parties_to_answer(cases)]
    declare = selectors.cases_to_declare_on(member).order_by("-number")
    context = {
        "rows": rows,
        "measures": measures,
        "parties": parties,
        "declare": declare,
        "recovered": selectors.last_recovery(),
    }
    return render(request, "cases/board.html", context)


@require_POST
def declare(request: HttpRequest, number: int) -> HttpResponse:
    """Say whether one has an interest; possible for every open case that the member may know of, by its number only."""
    member = member_of(request)
    case = known_cases(member).filter(number=number, closed_week=None).first()
    said = request.POST.get("free", "")
    if case is None or said not in ("yes", "no"):
        raise Http404
    try:
        keys.declare(actor=member, case=case, free=said == "yes")
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your declaration is kept."))
    reachable = selectors.case_open_to(member, number)
    return redirect("cases:case", number) if reachable else redirect("cases:board")


@require_GET
def case(request: HttpRequest, number: int) -> HttpResponse:
    """The page of one case; its words are fetched sealed and opened by the page's script."""
    member = member_of(request)
    found = case_or_404(member, number)
    shapes = kinds()
    kind = shapes.kind(found.kind)
    said = Declaration.objects.filter(case=found, seat=member.seat).first()
    moves = [
        {"code": move.name, "name": move.label, "sealed": move.reason}
        for move in shapes.machine(found.kind).moves_from(found.state)
        if policies.may_move(member, move.name) and not policies.goes_with_consent(move.name)
    ]
    context = {
        "case": found,
        "kind": kind.names,
        "state": shapes.states[found.state],
        "free": bool(said and said.free),
        "moves": moves if found.suspended_week is None else [],
        "closes": any(move["code"] == moving.CLOSE for move in moves),
        "may_keep": policies.may_keep(member),
        "kinds": [(one.code, one.names) for one in shapes.kinds] if found.state == kind.first else [],
        "erasing": erasing.day_of_erasing(found),
        "admissions": selectors.admissions_shown_to(member, found),
        "today": timezone.localdate(),
    }
    return render(request, "cases/case.html", context)


@require_POST
def access(request: HttpRequest, number: int, seat: int) -> HttpResponse:
    """Until which day a temporary member may open the case."""
    member = member_of(request)
    found = case_or_404(member, number)
    try:
        until = parse_date(request.POST.get("until", "")) or date.min
        admitting.extend_access(actor=member, case=found, seat=seat, until=until)
    except (DomainError, ValueError) as refusal:
        known = isinstance(refusal, DomainError)
        messages.error(request, str(refusal) if known else _("Choose a day from today on, within a year."))
    else:
        messages.success(request, _("The day is kept."))
    return redirect("cases:case", number)


@require_POST
def kind(request: HttpRequest, number: int) -> HttpResponse:
    """Set what kind of case it is."""
    member = member_of(request)
    found = case_or_404(member, number)
    try:
        moving.set_kind(actor=member, case=found, kind=request.POST.get("kind", ""))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The kind of case is set."))
    return redirect("cases:case", number)
