"""A watcher with nothing but an address and a check number finds what a host changed, and says what it could not see."""

from __future__ import annotations

import copy
import gzip
import importlib
import io
import zlib
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command
from django.utils import timezone

from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.committee import selectors, services
from ketenwijs.complaints.committee.models import MemberKey, SignedKeyList, SignedManifest
from ketenwijs.complaints.committee.services import Operator
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.intake import brakes
from ketenwijs.complaints.release.expected import manifest_of
from ketenwijs.complaints.release.watching import HAS_BROTLI, WRITINGS, Unwatchable, Visitor, _unpacked, watch
from ketenwijs.complaints.sealing import keylists, manifests, signatures

pytestmark = pytest.mark.django_db(transaction=True)
INTAKE = Path(__file__).parents[2] / "intake"


@pytest.fixture(autouse=True)
def _clean_brake():
    brakes.brake.clear()
    yield
    brakes.brake.clear()


@pytest.fixture
def committee():
    """With a manifest that its root signed."""
    made = full_committee("chair", "secretary")
    text = manifests.document(manifest_of(root=made.root, serial=4, made_on=timezone.localdate(), reviewed_only=False))
    services.take_manifest(actor=Operator(), document=text, signature=manifests.signed(text, made.root_private))
    return made


@pytest.fixture
def number(committee):
    return keylists.fingerprint(committee.root)


def template(folder, name, before, after):
    """A host's own copy of a page."""
    text = (INTAKE / "templates" / "intake" / name).read_text("utf-8")
    assert before in text
    (folder / "intake").mkdir(exist_ok=True)
    (folder / "intake" / name).write_text(text.replace(before, after), "utf-8")


@pytest.fixture
def changed_pages(settings, tmp_path):
    """A folder whose templates come before ours."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [tmp_path]
    settings.TEMPLATES = templates
    return tmp_path


def test_an_honest_host_is_as_signed_in_every_page_of_every_language(live_server, number):
    found = watch(live_server.url, number)
    assert found.differences == []
    assert found.passed_over == []
    assert found.compared == 1 + len(found.manifest.files) + len(found.manifest.pages)
    assert not Case.objects.exists()  # watching tells nothing


def test_that_sums_are_asked_now_is_no_difference(live_server, number):
    for _time in range(500):
        brakes.brake.note("guess")
        brakes.brake.note("send")
    assert "answer" in Visitor(live_server.url).ask("/en/follow/").text
    assert watch(live_server.url, number).differences == []


def test_while_no_form_is_offered_the_watcher_says_what_it_could_not_see(live_server, number):
    MemberKey.objects.update(tested_on=None)
    found = watch(live_server.url, number)
    assert found.differences == []
    assert any(one.startswith("/hi/write/") for one in found.passed_over)
    assert any(one.startswith("/hi/number/") for one in found.passed_over)


def test_a_script_more_is_named(live_server, number, changed_pages):
    template(changed_pages, "base.html", "</head>", '<script src="/static/other.js"></script></head>')
    found = watch(live_server.url, number).differences
    assert "/hi/write/: was not signed: <script src='/static/other.js'>" in found
    assert "/nl/follow/: was not signed: <script src='/static/other.js'>" in found
    assert not [one for one in found if one.startswith("/:")]


def test_a_form_that_sends_elsewhere_is_named(live_server, number, changed_pages):
    template(
        changed_pages, "write.html", '<form method="post"', '<form action="https://elsewhere.example/" method="post"'
    )
    found = watch(live_server.url, number).differences
    assert len(found) == len([one for one in found if "/write/" in one and "elsewhere.example" in one]) > 0


def test_other_words_are_found(live_server, number, changed_pages):
    template(changed_pages, "_ways.html", "{{ way.value }}", "+31 99")
    found = watch(live_server.url, number).differences
    assert "/hi/: the words, or their order, are not as signed" in found


def test_a_changed_script_is_found(live_server, number, settings, tmp_path):
    (tmp_path / "intake").mkdir()
    (tmp_path / "intake" / "sealing.js").write_text("export const prepare = () => false;\n")
    settings.STATICFILES_DIRS = [tmp_path]
    assert finders.find("intake/sealing.js") == str(tmp_path / "intake" / "sealing.js")
    found = watch(live_server.url, number).differences
    assert found == [f"/static/intake/sealing.js: other content than was signed ({one})" for one in WRITINGS]


def test_a_packed_copy_is_read_as_a_browser_reads_it():
    page = b"<p>words</p>" * 100
    assert _unpacked(gzip.compress(page), "gzip") == page
    assert _unpacked(page, "") == page
    with pytest.raises(zlib.error):
        _unpacked(b"no gzip", "gzip")


@pytest.mark.skipif(not HAS_BROTLI, reason="this reader of packed copies is not installed")
def test_a_copy_packed_the_other_way_is_read_too():
    page = b"<p>words</p>" * 100
    assert _unpacked(importlib.import_module("brotli").compress(page), "br") == page
    with pytest.raises(ValueError, match="packed copy"):
        _unpacked(b"no brotli", "br")


def test_a_list_of_keys_of_another_root_is_found(live_server, committee, number):
    private, root = signatures.new_signing_key()
    other = keylists.KeyList(2, root, selectors.key_list().members)
    SignedKeyList.objects.create(
        serial=2,
        document=keylists.document(other).decode(),
        signature=keylists.signed(other, private),
        taken_on=timezone.localdate(),
    )
    found = watch(live_server.url, number).differences
    assert any(one.startswith("/sealed/keys/: the list of keys is not signed") for one in found)
    assert any(one.startswith("/hi/: the words") for one in found)  # it shows another check number


def test_a_weaker_policy_for_scripts_is_found(live_server, number, committee):
    SignedManifest.objects.all().delete()
    made = manifest_of(root=committee.root, serial=5, made_on=timezone.localdate(), reviewed_only=False)
    text = manifests.document(made).replace("script-src 'self'", "script-src 'none'")
    SignedManifest.objects.create(
        serial=5,
        document=text,
        signature=manifests.signed(text, committee.root_private),
        taken_on=timezone.localdate(),
    )
    found = watch(live_server.url, number).differences
    assert any("/hi/: the browser gets another policy" in one for one in found)


def test_without_a_manifest_of_the_right_root_and_age_nothing_is_compared(live_server, committee, number):
    with pytest.raises(Unwatchable, match="another root key"):
        watch(live_server.url, keylists.fingerprint(signatures.new_signing_key()[1]))
    with pytest.raises(Unwatchable, match="older than 5"):
        watch(live_server.url, number, least_serial=5)
    SignedManifest.objects.all().delete()
    with pytest.raises(Unwatchable, match="no signed manifest"):
        watch(live_server.url, number)
    with pytest.raises(Unwatchable, match="https://"):
        watch("file:///etc/passwd", number)
    with pytest.raises(Unwatchable, match="did not come"):
        watch("http://127.0.0.1:9", number)


def test_the_exit_status_is_zero_when_all_is_as_signed(live_server, number):
    said = io.StringIO()
    call_command("watch", live_server.url, number, stdout=said)
    assert "Manifest 4" in said.getvalue()
    assert "all as signed" in said.getvalue()


def test_the_exit_status_tells_different_from_not_compared(live_server, number, changed_pages):
    template(changed_pages, "base.html", "</head>", '<script src="/x.js"></script></head>')
    with pytest.raises(CommandError, match="Tell the committee") as refused:
        call_command("watch", live_server.url, number)
    assert refused.value.returncode == 1
    with pytest.raises(CommandError, match="Not compared") as refused:
        call_command("watch", live_server.url, "0000 0000")
    assert refused.value.returncode == 2
