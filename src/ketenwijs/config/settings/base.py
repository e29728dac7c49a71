"""What every place shares; values that differ per installation come from the environment."""

from __future__ import annotations

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()

PACKAGE_DIR = Path(__file__).resolve().parents[2]
_INSTALLED_CONTENT = PACKAGE_DIR / "content"
CONTENT_DIR = Path(
    env.str("CONTENT_DIR", "")
    or (_INSTALLED_CONTENT if _INSTALLED_CONTENT.is_dir() else PACKAGE_DIR.parents[1] / "content")
)
DATA_DIR = Path(env.str("DATA_DIR", "") or Path.cwd() / "data")

DEBUG = False
DEMO = False
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", "http://localhost:8000")
# Where the sealed complaints program answers; only to send people there. Empty: pages speak of it without a link.
COMPLAINTS_LINK = env.str("COMPLAINTS_ADDRESS", "")

FOUNDATION_APPS = [
    "ketenwijs.foundation.ui",
    "ketenwijs.foundation.mail",
    "ketenwijs.foundation.accounts",
    "ketenwijs.foundation.journal",
    "ketenwijs.foundation.access",
    "ketenwijs.foundation.states",
    "ketenwijs.foundation.content",
    "ketenwijs.foundation.files",
    "ketenwijs.foundation.publishing",
]
DOMAIN_APPS = [
    "ketenwijs.domain.reference",
    "ketenwijs.domain.participants",
    "ketenwijs.domain.agreements",
    "ketenwijs.domain.governance",
    "ketenwijs.domain.chains",
    "ketenwijs.domain.questionnaires",
    "ketenwijs.domain.risks",
    "ketenwijs.domain.assessments",
    "ketenwijs.domain.plans",
    "ketenwijs.domain.procurement",
    "ketenwijs.domain.awareness",
    "ketenwijs.domain.sitereports",
    "ketenwijs.domain.reports",
]
SITE_APPS = ["ketenwijs.sites.desk", "ketenwijs.sites.public"]

INSTALLED_APPS = [
    *FOUNDATION_APPS,
    *DOMAIN_APPS,
    *SITE_APPS,
    "ketenwijs.config.ConfigApp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "ketenwijs.foundation.ui.middleware.ReferenceNumber",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ketenwijs.foundation.accounts.middleware.AbsoluteSessionLimit",
    "ketenwijs.foundation.accounts.middleware.KeepTypedText",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ketenwijs.foundation.content.middleware.FreshContent",
    "ketenwijs.foundation.access.middleware.ViewerMiddleware",
    "ketenwijs.foundation.ui.heavy.HeavyPages",
]
# Pages that make a whole list or book at once; see `foundation.ui.heavy`. Two of the four threads of a process.
HEAVY_AT_ONCE = env.int("HEAVY_AT_ONCE", 2)
HEAVY_PAGES = [
    "awareness:overview_csv",
    "chains:export",
    "governance:commitments_csv",
    "governance:decisions_csv",
    "public:areas-csv",
    "public:locations-csv",
    "public:overview-csv",
    "public:register-csv",
    "reports:download",
]

ROOT_URLCONF = "ketenwijs.config.urls"
WSGI_APPLICATION = "ketenwijs.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ketenwijs.foundation.ui.context.chrome",
                "ketenwijs.foundation.accounts.context.demo_accounts",
            ],
        },
    }
]
# Pages that the frame around every page links to, by address name; the look itself knows no app.
CHROME_LINKS = {
    "home": "desk:home",
    "public": "public:home",
    "report_site": "sitereports:tell",
    "account": "accounts:security",
    "sign_out": "account_logout",
}
FORM_RENDERER = "ketenwijs.foundation.ui.forms.Renderer"

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;PRAGMA secure_delete=ON;"
    ),
}


def database(url: str) -> dict[str, object]:
    """Settings for one database address; SQLite gets the pragmas that keep acknowledged data safe."""
    parsed = environ.Env.db_url_config(url)
    if parsed["ENGINE"].endswith("sqlite3"):
        parsed["OPTIONS"] = dict(SQLITE_OPTIONS)
    else:
        parsed["CONN_MAX_AGE"] = 60
        parsed["CONN_HEALTH_CHECKS"] = True
    return parsed


DATABASES = {"default": database(env.str("DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'ketenwijs.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"},
}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_ADAPTER = "ketenwijs.foundation.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "ketenwijs.foundation.accounts.adapters.MFAAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Failed sign-ins for one account from all browsers it was never used in; the adapter says why a stranger cannot use it up.
ACCOUNT_RATE_LIMITS = {
    "login_failed_account": "300/h/key",
    # The public form for reports about a site: an address may be shared by many, so the first is generous.
    "site_report": "20/10m/key",
    "site_report_of_all": "200/10m/key",
    "site_report_receipt": "40/10m/key",
}
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Ketenwijs"

SESSION_COOKIE_AGE = 30 * 60
# The idle time is counted from the last page, give or take a minute: accounts.middleware.
SESSION_SAVE_EVERY_REQUEST = False
SESSION_ABSOLUTE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ketenwijs.foundation.ui.views.csrf_failure"

LANGUAGE_CODE = "nl"
SIGN_IN_NOTE = _("Accounts are by invitation of your company or the secretariat.")
WHOM_TO_ASK = _("Ask the administrator of your organisation or the secretariat.")
"""Ends what somebody reads who has no account, a closed one, or one without the right."""
LANGUAGES = [("nl", _("Dutch")), ("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORED_FILES_DIR = DATA_DIR / "files"
# From this probability on a proposal of the matcher stands in the list that is confirmed in one press. No source says
# how high; this is an example value, and the page labels it so.
SURE_MATCH = env.float("SURE_MATCH", 0.97)
FILES_QUOTA_BYTES = env.int("FILES_QUOTA_BYTES", 500 * 1024 * 1024)
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "ketenwijs@localhost")
CLAMD_SOCKET = env.str("CLAMD_SOCKET", "")


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {name: [] for name in ("camera", "geolocation", "microphone", "payment")}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "ketenwijs.foundation.ui.faults.WithoutValues",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django would mail whole requests to administrators: what people typed is never sent anywhere.
        "django": {"handlers": [], "level": "INFO"},
        **{name: {"level": "WARNING"} for name in ("weasyprint", "fontTools")},
    },
}
