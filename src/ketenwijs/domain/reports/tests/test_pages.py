"""The pages of annual reports: lists that stay cheap, texts that are not lost, doors that stay shut."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.agreements.tests.factories import company, person, staff, worker
from ketenwijs.domain.reports.models import Release
from ketenwijs.domain.reports.selectors import texts_token
from ketenwijs.domain.reports.services import release, save_texts
from ketenwijs.domain.reports.tests.access import ACCESS
from ketenwijs.domain.reports.tests.factories import YEAR, draft, example_agreement
from ketenwijs.domain.reports.urls import urlpatterns

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings):
    """One language, and no second factor to set up first."""
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def adviser(agreement):
    return staff(agreement, "adviser")


@pytest.fixture
def made(adviser, agreement):
    return draft(adviser, agreement)


@pytest.fixture
def lead(agreement, client):
    viewer = staff(agreement)
    client.force_login(viewer.person)
    return client


def page(name, *arguments):
    return reverse(f"reports:{name}", args=arguments)


def test_every_page_stands_in_the_access_table():
    assert {row["url"] for row in ACCESS} == {f"reports:{one.name}" for one in urlpatterns}


def test_the_way_from_draft_to_released_report(agreement, adviser, lead, client):
    client.force_login(adviser.person)
    answer = client.post(page("make", agreement.slug, YEAR), {"reference_date": "2025-11-01"})
    made = Release.objects.get()
    assert answer.url == page("preview", made.pk)
    texts = {"seen": texts_token(made), "foreword__nl": "Voorwoord.", "foreword__en": "Foreword."}
    assert client.post(page("texts", made.pk), texts).status_code == 302
    assert "Release and publish" not in client.get(page("preview", made.pk)).content.decode()
    client.force_login(staff(agreement, name="second").person)
    seen = client.get(page("preview", made.pk)).content.decode()
    assert "Foreword." in seen
    assert "Release and publish" in seen
    assert client.post(page("release", made.pk)).status_code == 302
    made.refresh_from_db()
    assert made.released_at


def test_the_preview_is_shown_in_the_language_asked_for(made, lead):
    seen = lead.get(page("preview", made.pk), {"language": "fr"}).content.decode()
    assert "Report 6 on 2024-2025 fr" in seen
    assert "Figures fr" in seen


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html", "csv", "json"])
def test_every_kind_of_file_can_be_fetched(made, lead, suffix):
    answer = lead.get(page("download", made.pk, "nl", suffix))
    assert answer.status_code == 200
    assert f"-nl.{suffix}" in answer["Content-Disposition"]
    assert answer.content


def test_unknown_languages_and_files_are_not_found(made, lead):
    assert lead.get(page("download", made.pk, "de", "pdf")).status_code == 404
    assert lead.get(page("download", made.pk, "nl", "exe")).status_code == 404


def test_a_wrong_date_keeps_the_form_with_a_sentence(agreement, lead):
    answer = lead.post(page("make", agreement.slug, YEAR), {"reference_date": "2020-01-01"})
    assert answer.status_code == 200
    assert "before the report year" in answer.content.decode()
    assert "2020-01-01" in answer.content.decode()


def test_texts_of_two_people_are_both_shown_and_the_second_save_is_a_decision(made, adviser, lead):
    old = texts_token(made)
    save_texts(actor=adviser, release=made, paragraphs={"foreword": {"nl": "Van de collega"}}, seen=old)
    answer = lead.post(page("texts", made.pk), {"seen": old, "foreword__nl": "Van mij"})
    seen = answer.content.decode()
    assert answer.status_code == 409
    assert "Van de collega" in seen
    assert "Van mij" in seen
    made.refresh_from_db()
    assert made.texts["paragraphs"]["foreword"]["nl"] == "Van de collega"
    answer = lead.post(page("texts", made.pk), {"seen": texts_token(made), "foreword__nl": "Van mij"})
    assert answer.status_code == 302


def test_ones_own_report_is_refused_with_a_sentence(agreement, client):
    viewer = staff(agreement, name="alone")
    client.force_login(viewer.person)
    own = draft(viewer, agreement)
    answer = client.post(page("release", own.pk))
    assert answer.status_code == 409
    assert "Ask a colleague" in answer.content.decode()


def test_reading_never_releases(made, lead):
    assert lead.get(page("release", made.pk)).status_code == 405
    made.refresh_from_db()
    assert made.released_at is None


def test_readers_get_released_reports_and_nothing_else(agreement, adviser, made, client):
    reader = staff(agreement, "party_member")
    client.force_login(reader.person)
    assert client.get(page("preview", made.pk)).status_code == 404
    assert client.get(page("download", made.pk, "nl", "csv")).status_code == 404
    assert client.get(page("make", agreement.slug, YEAR)).status_code == 404
    release(actor=staff(agreement, name="lead"), release=made)
    assert client.get(page("preview", made.pk)).status_code == 200
    assert client.get(page("texts", made.pk)).status_code == 404
    assert client.get(page("home")).status_code == 200


def test_companies_and_strangers_find_nothing(made, client):
    for somebody in (worker(company()).person, person("stranger")):
        client.force_login(somebody)
        for address in (page("home"), page("preview", made.pk), page("download", made.pk, "nl", "json")):
            assert client.get(address).status_code == 404


def test_visitors_are_sent_to_sign_in(made, client):
    assert client.get(page("home")).status_code == 302
    assert client.get(page("preview", made.pk)).status_code == 302


def test_the_list_takes_as_many_queries_for_many_reports_as_for_few(agreement, adviser, made, lead):
    def queries():
        with CaptureQueriesContext(connection) as taken:
            assert lead.get(page("home")).status_code == 200
        return len(taken)

    queries()
    few = queries()
    made.refresh_from_db()
    for number in range(40):
        made.pk, made.checksum = None, str(number)
        made.save(force_insert=True)
    assert queries() == few <= 15
