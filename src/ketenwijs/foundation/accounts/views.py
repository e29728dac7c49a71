"""Invitation, own account, kept text, and the one-press sign-in of the demonstration."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketenwijs.foundation.accounts import services, typed_text
from ketenwijs.foundation.accounts.forms import AcceptForm, AccountForm
from ketenwijs.foundation.accounts.models import DemoAccount, Person
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TOKEN = "invitation_token"  # noqa: S105 - the name of a session value


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: the token moves into the session and out of the address; nothing is used up by looking."""
    request.session[TOKEN] = token
    return redirect("accounts:accept")


def accept(request: HttpRequest) -> HttpResponse:
    """Accept an invitation, as a new person or signed in."""
    token = request.session.get(TOKEN, "")
    invited = services.open_invitation(token)
    if invited is None:
        return render(request, "accounts/accept.html", {"gone": True}, status=410)
    if request.user.is_authenticated:
        return _accept_signed_in(request, token, invited.email)
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


def _accept_signed_in(request: HttpRequest, token: str, email: str) -> HttpResponse:
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
def security(request: HttpRequest) -> HttpResponse:
    """Own name and language, second factor, password."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        response = redirect("accounts:security")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"], samesite="Lax")
        messages.success(request, _("Your details are saved."))
        return response
    context = {"form": form, "has_second_factor": is_mfa_enabled(request.user)}
    return render(request, "accounts/security.html", context)


@login_required
def kept_text(request: HttpRequest) -> HttpResponse:
    """Show what was typed before the session ended and send it again, or drop it."""
    kept = typed_text.waiting(request)
    if request.method == "POST" and "drop" in request.POST:
        typed_text.drop(request)
        return redirect(kept["path"] if kept else settings.LOGIN_REDIRECT_URL)
    if kept is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    typed_text.drop(request)
    shown = [(name, value) for name, value in kept["fields"] if len(value) > 1 and name != "version"]
    return render(request, "accounts/kept_text.html", {"kept": kept, "shown": shown})


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's people; does not exist outside the demonstration."""
    if not settings.DEMO:
        raise Http404
    account = DemoAccount.objects.filter(pk=request.POST.get("account", "0") or 0).select_related("person").first()
    if account is None:
        raise Http404
    login(request, account.person, backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)
