"""The pages of accounts with a few pages of a desk around them, so that these tests need no app above."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Shows what arrived."""
    if request.POST.get("answer") == "break":
        raise RuntimeError
    return HttpResponse(f"desk of {request.user.email}: {request.POST.get('answer', '')}")


desk = ([path("", page, name="home"), path("form/", page), path("act/", require_POST(page))], "desk")
public = ([path("", lambda request: HttpResponse("public"), name="home")], "public")
site_report = ([path("site-report/", page, name="tell")], "sitereports")
urlpatterns = [
    path("account/", include("ketenwijs.foundation.accounts.urls")),
    path("language/", set_language, name="set_language"),
    path("desk/", include(desk)),
    path("", include(public)),
    path("", include(site_report)),
]
