"""The operator's commands: the first people of an installation, and backup and restore from the console."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.mail.models import OutgoingMessage

ADDRESS = "first@example.org"


def role_of_first() -> tuple[str, str, str]:
    grant = Grant.objects.get(person__email=ADDRESS)
    return grant.role, grant.scope_kind, grant.scope_key


@pytest.mark.django_db
def test_the_first_operator_has_the_role_no_password_and_a_journal_entry(capsys):
    call_command("first_person", "First@Example.org", " An  Example ")
    person = Person.objects.get(email=ADDRESS)
    assert (person.name, person.has_usable_password()) == ("An Example", False)
    assert role_of_first() == ("operator", "installation", "all")
    assert JournalEntry.objects.filter(event="access.role.given").count() == 1
    assert "/account/password/reset/" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_first_operator_can_ask_for_a_password_link(client):
    call_command("first_person", ADDRESS, "An Example")
    client.post("/account/password/reset/", {"email": ADDRESS})
    assert "/account/password/reset/key/" in OutgoingMessage.objects.get(to=ADDRESS).body


@pytest.mark.django_db
def test_applied_content_makes_the_agreement_in_which_somebody_gets_a_role():
    call_command("apply_content", dry_run=True)
    assert not Agreement.objects.exists()
    call_command("apply_content")
    slug = Agreement.objects.order_by("slug")[0].slug
    call_command("first_person", ADDRESS, "An Example", role="secretariat_lead", agreement=slug)
    assert role_of_first() == ("secretariat_lead", "agreement", slug)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "options", "why"),
    [
        (["no-address", "An Example"], {}, "not an e-mail address"),
        ([ADDRESS, " "], {}, "name"),
        ([ADDRESS, "An Example"], {"role": "unheard_of"}, "no role unheard_of"),
        ([ADDRESS, "An Example"], {"role": "secretariat_lead"}, "no role secretariat_lead to hold here"),
        ([ADDRESS, "An Example"], {"agreement": "unheard-of"}, "no agreement unheard-of"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(words, options, why):
    with pytest.raises(CommandError, match=why):
        call_command("first_person", *words, **options)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_an_address_with_an_account_is_refused_and_keeps_its_roles():
    call_command("first_person", ADDRESS, "An Example")
    with pytest.raises(CommandError, match="has an account already"):
        call_command("first_person", ADDRESS.upper(), "Another Example")
    assert Person.objects.get().name == "An Example"


@pytest.mark.django_db
def test_a_backup_over_an_existing_file_is_refused_with_a_sentence(tmp_path):
    target = tmp_path / "backup.tar.gz"
    target.write_bytes(b"an earlier backup")
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(target))
    assert target.read_bytes() == b"an earlier backup"


@pytest.mark.django_db
def test_a_restore_without_an_archive_or_into_a_used_folder_is_refused_with_a_sentence(tmp_path):
    used = tmp_path / "used"
    used.mkdir()
    (used / "precious").write_text("keep me")
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(tmp_path / "absent.tar.gz"), str(tmp_path / "empty"))
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(tmp_path / "absent.tar.gz"), str(used))
    assert (used / "precious").read_text() == "keep me"
