"""Writing, signing and taking the manifest of a release: who may, with which key, and of what."""

from __future__ import annotations

import base64
import getpass
import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from ketenwijs.complaints import demonstration
from ketenwijs.complaints.committee import selectors, services
from ketenwijs.complaints.committee.models import SignedManifest
from ketenwijs.complaints.committee.services import Operator
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.release.expected import differences, manifest_of
from ketenwijs.complaints.sealing import keylists, manifests, signatures
from ketenwijs.complaints.sealing.manifests import NotSigned
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def keys():
    return signatures.new_signing_key()


@pytest.fixture(scope="module")
def made(keys):
    return manifest_of(root=keys[1], serial=3, made_on=DAY, reviewed_only=False)


def test_a_manifest_names_scripts_sheets_and_every_page_of_every_language(made):
    assert {"/static/intake/sealing.js", "/static/vendor/age.js", "/static/committee/key.js"} <= set(made.files)
    assert {"/hi/words/", "/zh-hans/words/"} <= set(made.files)
    assert {"/", "/hi/", "/hi/number/", "/hi/write/", "/hi/follow/"} <= set(made.pages)
    assert len(made.pages["/hi/"]) >= 2  # open and closed
    assert len(made.pages["/hi/number/"]) == 1
    assert "default-src 'none'" in made.policy


def test_in_production_only_reviewed_languages_are_in_it(keys):
    reviewed = manifest_of(root=keys[1], serial=3, made_on=DAY, reviewed_only=True)
    assert "/" in reviewed.pages
    assert "/hi/" not in reviewed.pages


def test_a_document_says_what_was_made_and_nothing_else_is_one(made):
    assert manifests.read(manifests.document(made)) == made
    for wrong in ("", "[]", "{}", '{"suite": 2}', json.dumps({"suite": 1, "serial": 1})):
        with pytest.raises(NotSigned):
            manifests.read(wrong)


def test_a_signature_counts_for_this_text_this_root_and_no_older_number(keys, made):
    text, number = manifests.document(made), keylists.fingerprint(keys[1])
    signature = manifests.signed(text, keys[0])
    assert manifests.checked(text, signature, check_number=number, least_serial=3) == made
    assert manifests.checked(text, signature, check_number=number.replace(" ", "")) == made
    changed = manifests.document(replace(made, parts=(*made.parts, "<script>")))
    with pytest.raises(NotSigned, match="not signed"):
        manifests.checked(changed, signature, check_number=number)
    with pytest.raises(NotSigned, match="not signed"):
        manifests.checked(text, "no base64", check_number=number)
    with pytest.raises(NotSigned, match="another root"):
        manifests.checked(text, signature, check_number=keylists.fingerprint(signatures.new_signing_key()[1]))
    with pytest.raises(NotSigned, match="older"):
        manifests.checked(text, signature, check_number=number, least_serial=4)


def test_a_signature_under_a_list_of_keys_is_none_under_a_manifest(keys, made):
    text = manifests.document(made)
    other = base64.b64encode(signatures.sign(keys[0], keylists.LABEL, text.encode())).decode()
    with pytest.raises(NotSigned):
        manifests.checked(text, other, check_number=keylists.fingerprint(keys[1]))


def test_differences_name_the_address(made):
    other = replace(made, serial=9, files={**made.files, "/static/intake/page.js": "0" * 64}, pages={})
    found = differences(made, other)
    assert "/static/intake/page.js differs" in found
    assert "/ is in one of the two only" in found
    assert differences(made, replace(made, serial=9, made_on="2027-01-01")) == []


@pytest.mark.django_db
def test_only_a_manifest_of_the_committees_root_and_with_a_new_number_is_taken():
    committee = full_committee()
    made = manifest_of(root=committee.root, serial=2, made_on=DAY, reviewed_only=False)
    text = manifests.document(made)
    signature = manifests.signed(text, committee.root_private)
    with pytest.raises(NotAllowed):
        services.take_manifest(actor=committee["member_firms"].member, document=text, signature=signature)
    stranger, root = signatures.new_signing_key()
    foreign = manifests.document(replace(made, root=root))
    for document, proof in ((text, ""), (foreign, manifests.signed(foreign, stranger)), ("{}", signature)):
        with pytest.raises(DomainError, match="root key"):
            services.take_manifest(actor=Operator(), document=document, signature=proof)
    services.take_manifest(actor=Operator(), document=text, signature=signature)
    assert JournalEntry.objects.filter(event="committee.manifest.taken").count() == 1
    with pytest.raises(StaleVersion):
        services.take_manifest(actor=Operator(), document=text, signature=signature)
    assert selectors.latest_manifest().serial == 2


@pytest.fixture
def signing(db, tmp_path, monkeypatch):
    """The files of somebody who signs; the passphrase is typed."""
    _receipt, root = demonstration.build()
    (tmp_path / "root").write_text(root, "utf-8")
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: demonstration.PASSPHRASE)
    call_command("write_manifest", tmp_path / "manifest.json", verbosity=0)
    return tmp_path


def sign(folder):
    call_command("sign_manifest", folder / "manifest.json", root_key=folder / "root")


def take(folder):
    call_command("take_manifest", folder / "manifest.json", folder / "manifest.json.sig")


def test_written_signed_and_taken_it_is_public(signing, client):
    assert client.get("/register/manifest.json").status_code == 404
    sign(signing)
    take(signing)
    shown = client.get("/register/manifest.json").json()
    number = keylists.fingerprint(selectors.key_list().root)
    assert manifests.checked(shown["document"], shown["signature"], check_number=number).serial == 1
    with pytest.raises(CommandError, match="not newer"):
        take(signing)
    call_command("write_manifest", signing / "next.json")
    assert manifests.read((signing / "next.json").read_text("utf-8")).serial == 2


def test_nobody_signs_what_their_own_copy_of_the_release_does_not_make(signing):
    kept = signing / "manifest.json"
    found = manifests.read(kept.read_text("utf-8"))
    kept.write_text(manifests.document(replace(found, files={**found.files, "/static/intake/page.js": "0" * 64})))
    with pytest.raises(CommandError, match=r"intake/page\.js differs"):
        sign(signing)
    assert not (signing / "manifest.json.sig").exists()


def test_a_wrong_passphrase_another_root_and_no_manifest_are_refused(signing, monkeypatch):
    found = manifests.read((signing / "manifest.json").read_text("utf-8"))
    _private, root = signatures.new_signing_key()
    other = manifest_of(root=root, serial=1, made_on=date.fromisoformat(found.made_on), reviewed_only=False)
    (signing / "other.json").write_text(manifests.document(other))
    with pytest.raises(CommandError, match="not the one that the manifest names"):
        call_command("sign_manifest", signing / "other.json", root_key=signing / "root")
    with pytest.raises(CommandError, match="no manifest"):
        call_command("sign_manifest", signing / "root", root_key=signing / "root")
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: "another passphrase")
    with pytest.raises(CommandError, match="do not open"):
        sign(signing)


def test_a_signed_manifest_of_another_release_is_not_taken(signing):
    sign(signing)
    text = (signing / "manifest.json").read_text("utf-8").replace('"/hi/words/"', '"/hi/words-2/"')
    (signing / "manifest.json").write_text(text)
    with pytest.raises(CommandError, match="Another release was signed"):
        take(signing)
    assert not SignedManifest.objects.exists()


@pytest.mark.django_db
def test_without_a_root_there_is_nothing_to_write(tmp_path):
    with pytest.raises(CommandError, match="no signed list"):
        call_command("write_manifest", tmp_path / "m.json")
    with pytest.raises(CommandError, match="no root key"):
        call_command("write_manifest", tmp_path / "m.json", root="AAAA")
    assert not (tmp_path / "m.json").exists()
