"""A developer's or demonstration machine: SQLite in the data folder, no mail leaves, demo accounts shown."""

from __future__ import annotations

from ketenwijs.config.settings.base import *  # noqa: F403 - settings modules extend each other by design
from ketenwijs.config.settings.base import DATA_DIR, env

SECRET_KEY = env.str("SECRET_KEY", "local-only-secret-key-never-used-in-production-settings")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DEMO = env.bool("DEMO", True)
DEBUG = env.bool("DEBUG", False)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
