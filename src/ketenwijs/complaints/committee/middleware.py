"""Who acts on the committee's pages; everybody else learns nothing from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ketenwijs.complaints.committee.selectors import Member, seat_of
from ketenwijs.foundation.accounts.second_factor import is_demanded

COMMITTEE_PATHS = "/committee/"


class Members:
    """Sets `request.viewer`; leads visitors to sign-in and people without a seat to nothing at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; nothing signed in may be kept by a cache."""
        if request.path.startswith(("/committee/", "/accounts/")) and request.user.is_authenticated:
            request.viewer = Member(request.user, seat_of(request.user))  # type: ignore[attr-defined]
            response = self.get_response(request)
            response.headers["Cache-Control"] = "no-store"
            return response
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Keep visitors and people without a seat out of the committee's pages."""
        if not request.path.startswith(COMMITTEE_PATHS):
            return None
        viewer = getattr(request, "viewer", None)
        if viewer is None:
            if request.headers.get("Accept") == "application/json":
                # A page of script stays where it is and keeps what was typed.
                sentence = _("Your session has ended. Sign in again in another tab, then send again.")
                return JsonResponse({"sentence": sentence}, status=401)
            return redirect_to_login(request.get_full_path() if request.method == "GET" else COMMITTEE_PATHS)
        if viewer.seat is None:
            raise Http404
        if is_demanded(viewer.person) and not is_mfa_enabled(viewer.person):
            return redirect("accounts:security")
        return None
