"""The page of the body that goes on with open cases: propose, confirm, object, and which cases may go."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from pydantic import Field

from ketenwijs.complaints.cases import wire
from ketenwijs.complaints.cases.wire import Sent
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.answers import member_of, told
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.succession import policies, rules, selectors, services
from ketenwijs.complaints.succession.definitions import succession
from ketenwijs.complaints.succession.models import Successor
from ketenwijs.foundation.ui.errors import DomainError

ACTS = {"object": services.object_to, "take_back": services.take_back, "withdraw": services.withdraw}


class SentBody(Sent):
    """A proposal: the signed words, and the list they were made from."""

    statement: str = Field(max_length=10_000)
    signature: str = Field(max_length=100)
    document: str = Field(default="", max_length=200_000)
    list_signature: str = Field(default="", max_length=100)


class SentConfirmation(Sent):
    """A second signature, and the check number as it was typed."""

    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    fingerprint: str = Field(max_length=60)
    signature: str = Field(max_length=100)


@require_http_methods(["GET", "POST"])
@told
def body(request: HttpRequest) -> HttpResponse:
    """The page; a post keeps a proposal that the browser signed."""
    member = member_of(request)
    if request.method == "POST":
        sent = wire.read(request, SentBody)
        services.propose(actor=member, **sent.model_dump())
        return JsonResponse({"kept": True})
    found = selectors.current()
    context = {
        "may_propose": policies.may_propose(member),
        "may_speak": policies.may_speak(member),
        "waiting_days": succession().waiting_days,
        "is_example": succession().example,
        "example_name": mechanism().example,
        **(_about(member, found) if found else {}),
    }
    return render(request, "succession/body.html", context)


def _about(member: Member, found: Successor) -> dict[str, object]:
    signed = list(found.signatures.all())
    objections = [one for one in found.objections.all() if one.taken_back_on is None]
    standing, names = found.standing(), mechanism().seat_names()
    is_signer = any(one.person_id == member.person.pk for one in signed)
    is_before = found.waits_until is None or timezone.localdate() < found.waits_until
    rows = selectors.rows(member, found) if standing == rules.USABLE else []
    return {
        "found": found,
        "body": found.body,
        "standing": standing,
        "signed": [(one, names.get(one.function, one.function)) for one in signed],
        "objections": objections,
        "objected": any(one.person_id == member.person.pk for one in objections),
        "may_confirm": standing == rules.PROPOSED and not is_signer and policies.may_speak(member),
        "may_object": is_before and policies.may_speak(member),
        "may_withdraw": policies.may_propose(member) or (is_signer and policies.may_speak(member)),
        "may_hand_over": policies.may_hand_over(member),
        "rows": rows,
        "ready": [row for row in rows if row.may_go],
    }


@require_GET
@told
def data(request: HttpRequest) -> HttpResponse:
    """What a member's browser checks before it signs or seals: words, signatures, both lists."""
    member_of(request)
    found, own = selectors.current(), committee.latest_list()
    return JsonResponse(
        {
            "document": own.document if own else "",
            "signature": own.signature if own else "",
            "serial": selectors.next_serial(),
            "statement": found.statement if found else "",
            "digest": found.digest if found else "",
            "signatures": [{"key": one.key, "signature": one.signature} for one in found.signatures.all()]
            if found
            else [],
            "body_document": found.document if found else "",
            "body_signature": found.list_signature if found else "",
        }
    )


@require_POST
@told
def confirm(request: HttpRequest) -> HttpResponse:
    """Keep a second signature."""
    sent = wire.read(request, SentConfirmation)
    services.confirm(actor=member_of(request), **sent.model_dump())
    return JsonResponse({"kept": True})


@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """Object, take an objection back, or withdraw the body; works without script."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        act(actor=member_of(request), digest=request.POST.get("body", ""))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your word is kept."))
    return redirect("succession:body")
