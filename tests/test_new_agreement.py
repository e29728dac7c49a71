"""A policy officer takes an invented sector from nothing to a published outcome, on the pages, adding only content."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from shutil import copytree
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.tests.factories import example_agreement, member
from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.questionnaires.tests.factories import fields_of
from ketenwijs.foundation.access.fence import unfenced
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.content.checking import check_directory
from ketenwijs.foundation.mail.models import OutgoingMessage
from tests.architecture import layout

pytestmark = pytest.mark.django_db
SLUG = "voorbeeld-kazen"
NAME = "Voorbeeldconvenant Kazen (verzonnen)"
PASSWORD = "een lang en goed wachtwoord"
REPLACED = {
    "voorbeeldsector": "kaas (verzonnen)",
    "secteur d'exemple": "fromage (inventé)",
    "example sector": "cheese (invented)",
}


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def first_day() -> date:
    """The first of January of last year: its report year is over and its round can be open."""
    return date(timezone.localdate().year - 1, 1, 1)


def browser_of(email: str) -> Client:
    """Somebody signed in, with the second step that their role may ask for."""
    person = Person.objects.get(email=email)
    Authenticator.objects.get_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "test"}}
    )
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def accept_invitation(email: str) -> Client:
    """Follow the link of the last message to an address as a new person, and come back signed in."""
    message = OutgoingMessage.objects.filter(to=email).latest("pk")
    found = re.search(r"/account/invitation/(\S+?)/", message.body)
    assert found, message.body
    fresh = Client()
    fresh.get(reverse("accounts:invitation", args=[found[1]]), follow=True)
    done = fresh.post(reverse("accounts:accept"), {"name": email.split("@")[0].title(), "password": PASSWORD})
    assert done.status_code == 302
    return browser_of(email)


def posted(client: Client, page: str, /, *arguments: Any, **fields: Any) -> Any:
    """Send a form; it must have been taken."""
    answer = client.post(reverse(page, args=arguments), fields)
    assert answer.status_code == 302, (page, getattr(answer, "context", None) and answer.context.get("form").errors)
    return answer


def unzipped(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {one.rsplit("/", 1)[-1]: archive.read(one).decode() for one in archive.namelist()}


def zipped(files: dict[str, str]) -> SimpleUploadedFile:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{SLUG}/{name}", text)
    return SimpleUploadedFile("package.zip", stream.getvalue())


def upload(client: Client, files: dict[str, str]) -> Any:
    return client.post(reverse("agreements:package_upload"), {"upload": [zipped(files)]})


def edited(files: dict[str, str]) -> dict[str, str]:
    """What the officer changes: the sector, and that only questions are handed in."""
    agreement = files["agreement.yaml"]
    for old, new in REPLACED.items():
        assert old in agreement
        agreement = agreement.replace(old, new)
    framework = files["framework-1.yaml"].replace("parts: [answers, plan]", "parts: [answers]")
    return {**files, "agreement.yaml": agreement, "framework-1.yaml": framework}


def with_mistakes(files: dict[str, str]) -> dict[str, str]:
    """Four mistakes in two files: a theme that is not known, a language left out, years that overlap, an unknown step."""
    agreement = files["agreement.yaml"].replace("code: forced_labour", "code: slavery")
    agreement = agreement.replace(', fr: "Pays-Bas"', "")
    years = re.findall(r"starts_on: (\S+), ends_on: (\S+), term: first", agreement)
    agreement = agreement.replace(f"starts_on: {years[1][0]},", f"starts_on: {years[0][1]},")
    framework = files["framework-1.yaml"].replace('substep: "6.1"', 'substep: "7.1"')
    return {**files, "agreement.yaml": agreement, "framework-1.yaml": framework}


@dataclass
class Team:
    """Everybody's browser."""

    lead: Client
    assessor: Client
    reader: Client
    firm: Client
    year: str

    @property
    def dossier(self) -> Dossier:
        with unfenced(reason="test"):
            return Dossier.objects.select_related("organisation").get(round__agreement__slug=SLUG)


def applied(first_day: date) -> Client:
    """The maker starts the agreement, with mistakes first; answers the maker's browser."""
    call_command("first_person", "maker@example.org", "Maker", role="agreement_maker")
    maker = browser_of("maker@example.org")
    wanted = {"slug": SLUG, "name_nl": NAME, "first_day": first_day.isoformat(), "family": "requirement_list"}
    files = edited(unzipped(maker.post(reverse("agreements:starter_package"), wanted).content))

    refused = upload(maker, with_mistakes(files))
    told = {(fault.file, fault.path) for fault in refused.context["faults"]}
    assert told == {
        ("agreement.yaml", "themes[1].code"),
        ("agreement.yaml", "geography.fr"),
        ("agreement.yaml", "years[1].starts_on"),
        ("framework-1.yaml", "requirements[6].substep"),
    }
    assert not Agreement.objects.filter(slug=SLUG).exists()

    preview = upload(maker, files)
    assert preview.context["faults"] == []
    posted(maker, "agreements:package_confirm", files=preview.context["sealed"])
    return maker


def staffed(maker: Client, first_day: date) -> Team:
    """The maker invites the lead, the lead the assessors and the first firm."""
    words = {"name": "Lead", "language": "nl", "role": "secretariat_lead"}
    posted(maker, "agreements:first_lead", SLUG, email="lead@example.org", **words)
    lead = accept_invitation("lead@example.org")
    for name in ("assessor", "reader"):
        invited = {"email": f"{name}@example.org", "name": name, "role": "assessor", "language": "nl"}
        posted(lead, "agreements:invite", SLUG, **invited)
    firm = {
        "name": "Voorbeeld Kaasmakerij BV",
        "country": "NL",
        "joined_on": first_day.isoformat(),
        "group": "participant",
    }
    posted(lead, "agreements:new_member", SLUG, "participant", **firm)
    reference = Organisation.objects.get(name=firm["name"]).reference
    owner = {"email": "owner@example.org", "name": "Owner", "role": "company_admin", "language": "nl"}
    posted(lead, "participants:invite", reference, **owner)
    return Team(
        lead=lead,
        assessor=accept_invitation("assessor@example.org"),
        reader=accept_invitation("reader@example.org"),
        firm=accept_invitation("owner@example.org"),
        year=str(first_day.year),
    )


def answer_everything(team: Team) -> None:
    reference = team.dossier.organisation.reference
    for step in ("1", "2"):
        address = reverse("questionnaires:section", args=[reference, SLUG, team.year, step])
        page = team.firm.get(address)
        fields = fields_of(page)
        for row in page.context["rows"]:
            fields[f"{row.code}-value"] = "yes" if row.kind == "yes_no" else "2"
            fields[f"{row.code}-explanation"] = "In our handbook."
        assert team.firm.post(address, {**fields, "do": "save"}).status_code == 302


def judged(team: Team) -> None:
    pk = team.dossier.pk
    for requirement in ("policy-adopted", "somebody-responsible", "risks-known"):
        posted(team.assessor, "assessments:judge", pk, requirement, verdict="met", reason="Seen.", version="0")
    posted(team.assessor, "assessments:send-findings", pk)
    posted(team.firm, "assessments:finish-reply", pk)
    posted(team.assessor, "assessments:decide", pk, value="level-1", reason="Everything asked is met.")
    posted(team.reader, "assessments:confirm", pk)


def test_from_nothing_to_a_published_outcome_on_the_pages(first_day):
    team = staffed(applied(first_day), first_day)
    posted(team.lead, "assessments:open-round", SLUG, team.year)
    assert team.dossier.target_level == 1

    answer_everything(team)
    posted(team.firm, "assessments:hand-in", team.dossier.pk)
    judged(team)
    today = timezone.localdate()
    posted(team.reader, "assessments:publish", team.dossier.pk, on=today.isoformat())
    assert team.dossier.state == "published"

    visitor = Client(headers={"accept-language": "en"})
    register = visitor.get(reverse("public:register", args=[SLUG])).content.decode()
    assert NAME in register
    assert "Voorbeeld Kaasmakerij BV" in register
    assert "level 1" in register
    reference = team.dossier.organisation.reference
    assert "level 1" in visitor.get(reverse("public:firm", args=[SLUG, reference])).content.decode()


def test_what_runs_can_be_tried_out_and_changed_with_a_new_version_only(first_day):
    maker = applied(first_day)
    team = staffed(maker, first_day)
    posted(team.lead, "assessments:open-round", SLUG, team.year)
    wanted = {
        "slug": "voorbeeld-noten",
        "name_nl": NAME,
        "first_day": first_day.isoformat(),
        "family": "requirement_list",
    }
    starter = unzipped(maker.post(reverse("agreements:starter_package"), wanted).content)["framework-1.yaml"]
    framework = starter.replace("voorbeeld-noten", SLUG).replace("minimum: 1", "minimum: 2")
    refused = upload(maker, {"framework-1.yaml": framework})
    assert [fault.path for fault in refused.context["faults"]] == ["version"]
    taken = upload(maker, {"framework-1.yaml": framework.replace('version: "1"', 'version: "2"')})
    assert taken.context["faults"] == []
    assert any("minimum: 1.0 -> 2.0" in line for line in taken.context["differences"])


def test_the_new_agreement_is_fenced_from_one_that_runs_already(first_day):
    other = example_agreement()
    stranger = member(other, "Voorbeeld Vreemd BV").organisation
    team = staffed(applied(first_day), first_day)
    assert team.lead.get(reverse("agreements:members", args=[other.slug])).status_code == 404
    assert team.lead.get(reverse("agreements:member", args=[other.slug, stranger.reference])).status_code == 404
    assert stranger.name not in team.lead.get(reverse("agreements:members", args=[SLUG])).content.decode()
    assert team.firm.get(reverse("agreements:agreement", args=[other.slug])).status_code == 404


def test_the_command_writes_the_same_package_into_a_content_folder(tmp_path, capsys):
    call_command("new_agreement", SLUG, name=NAME, first_day="2026-01-01", into=str(tmp_path))
    folder = tmp_path / "agreements" / SLUG
    assert sorted(path.name for path in folder.iterdir()) == ["agreement.yaml", "framework-1.yaml", "observations.yaml"]
    copytree(configured.CONTENT_DIR / "reference", tmp_path / "reference")
    assert [str(fault) for fault in check_directory(tmp_path).faults if SLUG in fault.file] == []
    assert "3 files were written" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("slug", "options"),
    [("No Good", {}), ("members", {}), ("fine", {"first_day": "soon"}), ("fine", {"into": "/proc/nowhere"})],
)
def test_the_command_refuses_in_a_sentence_and_writes_nothing(tmp_path, slug, options):
    with pytest.raises(CommandError):
        call_command("new_agreement", slug, **{"into": str(tmp_path), **options})
    assert list(tmp_path.iterdir()) == []


def test_the_command_never_writes_over_a_folder(tmp_path):
    call_command("new_agreement", SLUG, into=str(tmp_path))
    before = {path: path.read_text("utf-8") for path in tmp_path.rglob("*.yaml")}
    with pytest.raises(CommandError):
        call_command("new_agreement", SLUG, name="Other", measure="indicator_tree", into=str(tmp_path))
    assert {path: path.read_text("utf-8") for path in tmp_path.rglob("*.yaml")} == before


def test_no_line_of_the_program_knows_the_new_agreement():
    assert [str(o) for o in layout.named_agreement_offences(layout.SOURCE, {SLUG, "Voorbeeldconvenant Kazen"})] == []
