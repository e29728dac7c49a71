"""The public register, and the committee's pages that release it."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from pydantic import BaseModel, ConfigDict, Field

from ketenwijs.complaints.cases.knowing import known_cases
from ketenwijs.complaints.cases.selectors import cases_open_to
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.answers import member_of, told
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.terms import agreement_names, in_force
from ketenwijs.complaints.committee.wording import ITEM_NAMES
from ketenwijs.complaints.intake.phrases import all_sheets, offered
from ketenwijs.complaints.register import selectors, services
from ketenwijs.complaints.register.assets import checksums
from ketenwijs.complaints.register.models import Ruling
from ketenwijs.complaints.register.posters import pdf
from ketenwijs.complaints.sealing import keylists
from ketenwijs.foundation.ui.errors import DomainError

WITHDRAWAL: dict[str, Callable[..., Ruling]] = {
    "ask": services.ask_withdrawal,
    "drop": services.drop_withdrawal,
    "agree": services.withdraw_ruling,
}


class SentRuling(BaseModel):
    """A public version and one signature under it."""

    model_config = ConfigDict(extra="forbid")

    number: int = Field(ge=1)
    interim: bool = False
    language: str = Field(pattern=r"^(nl|fr|en)$")
    title: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=100_000)
    signature: str = Field(max_length=100)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Composition, procedure, running cases, rulings, counts: from the newest released copy."""
    release, root = selectors.newest_release(), committee.key_list().root
    context = {
        "release": release,
        "shown": selectors.shown(release) if release else None,
        "procedure": selectors.procedure(),
        "rulings": selectors.published_rulings(),
        "mechanism": mechanism(),
        "in_force": in_force(),
        "item_names": ITEM_NAMES,
        "fingerprint": keylists.fingerprint(root) if root else "",
    }
    return render(request, "register/index.html", context)


@require_GET
def ruling(request: HttpRequest, number: int) -> HttpResponse:
    """One ruling at its permanent address; withdrawn ones say so."""
    found = selectors.ruling_at(number)
    if found is None:
        raise Http404
    names = mechanism().seat_names()
    signed = [(one.name, names.get(one.function, one.function)) for one in found.signatures.order_by("pk")]
    status = 410 if found.withdrawn_on else 200
    return render(request, "register/ruling.html", {"ruling": found, "signed": signed}, status=status)


def _site_of(request: HttpRequest) -> str:
    """What is printed small, so that it can be told where which poster hangs; kept nowhere."""
    return " ".join(request.GET.get("site", "").split())[:80]


@require_GET
def posters(request: HttpRequest) -> HttpResponse:
    """Posters and cards in every language that is offered."""
    site, names = _site_of(request), agreement_names()
    chosen = request.GET.get("of", "") if request.GET.get("of") in names else ""
    asked = {name: value for name, value in (("of", chosen), ("site", site)) if value}
    context = {
        "sheets": offered(),
        "site": site,
        "agreements": names.items(),
        "chosen": chosen,
        "name": names.get(chosen, ""),
        "query": "?" + urlencode(asked) if asked else "",
    }
    return render(request, "register/posters.html", context)


@require_GET
def poster(request: HttpRequest, language: str, size: str) -> HttpResponse:
    """One poster or card as PDF, with the site's own words printed small."""
    sheet = all_sheets().get(language)
    if sheet is None or not sheet.may_open or size not in ("poster", "card"):
        raise Http404
    agreement = request.GET.get("of", "")
    try:
        content = pdf(sheet, "poster" if size == "poster" else "card", _site_of(request), agreement)
    except LookupError as unknown:
        raise Http404 from unknown
    response = HttpResponse(content, content_type="application/pdf")
    name = "-".join(filter(None, (size, agreement, language)))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@require_GET
def assets(request: HttpRequest) -> HttpResponse:
    """What an outside watcher compares every day with what the pages really load."""
    return HttpResponse(checksums(), content_type="text/plain; charset=utf-8")


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """The newest signed manifest of a release, for `ketenwijs complaints-watch`."""
    stored = committee.latest_manifest()
    if stored is None:
        raise Http404
    return JsonResponse({"document": stored.document, "signature": stored.signature})


@require_GET
def released(request: HttpRequest) -> HttpResponse:
    """The newest copy for the platform, which shows nothing else of this program; everything in it is public already."""
    return JsonResponse(selectors.released_file(settings.PUBLIC_ADDRESS))


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest) -> HttpResponse:
    """Release a new copy; country and theme are typed here and kept only where enough cases share them."""
    running = known_cases(member_of(request)).filter(closed_week=None, without_chair=False).order_by("number")
    if request.method == "POST":
        about = {
            case.number: (
                request.POST.get(f"country_{case.number}", "").strip().upper(),
                request.POST.get(f"theme_{case.number}", "").strip(),
            )
            for case in running
        }
        try:
            services.release_register(actor=member_of(request), about=about)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("A new copy is public."))
        return redirect("register:release")
    last = selectors.newest_release()
    before = {row["number"]: row for row in last.payload["running"]} if last else {}
    rows = [(case, before.get(case.number, {})) for case in running]
    return render(request, "register/release.html", {"rows": rows, "last": last, "least": mechanism().small_cell})


@require_http_methods(["GET", "POST"])
@told
def rulings(request: HttpRequest) -> HttpResponse:
    """Put up a public version and sign it; sign what others put up."""
    member = member_of(request)
    if request.method == "POST":
        sent = SentRuling.model_validate(json.loads(request.body))
        made = services.sign_ruling(actor=member, **sent.model_dump())
        return JsonResponse({"published": made.published_on is not None})
    context = {
        "waiting": selectors.waiting_rulings(member),
        "published": Ruling.objects.exclude(published_on=None).select_related("withdrawal_asked_by"),
        "member": member,
        "cases": cases_open_to(member).order_by("-number"),
        "needed": services.SIGNATURES_NEEDED,
    }
    return render(request, "register/rulings.html", context)


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Propose to withdraw a ruling, drop that or agree to it; or tell the follow-up of its measures."""
    found = selectors.ruling_at(number)
    if found is None:
        raise Http404
    act = WITHDRAWAL.get(request.POST.get("withdrawal", ""))
    try:
        if act is not None:
            act(actor=member_of(request), ruling=found)
        else:
            text = request.POST.get("follow_up", "")
            services.note_follow_up(actor=member_of(request), ruling=found, text=text)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Kept."))
    return redirect("register:rulings")
