"""The complaints program: its own database, secret, sessions and host; nothing of the platform is read or shared."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ketenwijs.config.settings import base
from ketenwijs.config.settings.base import *  # noqa: F403 - what is alike in both programs: look, sign-in, languages
from ketenwijs.config.settings.base import DATA_DIR, NONE, SELF, Path, database, env

DEMO = env.bool("DEMO", True)
PRODUCTION = env.bool("COMPLAINTS_PRODUCTION", False)
COMPLAINTS_DIR = Path(env.str("COMPLAINTS_DATA_DIR", "") or DATA_DIR / "complaints")
LOCAL_SECRET = "local-only-complaints-secret-never-used-in-production-settings"  # noqa: S105 - no secret
SECRET_KEY = env.str("COMPLAINTS_SECRET_KEY", "" if PRODUCTION else LOCAL_SECRET)
ALLOWED_HOSTS = env.list("COMPLAINTS_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
PUBLIC_ADDRESS = env.str("COMPLAINTS_ADDRESS", "http://localhost:8001")
DATABASES = {
    "default": database(env.str("COMPLAINTS_DATABASE_URL", "") or f"sqlite:///{COMPLAINTS_DIR / 'sealed.sqlite3'}")
}
STORED_FILES_DIR = COMPLAINTS_DIR / "sealed"
STATIC_ROOT = COMPLAINTS_DIR / "static"

FOUNDATION_APPS = [f"ketenwijs.foundation.{name}" for name in ("ui", "mail", "accounts", "journal")]
COMPLAINTS_APPS = [
    f"ketenwijs.complaints.{name}"
    for name in ("sealing", "committee", "cases", "intake", "register", "succession", "operations")
]
INSTALLED_APPS = [
    *FOUNDATION_APPS,
    *COMPLAINTS_APPS,
    "ketenwijs.complaints.program.ComplaintsProgram",
    *[name for name in base.INSTALLED_APPS if not name.startswith("ketenwijs.")],
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "ketenwijs.foundation.ui.middleware.ReferenceNumber",
    "ketenwijs.complaints.intake.middleware.NoTraces",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ketenwijs.foundation.accounts.middleware.AbsoluteSessionLimit",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ketenwijs.complaints.committee.middleware.Members",
]
ROOT_URLCONF = "ketenwijs.complaints.urls"
CHROME_LINKS = {
    "home": "committee:home",
    "public": "intake:languages",
    "account": "accounts:security",
    "sign_out": "account_logout",
}
SIGN_IN_NOTE = _(
    "Only members of the committee sign in here, asked by its chair or secretary. Telling something or following a case "
    "needs no account: do that through the start page."
)
WHOM_TO_ASK = _("Ask the chair or the secretary of the committee.")
LOGIN_REDIRECT_URL = "committee:home"
MFA_TOTP_ISSUER = "Committee"
SESSION_COOKIE_AGE = 15 * 60
SESSION_ABSOLUTE_AGE = 8 * 60 * 60
SESSION_COOKIE_NAME = "__Host-committee" if PRODUCTION else "committee_session"
CSRF_COOKIE_NAME = "__Host-committee-csrf" if PRODUCTION else "committee_csrf"
LANGUAGE_COOKIE_NAME = "committee_language"
# Counters live in memory only and end with the process: no address is ever written down.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Plain names, so that the published list of checksums can be compared by whoever watches the page.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
EMAIL_BACKEND = base.EMAIL_CONFIG["EMAIL_BACKEND"] if PRODUCTION else "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = COMPLAINTS_DIR / "mail"

# What is sent stays in memory until it is sealed: Django's handler for large uploads writes temporary files.
FILE_UPLOAD_HANDLERS = ["ketenwijs.complaints.intake.uploads.InMemoryOnly"]
LARGEST_FILE = 20 * 1024 * 1024
LARGEST_CASE = 100 * 1024 * 1024
# How long parts of a file that did not come up whole wait for the rest; the periodic work then removes them.
PIECES_KEPT_HOURS = 24
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 6

# Cost of wrapping a member's key by passphrase: scrypt with N = 2 to this power, about a quarter of a gigabyte.
PASSPHRASE_WORK_FACTOR = 18

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# Pages without account say no-referrer themselves; forms of signed-in members need an origin to be told from forged ones.
SECURE_REFERRER_POLICY = "same-origin"
LANGUAGES = [("nl", _("Dutch")), ("fr", _("French")), ("en", _("English"))]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A failed request is logged by its reference number only: tracebacks can carry what somebody typed.
    "loggers": {"django.request": {"handlers": [], "propagate": False, "level": "CRITICAL"}},
}
DEBUG = False


def refuse_unless(condition: bool, sentence: str) -> None:
    """Stop the start with one sentence that says what to set."""
    if not condition:
        raise ImproperlyConfigured(sentence)


if PRODUCTION:
    platform_secret = env.str("SECRET_KEY", "")
    refuse_unless(len(SECRET_KEY) >= 50, "Set COMPLAINTS_SECRET_KEY to at least 50 random characters.")
    refuse_unless(platform_secret != SECRET_KEY, "COMPLAINTS_SECRET_KEY must not be the platform's SECRET_KEY.")
    refuse_unless(bool(ALLOWED_HOSTS) and "*" not in ALLOWED_HOSTS, "Set COMPLAINTS_HOSTS, without *.")
    refuse_unless(PUBLIC_ADDRESS.startswith("https://"), "Set COMPLAINTS_ADDRESS to an https:// address.")
    refuse_unless(not env.bool("DEMO", False), "DEMO is refused in production: remove it from the environment.")
    refuse_unless(bool(env.str("COMPLAINTS_DATA_DIR", "")), "Set COMPLAINTS_DATA_DIR to a folder of its own.")
    refuse_unless(
        not (COMPLAINTS_DIR.exists() and COMPLAINTS_DIR.stat().st_mode & 0o007),
        "The folder of the complaints program may be read by everyone: run chmod 750 on it.",
    )
    DEMO = False
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^health$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
