"""The platform's own program beside a case: takes the released copy and shows every page it has to its people."""

from __future__ import annotations

import json
import os
import subprocess
import sys

KEPT = ("PATH", "HOME", "PYTHONPATH", "LANG")
WALK = """
import json, os
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from ketenwijs.domain.agreements.tests.factories import ROBOT, example_agreement, person, staff
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.foundation.access.selectors import viewer_of
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import INSTALLATION, Scope

settings.ALLOWED_HOSTS = ["*"]
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
agreement = example_agreement()
call_command("take_complaints_release", os.environ["RELEASED"], agreement=[agreement.slug])

def addresses(found, space=""):
    for one in found.url_patterns:
        if not isinstance(one, URLPattern):
            yield from addresses(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name and set(one.pattern.converters) <= {"agreement", "slug", "year"}:
            yield space + one.name, list(one.pattern.converters)

def pages():
    known = {"agreement": agreement.slug, "slug": agreement.slug, "year": "2024-2025"}
    for name, words in addresses(get_resolver()):
        try:
            yield reverse(name, kwargs={word: known[word] for word in words})
        except Exception:
            continue  # an address within another that needs more than these words

operator = person("operator")
give(actor=ROBOT, person=operator, role="operator", scope=Scope(INSTALLATION, "*"))
people = {"secretariat": staff(agreement), "administrator": viewer_of(operator)}
seen = {}
for name, viewer in people.items():
    client = Client()
    sign_in(client, viewer)
    for address in [*pages(), f"/complaints/{agreement.slug}/"]:
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        seen.setdefault(name, {})[address] = [answer.status_code, content.decode("utf-8", "replace")]
print("SEEN" + json.dumps(seen))
"""


def platform_shows(released, folder):
    """Status and content of every page that the secretariat and the administrator can ask for, by person and address."""
    file = folder / "released.json"
    file.write_text(released)
    (folder / "platform").mkdir()
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    own = {"DATA_DIR": str(folder / "platform"), "DJANGO_SETTINGS_MODULE": "ketenwijs.config.settings.local"}
    for words in (["migrate", "--verbosity", "0"], ["shell", "--verbosity", "0", "-c", WALK]):
        done = subprocess.run(
            [sys.executable, "-m", "ketenwijs.command", *words],
            env={**kept, **own, "RELEASED": str(file)},
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.partition("SEEN")[2])
