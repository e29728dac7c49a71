"""A real installation: everything from the environment; unsafe values stop the start with a sentence."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from ketenwijs.config.settings.base import *  # noqa: F403 - settings modules extend each other by design
from ketenwijs.config.settings.base import ALLOWED_HOSTS, DATA_DIR, PUBLIC_ADDRESS, SECRET_KEY, env


def refuse_unless(condition: bool, sentence: str) -> None:
    """Stop the start with one sentence that says what to set."""
    if not condition:
        raise ImproperlyConfigured(sentence)


refuse_unless(
    len(SECRET_KEY) >= 50, "Set SECRET_KEY to at least 50 random characters (ketenwijs new-secret prints one)."
)
refuse_unless(
    bool(ALLOWED_HOSTS) and "*" not in ALLOWED_HOSTS,
    "Set ALLOWED_HOSTS to your host names, comma separated, without *.",
)
refuse_unless(PUBLIC_ADDRESS.startswith("https://"), "Set PUBLIC_ADDRESS to the https:// address visitors use.")
refuse_unless(not env.bool("DEBUG", False), "DEBUG is refused in production settings: remove it from the environment.")
refuse_unless(not env.bool("DEMO", False), "DEMO is refused in production settings: remove it from the environment.")
refuse_unless(
    not (DATA_DIR.exists() and DATA_DIR.stat().st_mode & 0o007),
    "The data folder may be read by everyone: run chmod 750 on it.",
)

SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Limits per network address count the visitor, not the proxy, which sets X-Forwarded-For anew (deploy/nginx.conf).
ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
