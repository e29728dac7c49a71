"""Invitation, own account, kept text, and the one-press sign-in of the demonstration."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ketenwijs.foundation.accounts import services, typed_text
from ketenwijs.foundation.accounts.forms import AcceptForm, AccountForm
from ketenwijs.foundation.accounts.language import remember_language
from ketenwijs.foundation.accounts.models import DemoAccount, Person
from ketenwijs.foundation.accounts.second_factor import is_demanded
from ketenwijs.foundation.accounts.selectors import second_factors_of
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TOKEN = "invitation_token"  # noqa: S105 - the name of a session value


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in; for type checks only."""

    user: Person


@require_GET
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: the token moves into the session and out of the address; nothing is used up by looking."""
    if services.open_invitation(token) is None:
        return _gone(request)
    request.session[TOKEN] = token
    return redirect("accounts:accept")


@never_cache
def accept(request: HttpRequest) -> HttpResponse:
    """Accept an invitation, as a new person or signed in."""
    token = request.session.get(TOKEN, "")
    invited = services.open_invitation(token)
    if invited is None:
        return _gone(request)
    if request.user.is_authenticated:
        return _accept_signed_in(cast(PersonRequest, request), token, invited.email)
    form = AcceptForm(request.POST or None, initial={"name": invited.name})
    known = Person.objects.filter(email=invited.email).exists()
    if request.method == "POST" and not known and form.is_valid():
        data = form.cleaned_data
        try:
            person = services.accept(token=token, name=data["name"], password=data["password"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            request.session.pop(TOKEN, None)
            login(request, person, backend=BACKEND)
            messages.success(request, _("Welcome. Your account is ready."))
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/accept.html", {"form": form, "invited": invited, "known": known})


def _gone(request: HttpRequest) -> HttpResponse:
    request.session.pop(TOKEN, None)
    return render(request, "accounts/accept.html", {"gone": services.GONE}, status=410)


def _accept_signed_in(request: PersonRequest, token: str, email: str) -> HttpResponse:
    if request.method == "POST":
        try:
            services.accept_as(token=token, person=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            request.session.pop(TOKEN, None)
            messages.success(request, _("The role is yours now."))
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/accept.html", {"signed_in_as": request.user, "other": request.user.email != email})


@login_required
def security(request: PersonRequest) -> HttpResponse:
    """Own name and language, password, second factors, sessions."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your details are saved."))
        response = redirect("accounts:security")
        remember_language(response, form.cleaned_data["language"])
        return response
    context = {"form": form, "factors": second_factors_of(request.user), "demanded": is_demanded(request.user)}
    return render(request, "accounts/security.html", context)


@require_POST
@login_required
def end_other_sessions(request: PersonRequest) -> HttpResponse:
    """Sign out everywhere else."""
    services.end_sessions(person=request.user, but=request.session.session_key)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("accounts:security")


@login_required
@never_cache
def kept_text(request: HttpRequest) -> HttpResponse:
    """Show what was typed before the session ended, to send it again or drop it."""
    kept = typed_text.waiting(request)
    if kept is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.method == "POST":
        typed_text.drop(request)
        messages.info(request, _("The kept text is dropped."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    shown = [value for name, value in kept["fields"] if name != "version" and len(value.strip()) > 1]
    return render(request, "accounts/kept_text.html", {"kept": kept, "shown": shown})


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's people; does not exist outside the demonstration."""
    number = request.POST.get("account", "")
    account = None
    if settings.DEMO and number.isdecimal() and len(number) < 10:
        account = DemoAccount.objects.filter(pk=int(number), person__is_active=True).select_related("person").first()
    if account is None:
        raise Http404
    login(request, account.person, backend=BACKEND)
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if wanted and safe else settings.LOGIN_REDIRECT_URL)
