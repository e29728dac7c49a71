"""Tests of the complaints program: `pytest --ds=ketenwijs.config.settings.complaints_test src/ketenwijs/complaints`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ketenwijs.config.settings.complaints import *  # noqa: F403 - settings modules extend each other by design
from ketenwijs.config.settings.complaints import database, env

SECRET_KEY = "only-for-tests-of-the-complaints-program"  # noqa: S105 - not a secret
LANGUAGE_CODE = "en"
PASSPHRASE_WORK_FACTOR = 10
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
COMPLAINTS_DIR = Path(tempfile.mkdtemp(prefix="ketenwijs-complaints-test-"))
STORED_FILES_DIR = COMPLAINTS_DIR / "sealed"
STATIC_ROOT = COMPLAINTS_DIR / "static"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES = {"default": database(env.str("DATABASE_URL", "") or "sqlite://:memory:")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # type: ignore[attr-defined]
    DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;"}
