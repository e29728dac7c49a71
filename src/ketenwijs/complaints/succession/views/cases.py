"""One case on its way to the body: what its keys are sealed from, keeping them, and the bundle for the body."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from pydantic import Field

from ketenwijs.complaints.cases import policies as case_policies
from ketenwijs.complaints.cases import wire
from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.views.pages import case_or_404
from ketenwijs.complaints.cases.wire import Sealed, Sent, ThreadName
from ketenwijs.complaints.committee.answers import member_of, told
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.succession import exports, selectors, services
from ketenwijs.complaints.succession.services import Handed
from ketenwijs.foundation.ui.errors import NotAllowed


class SentKey(Sent):
    """One thread's identity, sealed to the body's recipients."""

    thread: ThreadName
    epoch: int = Field(ge=1)
    sealed: Sealed


class SentHanding(Sent):
    """All of them, and the reasons where the case moves on."""

    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    keys: list[SentKey]
    sequence: int = 0
    sealed: Sealed | None = None


def _open_case(request: HttpRequest, number: int) -> tuple[Member, Case]:
    """A case this member has a key of and declared to be free in. Raises Http404, NotAllowed."""
    member = member_of(request)
    case = case_or_404(member, number)
    if not case_policies.has_declared_free(member, case):
        raise NotAllowed(_("First declare whether you have an interest in this case."))
    return member, case


@require_http_methods(["GET", "POST"])
@told
def handover(request: HttpRequest, number: int) -> HttpResponse:
    """Which keys the body still needs; a post keeps them."""
    member, case = _open_case(request, number)
    if request.method == "POST":
        sent = wire.read(request, SentHanding)
        keys = [Handed(one.thread, one.epoch, one.sealed) for one in sent.keys]
        services.hand_over(
            actor=member,
            case=case,
            digest=sent.digest,
            keys=keys,
            sequence=sent.sequence,
            sealed=sent.sealed or b"",
        )
        return JsonResponse({"kept": True})
    needed = [{"thread": name, "epoch": epoch} for name, epoch in selectors.threads_to_seal(case)]
    return JsonResponse({"needed": needed, "moves": selectors.may_continue(case)})


@require_GET
@told
def export(request: HttpRequest, number: int) -> HttpResponse:
    """The bundle for the body, once the case went over."""
    _member, case = _open_case(request, number)
    handing = selectors.handing_of(case)
    if handing is None:
        raise Http404
    response = HttpResponse(exports.bundle(case, handing), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="case-{case.number}-handed-over.zip"'
    return response
