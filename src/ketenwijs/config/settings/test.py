"""Tests: cheap password hashing, no static manifest, files in a throw-away folder."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ketenwijs.config.settings.base import *  # noqa: F403 - settings modules extend each other by design
from ketenwijs.config.settings.base import env

SECRET_KEY = "only-for-tests"  # noqa: S105 - not a secret
# Tests read the English originals, whether or not translations were compiled.
LANGUAGE_CODE = "en"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATA_DIR = Path(tempfile.mkdtemp(prefix="ketenwijs-test-"))
STORED_FILES_DIR = DATA_DIR / "files"
STATIC_ROOT = DATA_DIR / "static"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES = {"default": database(env.str("DATABASE_URL", "") or "sqlite://:memory:")}  # noqa: F405 - from base
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # type: ignore[attr-defined]
    # A memory database has no write-ahead log; foreign keys and triggers behave as in production.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;",
    }
LOGGING["root"]["level"] = "WARNING"  # type: ignore[index] # noqa: F405 - from base
