"""Where every app's pages are mounted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_GET
from django.views.i18n import set_language

APP = "ketenwijs.domain"


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For the proxy and the watcher: up or not, no details."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("health", health, name="health"),
    path("language/", set_language, name="set_language"),
    path("account/", include("ketenwijs.foundation.accounts.urls")),
    path("desk/files/", include("ketenwijs.foundation.files.urls")),
    path("desk/participants/", include(f"{APP}.participants.urls")),
    path("desk/agreements/", include(f"{APP}.agreements.urls")),
    path("desk/governance/", include(f"{APP}.governance.urls")),
    path("desk/chains/", include(f"{APP}.chains.urls")),
    path("desk/answers/", include(f"{APP}.questionnaires.urls")),
    path("desk/risks/", include(f"{APP}.risks.urls")),
    path("desk/assessments/", include(f"{APP}.assessments.urls")),
    path("desk/plans/", include(f"{APP}.plans.urls")),
    path("desk/enquiries/", include(f"{APP}.procurement.urls")),
    path("desk/complaints-route/", include(f"{APP}.awareness.urls")),
    path("desk/reports/", include(f"{APP}.reports.urls")),
    path("", include(f"{APP}.sitereports.urls")),
    path("desk/", include("ketenwijs.sites.desk.urls")),
    path("", include("ketenwijs.sites.public.urls")),
]

handler400 = "ketenwijs.foundation.ui.views.bad_request"
handler403 = "ketenwijs.foundation.ui.views.not_allowed"
handler404 = "ketenwijs.foundation.ui.views.not_found"
handler500 = "ketenwijs.foundation.ui.views.failed"
