"""Uploading an edited package: all faults at once in words, the difference, applying all or nothing, and the first lead."""

import re
from datetime import date

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ketenwijs.domain.agreements import selectors, services
from ketenwijs.domain.agreements.instruments import FAMILY_NAMES
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.starter.building import Wanted, starter_files, zipped
from ketenwijs.domain.agreements.starter.checking import check_package
from ketenwijs.domain.agreements.starter.wording import OTHER, UNKNOWN_CODE, WHAT_TO_DO, told
from ketenwijs.domain.agreements.tests.access import ACCESS, MAKERS
from ketenwijs.domain.agreements.tests.factories import ROBOT, example_agreement, member, person, staff, worker
from ketenwijs.foundation.access.selectors import viewer_of
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import INSTALLATION, Scope, agreement_scope
from ketenwijs.foundation.accounts.models import Invitation, Person
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.services import mark_used
from ketenwijs.foundation.content.texts import Texts
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.publishing.selectors import current
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
SLUG = "example-wicker"
PAGES = ("starting", "starter_package", "package_upload", "package_confirm", "first_lead")


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


def holder(role="agreement_maker"):
    somebody = person(role)
    give(actor=ROBOT, person=somebody, role=role, scope=Scope(INSTALLATION, "all"))
    return viewer_of(somebody)


def starter(slug=SLUG):
    names = Texts(nl="Vlechtwerk", fr="Vannerie", en="Wicker")
    return starter_files(Wanted(slug, names, date(2024, 1, 1)), language="nl")


def edited(**changes):
    """The starter package with functions applied to the data of a file, by the first word of its name."""
    files = {}
    for name, text in starter().items():
        data = yaml.safe_load(text)
        change = changes.get(re.split(r"[-.]", name)[0])
        if change is not None:
            change(data)
        files[name] = yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()
    return files


def codes(files):
    return {fault.code for fault in check_package(files).faults}


def page(name, *arguments):
    return reverse(f"agreements:{name}", args=arguments)


def upload(client, files):
    sent = [SimpleUploadedFile(name, content) for name, content in files.items()]
    return client.post(page("package_upload"), {"upload": sent})


def raise_version(data):
    data["version"] = "2"


def break_agreement(data):
    data["themes"][0]["code"] = "no-such-theme"
    data["years"][1]["starts_on"] = date(2024, 12, 1)
    data["terms"].append({**data["terms"][0], "code": "again"})
    data["groups"][0]["code"] = "supporter"
    del data["name"]["fr"]


def break_framework(data):
    data["instrument"] = {
        "family": "weighted_score",
        "weights": [{"step": "1", "percent": 20}, {"step": "9", "percent": 20}],
        "pass_marks": [{"from_year": 2, "percent": 60}, {"from_year": 1, "percent": 40}],
        "example": True,
        "source": "test",
    }
    data["replaces"] = f"framework:{SLUG}:1"


def break_figures(data):
    one = data["figures"][0]
    data["figures"] = [{**one, "part_of": "b"}, {**one, "code": "b", "part_of": one["code"]}]


def test_all_faults_of_all_files_are_told_at_once():
    found = codes(edited(agreement=break_agreement, framework=break_framework, observations=break_figures))
    assert found >= {
        "translation",
        "unknown_theme",
        "overlap",
        "duplicate_code",
        "weights",
        "unknown_step",
        "pass_mark",
        "circle",
    }


def test_a_missing_language_is_told_with_its_line_and_place():
    files = {name: text.encode() for name, text in starter().items()}
    files["agreement.yaml"] = files["agreement.yaml"].replace(b', fr: "Vannerie"', b"")
    fault = next(one for one in check_package(files).faults if one.code == "translation")
    assert fault.path == "name.fr"
    assert files["agreement.yaml"].decode().splitlines()[fault.line - 1].startswith("name:")


def test_a_file_with_faults_does_not_make_its_neighbours_look_wrong():
    files = edited(framework=lambda data: data.update(requirements="none"))
    assert codes(files) == {"shape"}
    files = edited(agreement=lambda data: data.update(terms="none"))
    assert codes(files) == {"shape"}


def test_files_of_two_agreements_and_a_wrong_encoding_are_told():
    files = {**edited(), "observations.yaml": b"identifier: observations:x\nagreement: other\n"}
    assert "two_agreements" in codes(files)
    assert codes({"agreement.yaml": "name: é".encode("latin-1")}) >= {"encoding"}


def test_a_changed_text_of_an_edition_in_use_is_a_fault_among_the_others():
    services.apply_package(actor=ROBOT, files=edited())
    mark_used(Edition.objects.get(identifier=f"framework:{SLUG}:1"))

    def other_text(data):
        data["requirements"][0]["minimum"] = 2
        data["requirements"][1]["substep"] = "9.9"

    assert codes(edited(framework=other_text)) == {"in_use", "unknown_substep"}
    assert codes(edited(framework=raise_version)) == set()
    assert codes(edited()) == set()


def test_a_changed_agreement_is_held_against_its_stored_framework():
    services.apply_package(actor=ROBOT, files=edited())

    def without_scheme(data):
        data["schemes"][0]["code"] = "other"
        data["terms"][0]["scheme"] = "other"

    alone = {"agreement.yaml": edited(agreement=without_scheme)["agreement.yaml"]}
    faults = check_package(alone).faults
    assert [(one.code, one.file.rsplit("/", 1)[-1]) for one in faults] == [("unknown_scheme", "framework-1.yaml")]


def test_one_file_alone_is_checked_with_what_is_stored():
    services.apply_package(actor=ROBOT, files=edited())
    alone = {"framework-1.yaml": edited(framework=raise_version)["framework-1.yaml"]}
    assert check_package(alone).faults == []
    assert codes({"framework-1.yaml": edited()["framework-1.yaml"].replace(SLUG.encode(), b"nobody")}) == {
        "unknown_agreement"
    }


def test_every_kind_of_fault_has_words():
    broken = edited(agreement=break_agreement, framework=break_framework, observations=break_figures)
    for fault in check_package(broken).faults:
        assert told(fault).what_to_do != OTHER, fault.code
        assert fault.code in WHAT_TO_DO or told(fault).what_to_do == UNKNOWN_CODE


def test_applying_makes_the_agreement_its_public_copy_and_its_figures():
    agreement, applied = services.apply_package(actor=holder(), files=edited())
    assert len(applied.new) == 3
    assert str(selectors.definition_of(agreement).name) == "Wicker"
    assert current("agreements.agreement", SLUG).payload["name"]["nl"] == "Vlechtwerk"
    assert agreement.observations.count() == 1


def test_nothing_is_applied_when_one_file_has_a_fault_or_somebody_may_not():
    with pytest.raises(DomainError):
        services.apply_package(actor=holder(), files=edited(framework=break_framework))
    with pytest.raises(NotAllowed):
        services.apply_package(actor=staff(example_agreement()), files=edited())
    assert not Edition.objects.filter(identifier__contains=SLUG).exists()
    assert not Agreement.objects.filter(slug=SLUG).exists()


def test_applying_one_agreement_leaves_the_others_alone():
    example_agreement()
    before = JournalEntry.objects.filter(event="content.edition.applied").count()
    services.apply_package(actor=holder(), files=edited())
    assert JournalEntry.objects.filter(event="content.edition.applied").count() == before + 3


@pytest.mark.parametrize("family", FAMILY_NAMES)
def test_the_maker_goes_from_download_to_use_on_screen_for_every_way_of_measuring(client, family):
    client.force_login(holder().person)
    wanted = {"slug": SLUG, "name_nl": "Vlechtwerk", "first_day": "2024-01-01", "family": family}
    answer = client.post(page("starter_package"), wanted)
    assert answer["Content-Type"] == "application/zip"
    shown = upload(client, {"package.zip": answer.content})
    assert shown.context["faults"] == []
    assert shown.context["is_new"]
    assert not Agreement.objects.filter(slug=SLUG).exists()
    done = client.post(page("package_confirm"), {"files": shown.context["sealed"]}, follow=True)
    assert b"3 files were brought into use" in done.content
    assert [line.agreement.slug for line in done.context["lines"]] == [SLUG]
    again = upload(client, {"package.zip": answer.content})
    assert b"There is nothing to change" in again.content


def test_the_page_tells_what_is_wrong_in_which_line_and_stores_nothing(client):
    client.force_login(holder().person)
    answer = upload(client, edited(agreement=break_agreement))
    assert answer.context["fault_count"] >= 4
    assert b"agreement.yaml:" in answer.content
    assert b"Let one begin after the other has ended" in answer.content
    assert "sealed" not in answer.context
    refused = upload(client, {"letter.docx": b"x"})
    assert b"letter.docx" in refused.content
    assert client.post(page("package_upload"), {}).status_code == 200


def test_a_preview_that_was_changed_or_is_somebody_elses_is_refused(client):
    client.force_login(holder().person)
    text = upload(client, edited()).context["sealed"]
    client.force_login(holder("operator").person)
    for sent in (text, text + "x", ""):
        answer = client.post(page("package_confirm"), {"files": sent}, follow=True)
        assert b"no longer valid" in answer.content
    assert not Agreement.objects.filter(slug=SLUG).exists()


def test_the_starter_form_keeps_what_was_typed_when_the_word_is_taken_or_wrong(client):
    services.apply_package(actor=ROBOT, files=edited())
    client.force_login(holder().person)
    for slug in (SLUG, "members", "No Good"):
        answer = client.post(
            page("starter_package"),
            {"slug": slug, "name_nl": "Typed name", "first_day": "2024-01-01", "family": "requirement_list"},
        )
        assert answer.status_code == 200
        assert b"Typed name" in answer.content
        assert answer.context["form"].errors["slug"]


def lead_words(**changes):
    return {"email": "lead@example.org", "name": "Lead", "role": "secretariat_lead", "language": "en", **changes}


def test_the_maker_invites_the_first_lead_and_only_the_first(client, django_capture_on_commit_callbacks):
    agreement, _applied = services.apply_package(actor=ROBOT, files=edited())
    client.force_login(holder().person)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page("first_lead", SLUG), lead_words()).status_code == 302
    first = Invitation.objects.get()
    assert (first.role, first.scope_key) == ("secretariat_lead", SLUG)
    client.post(page("first_lead", SLUG), lead_words(email="other@example.org"))
    first.refresh_from_db()
    assert first.revoked_at is not None
    give(actor=ROBOT, person=person("lead"), role="secretariat_lead", scope=agreement_scope(agreement.slug))
    assert client.get(page("first_lead", SLUG)).status_code == 404
    with pytest.raises(DomainError):
        services.invite_first_lead(
            actor=viewer_of(Person.objects.get(email="agreement_maker@example.org")),
            agreement=agreement,
            **lead_words(),
        )


def test_a_maker_gives_no_other_role_and_nobody_else_gives_the_first():
    agreement, _applied = services.apply_package(actor=ROBOT, files=edited())
    maker = holder()
    for actor, role in (
        (maker, "assessor"),
        (holder("operator"), "secretariat_lead"),
        (staff(agreement, "adviser"), "secretariat_lead"),
    ):
        with pytest.raises(NotAllowed):
            services.invite_first_lead(actor=actor, agreement=agreement, **lead_words(role=role))


def test_a_maker_sees_nothing_of_members(client):
    agreement = example_agreement()
    membership = member(agreement)
    client.force_login(holder().person)
    for address in (
        page("agreement", agreement.slug),
        page("members", agreement.slug),
        page("people", agreement.slug),
        page("member", agreement.slug, membership.organisation.reference),
    ):
        assert client.get(address).status_code in (403, 404)


@pytest.mark.parametrize("name", PAGES)
def test_only_makers_and_the_operator_find_these_pages(client, name):
    agreement, _applied = services.apply_package(actor=ROBOT, files=edited())
    row = next(one for one in ACCESS if one["url"] == f"agreements:{name}")
    address = page(name, *([SLUG] if name == "first_lead" else []))
    other = example_agreement()
    insiders = [staff(agreement, "adviser"), staff(other), worker(member(other).organisation)]
    for viewer, allowed in [
        *((one, False) for one in insiders),
        *((holder(r), r in row["roles"]) for r in sorted(MAKERS)),
    ]:
        client.force_login(viewer.person)
        for method in row["methods"]:
            answer = client.generic(method, address).status_code
            assert answer == (row["answer"] if allowed else 404), (viewer.held, method)
    client.logout()
    assert client.get(address).status_code == 302


def test_the_archive_in_the_desk_is_the_one_of_the_command(client):
    client.force_login(holder().person)
    sent = {
        "slug": SLUG,
        "name_nl": "Vlechtwerk",
        "name_fr": "Vannerie",
        "name_en": "Wicker",
        "first_day": "2024-01-01",
        "family": "requirement_list",
    }
    client.cookies.load({"django_language": "nl"})
    assert client.post(page("starter_package"), sent).content == zipped(starter(), SLUG)
