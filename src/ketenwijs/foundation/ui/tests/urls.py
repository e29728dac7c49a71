"""Addresses that the frame around a page links to, so that the look is tried without any app above it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.i18n import set_language


def page(request: HttpRequest, **parts: str) -> HttpResponse:
    """Any page."""
    return HttpResponse("a page")


stories = [
    path("", page, name="home"),
    path("chains/", page, name="chains"),
    path("chains/<int:number>/", page, name="chain"),
    path("risks/", page, name="risks"),
    path("plans/", page, name="plans"),
]

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("stories/", include((stories, "stories"))),
]
handler400 = "ketenwijs.foundation.ui.views.bad_request"
handler403 = "ketenwijs.foundation.ui.views.not_allowed"
handler404 = "ketenwijs.foundation.ui.views.not_found"
handler500 = "ketenwijs.foundation.ui.views.failed"
