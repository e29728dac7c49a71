"""Addresses of accounts: the sign-in library's own names for what we offer of it, and ours."""

from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from ketenwijs.foundation.accounts import views

own = (
    [
        path("invitation/<str:token>/", views.invitation, name="invitation"),
        path("accept/", views.accept, name="accept"),
        path("me/", views.security, name="security"),
        path("me/sessions/", views.end_other_sessions, name="end-other-sessions"),
        path("kept-text/", views.kept_text, name="kept-text"),
        path("demo/", views.demo_sign_in, name="demo-sign-in"),
    ],
    "accounts",
)
# The library goes to these pages by name; what they would show stands on our own page of the account.
to_own_page = RedirectView.as_view(pattern_name="accounts:security")
urlpatterns = [
    path("", include(own)),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("email/", to_own_page, name="account_email"),
    path("2fa/", to_own_page, name="mfa_index"),
    path("2fa/webauthn/", to_own_page, name="mfa_list_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
]
