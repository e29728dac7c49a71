"""A finished round tried out under a draft: the right, the page, both sources of a draft, the download; nothing stored."""

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.agreements.models import LevelPeriod
from ketenwijs.domain.agreements.starter.checking import check_package
from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, framework_content, member, staff, words
from ketenwijs.domain.agreements.tests.factories import example_agreement as agreement_called
from ketenwijs.domain.assessments.models import Dossier, Finding, Outcome, Round
from ketenwijs.domain.assessments.simulation import draft_of, editions_to_try, simulate, tables_of
from ketenwijs.domain.assessments.simulation.tables import Cell
from ketenwijs.domain.assessments.tests import factories, families
from ketenwijs.domain.assessments.tests.factories import LATER, POLICY, TRAINED, YEAR, world
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.services import apply_checked
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def cast():
    """A published round: policy answered with 2 on the scale and met, trained met, level 1."""
    found = world()
    found.open_round()
    found.until_decided()
    found.confirm_and_publish()
    return found


RUBRIC = [{"value": n, "name": words(f"rung {n}")} for n in range(5)]


def draft_content(minimum=3, **more):
    wanted = [
        factories._requirement(POLICY, "scale", minimum=minimum, plan=True),
        factories._requirement(TRAINED, "yes_no"),
        factories._requirement(LATER, "scale", 2, minimum=2),
        *more.pop("extra", []),
    ]
    return framework_content("second") | {"version": "2", "rubric": RUBRIC, "requirements": wanted, **more}


def store(content):
    """The draft as a stored edition that nothing uses."""
    package = check_package({"framework-second.yaml": yaml.safe_dump(content, allow_unicode=True).encode()})
    assert [str(one) for one in package.faults] == []
    apply_checked(actor=factories.ROBOT, result=package.result)
    return Edition.objects.get(identifier=content["identifier"], version=content["version"])


def round_of(cast):
    return Round.objects.select_related("agreement", "edition").get(agreement=cast.agreement, year=YEAR)


def tried(cast, content, **options):
    edition, found = store(content), round_of(cast)
    with fenced_for(cast.lead):
        return simulate(cast.lead, found, draft_of(found, edition), **options)


def page(cast, **query):
    return reverse("assessments:simulate", args=[cast.agreement.slug, YEAR], query=query)


def test_a_raised_minimum_takes_the_outcome_away_and_people_are_left_to_decide(cast):
    found = tried(cast, draft_content(minimum=3))
    assert [(one.worst[0], one.best[0]) for one in found.rows] == [("", "")]
    assert (found.rows[0].recomputed, found.rows[0].unknown) == (1, 0)
    tables = tables_of(found)
    assert [(line.code, line.total) for line in tables.cross] == [("l1", 1)]
    assert tables.cross[0].cells[tables.outcomes.index("")] == Cell(1, 1)
    assert {line.requirement.code: line.short for line in tables.requirements} == {POLICY: 1, TRAINED: 0}


def test_the_same_requirements_give_the_outcome_that_was_published(cast):
    found = tried(cast, draft_content(minimum=2))
    assert [(one.worst, one.best) for one in found.rows] == [(("l1", 1), ("l1", 1))]


def test_a_new_requirement_makes_a_range_that_the_tables_show(cast):
    fresh = factories._requirement("fresh", "yes_no")
    tables = tables_of(tried(cast, draft_content(minimum=2, extra=[fresh])))
    assert (tables.unknown, tables.open_members) == (1, 1)
    cells = dict(zip(tables.outcomes, tables.groups[0].cells, strict=True))
    assert (cells[""], cells["l1"], cells["l2"]) == (Cell(0, 1), Cell(0, 1), Cell(0, 0))


def test_nothing_is_stored_or_published_by_trying_out(cast):
    store(draft_content())
    before = counted()
    found = round_of(cast)
    with fenced_for(cast.lead):
        simulate(cast.lead, found, draft_of(found, editions_to_try(found)[0]))
    assert counted() == before


def counted():
    with unfenced(reason="test"):
        models = (Dossier, Finding, Outcome, LevelPeriod, Edition, Publication, JournalEntry)
        return [list(model.objects.order_by("pk").values()) for model in models]


def test_reports_that_are_not_finished_are_left_out_and_counted(cast):
    with unfenced(reason="test"):
        Dossier.objects.update(state="confirmed")
    found = tried(cast, draft_content())
    assert (found.rows, found.left_out) == ([], 1)


def test_only_the_lead_of_this_agreement_tries_out(cast):
    edition, found = store(draft_content()), round_of(cast)
    for viewer in (cast.assessor, cast.owner, staff(agreement_called(OTHER_SLUG))):
        with fenced_for(viewer), pytest.raises(NotAllowed):
            simulate(viewer, found, draft_of(found, edition))


def test_the_edition_of_the_round_is_not_offered_and_unused_ones_come_first(cast):
    store(draft_content())
    offered = [(one.identifier.rsplit(":")[-1], one.version) for one in editions_to_try(round_of(cast))]
    assert offered == [("second", "2"), ("first", "1")]


def test_where_nobody_is_judged_there_is_nothing_to_try_out():
    cast = families.cast_of("self_assessment")
    cast.open_round()
    found = cast.round()
    with fenced_for(cast.lead), pytest.raises(DomainError):
        simulate(cast.lead, found, draft_of(found, editions_to_try(found)[0]))


def test_the_page_works_out_a_stored_edition_and_hands_out_a_sheet(cast, client):
    edition = store(draft_content())
    sign_in(client, cast.lead)
    assert "simulation" not in client.get(page(cast)).context
    answer = client.get(page(cast, edition=edition.pk))
    assert answer.context["tables"].everybody.total == 1
    assert b"left to people" in answer.content
    sheet = client.get(page(cast, edition=edition.pk, csv=1))
    assert sheet["Content-Type"].startswith("text/csv")
    assert sheet.content.decode("utf-8-sig").splitlines()[1].startswith("Voorbeeld Leisteen BV;C;")


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(cast, client):
    edition = store(draft_content())
    cast.firm.organisation.name = "=1+1"
    cast.firm.organisation.save()
    sign_in(client, cast.lead)
    assert "'=1+1;" in client.get(page(cast, edition=edition.pk, csv=1)).content.decode()


def test_nonsense_as_an_edition_is_told_in_the_form(cast, client):
    sign_in(client, cast.lead)
    for chosen in ("0", "x", ""):
        assert client.get(page(cast, edition=chosen)).status_code == 200


def uploaded(content, name="framework-second.yaml"):
    return SimpleUploadedFile(name, yaml.safe_dump(content, allow_unicode=True).encode())


def test_an_uploaded_draft_is_worked_out_and_applied_nowhere(cast, client):
    sign_in(client, cast.lead)
    before = counted()
    answer = client.post(page(cast), {"upload": [uploaded(draft_content())]})
    assert answer.context["tables"].everybody.cells[0] == Cell(1, 1)
    sheet = client.post(page(cast), {"draft": answer.context["sealed"], "csv": "1"})
    assert sheet["Content-Type"].startswith("text/csv")
    assert counted() == before


def test_all_faults_of_an_uploaded_draft_are_told_with_their_lines(cast, client):
    sign_in(client, cast.lead)
    content = draft_content()
    content["requirements"][0]["minimum"] = 99
    content["requirements"][1]["substep"] = "9.9"
    del content["requirements"][2]["title"]["fr"]
    answer = client.post(page(cast), {"upload": [uploaded(content)]})
    assert answer.context["fault_count"] == 3
    assert all(fault.line > 1 for fault in answer.context["faults"])
    assert "simulation" not in answer.context


def test_uploads_that_are_no_draft_of_this_agreement_are_refused_in_a_sentence(cast, client):
    sign_in(client, cast.lead)
    wrong = [
        SimpleUploadedFile("draft.docx", b"x"),
        SimpleUploadedFile("draft.zip", b"no archive"),
        uploaded(framework_content("first", OTHER_SLUG) | {"version": "2"}),
    ]
    agreement_called(OTHER_SLUG)
    for one in wrong:
        answer = client.post(page(cast), {"upload": [one]})
        assert answer.status_code == 200
        assert "simulation" not in answer.context
    assert client.post(page(cast), {"draft": "forged", "csv": "1"}).status_code == 200
    assert client.post(page(cast), {}).status_code == 200


def test_the_page_takes_as_many_queries_for_thirty_reports_as_for_one(cast, client):
    edition = store(draft_content())
    sign_in(client, cast.lead)

    def queries():
        client.get(page(cast, edition=edition.pk))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(cast, edition=edition.pk)).status_code == 200
        return len(captured)

    few = queries()
    with unfenced(reason="test"):
        first = Dossier.objects.get()
        for number in range(30):
            joined = member(cast.agreement, f"Firm {number}")
            first.pk, first.organisation, first.membership = None, joined.organisation, joined
            first.save(force_insert=True)
            Finding.objects.create(dossier=first, requirement=POLICY, verdict="met", final_verdict="met")
    assert queries() == few <= 20
