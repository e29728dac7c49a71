"""Making, writing and releasing a report, by two people."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from ketenwijs.domain.agreements.tests.factories import company, member, staff, worker
from ketenwijs.domain.reports.figures import AnnualReport
from ketenwijs.domain.reports.models import Release
from ketenwijs.domain.reports.selectors import (
    is_intact,
    release_for,
    releases_visible_to,
    report_of,
    serialised,
    texts_token,
)
from ketenwijs.domain.reports.services import make_release, release, save_texts
from ketenwijs.domain.reports.tests.factories import DAY, YEAR, checked, draft, example_agreement, report_content
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.publishing.selectors import current
from ketenwijs.foundation.publishing.selectors import is_intact as copy_is_intact
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db
BOTH = {"foreword": {"nl": "Voorwoord.", "en": "Foreword."}}


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def adviser(agreement):
    return staff(agreement, "adviser")


@pytest.fixture
def lead(agreement):
    return staff(agreement)


def write(actor, made, paragraphs):
    return save_texts(actor=actor, release=made, paragraphs=paragraphs, seen=texts_token(made))


def test_a_colleague_releases_and_the_public_copy_holds_everything(agreement, adviser, lead):
    made = write(adviser, draft(adviser, agreement), BOTH)
    done = release(actor=lead, release=made)
    copy = current("reports.annual", f"{agreement.slug}/{YEAR}")
    payload = AnnualReport.model_validate(copy.payload)
    assert copy_is_intact(copy)
    assert done.released_by == lead.person
    assert payload == report_of(done)
    assert payload.blocks[0].text["nl"] == "Voorwoord."
    assert payload.checksum == done.checksum


def test_a_report_released_after_midnight_carries_the_day_of_the_reader(agreement, adviser, lead):
    done = release(actor=lead, release=write(adviser, draft(adviser, agreement), BOTH))
    done.released_at = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert report_of(done).released_on == date(2026, 7, 1)


def test_the_maker_cannot_release_and_neither_can_a_writer(agreement, adviser, lead):
    own = draft(lead, agreement)
    with pytest.raises(NotAllowed):
        release(actor=lead, release=own)
    written = write(lead, draft(adviser, agreement), BOTH)
    with pytest.raises(NotAllowed):
        release(actor=lead, release=written)
    assert current("reports.annual", f"{agreement.slug}/{YEAR}") is None


def test_an_adviser_cannot_release(agreement, adviser, lead):
    with pytest.raises(NotAllowed):
        release(actor=adviser, release=draft(lead, agreement))


def test_companies_and_readers_cannot_make_or_write(agreement, adviser):
    made = draft(adviser, agreement)
    for stranger in (worker(company()), staff(agreement, "steering_member"), staff(agreement, "party_member")):
        with pytest.raises(NotAllowed):
            draft(stranger, agreement)
        with pytest.raises(NotAllowed):
            write(stranger, made, BOTH)
        with pytest.raises(NotAllowed):
            release(actor=stranger, release=made)


def test_a_released_report_never_changes_and_a_correction_names_it(agreement, adviser, lead):
    first = release(actor=lead, release=draft(adviser, agreement))
    with pytest.raises(DomainError):
        write(adviser, first, BOTH)
    with pytest.raises(StaleVersion):
        release(actor=lead, release=first)
    second = release(actor=lead, release=draft(adviser, agreement, day=DAY + timedelta(days=1)))
    assert second.replaces == first
    assert report_of(second).replaces_checksum == first.checksum
    assert current("reports.annual", f"{agreement.slug}/{YEAR}").sequence == 2


def test_frozen_figures_give_the_same_report_after_the_register_changed(agreement, adviser):
    member(agreement, "Example one")
    made = draft(adviser, agreement)
    before = serialised(report_of(made))
    member(agreement, "Example two")
    again = Release.objects.get(pk=made.pk)
    assert serialised(report_of(again)) == before
    assert is_intact(again)
    assert draft(adviser, agreement).checksum != made.checksum


def test_the_same_facts_give_the_same_checksum(agreement, adviser):
    assert draft(adviser, agreement).checksum == draft(adviser, agreement).checksum


def test_changed_figures_are_noticed_and_not_released(agreement, adviser, lead):
    made = draft(adviser, agreement)
    Release.objects.filter(pk=made.pk).update(figures={**made.figures, "minimum_contributors": 1})
    made.refresh_from_db()
    assert not is_intact(made)
    with pytest.raises(DomainError):
        release(actor=lead, release=made)


def test_texts_typed_on_an_old_page_do_not_overwrite_newer_ones(agreement, adviser, lead):
    made = draft(adviser, agreement)
    seen = texts_token(made)
    write(lead, made, BOTH)
    with pytest.raises(StaleVersion):
        save_texts(actor=adviser, release=made, paragraphs={"foreword": {"nl": "Anders"}}, seen=seen)
    made.refresh_from_db()
    assert made.texts["paragraphs"]["foreword"]["nl"] == "Voorwoord."


def test_a_text_without_a_place_is_refused_and_empty_texts_are_left_out(agreement, adviser):
    made = draft(adviser, agreement)
    with pytest.raises(DomainError):
        write(adviser, made, {"elsewhere": {"nl": "x"}})
    assert write(adviser, made, {"foreword": {"nl": "  "}}).texts["paragraphs"] == {}


def test_a_text_must_be_written_in_the_languages_asked_for(agreement, adviser, lead):
    made = write(adviser, draft(adviser, agreement), {"foreword": {"nl": "Alleen Nederlands."}})
    with pytest.raises(DomainError, match="en"):
        release(actor=lead, release=made)
    assert release(actor=lead, release=write(adviser, made, BOTH)).released_at


def test_texts_are_taken_along_to_the_next_draft_of_the_same_year(agreement, adviser):
    write(adviser, draft(adviser, agreement), BOTH)
    assert draft(adviser, agreement).texts["paragraphs"] == BOTH
    assert draft(adviser, agreement, "2023-2024").texts == {}


def test_reference_dates_outside_the_possible_are_refused(agreement, adviser):
    for day in (date(2024, 9, 30), timezone.localdate() + timedelta(days=1)):
        with pytest.raises(DomainError) as refusal:
            draft(adviser, agreement, day=day)
        assert "reference_date" in refusal.value.fields
    with pytest.raises(DomainError):
        make_release(actor=adviser, agreement=agreement, year="1999-2000", reference_date=DAY)


def test_readers_see_released_reports_only_and_strangers_none(agreement, adviser, lead):
    made = draft(adviser, agreement)
    reader, stranger = staff(agreement, "steering_member"), worker(company())
    assert release_for(reader, made.pk) is None
    assert release_for(adviser, made.pk) == made
    release(actor=lead, release=made)
    assert release_for(reader, made.pk) == made
    assert list(releases_visible_to(stranger)) == []


def test_making_writing_and_releasing_are_journalled(agreement, adviser, lead):
    release(actor=lead, release=write(adviser, draft(adviser, agreement), BOTH))
    events = JournalEntry.objects.filter(chain=agreement.slug).values_list("event", flat=True)
    assert {"reports.release.made", "reports.texts.saved", "reports.release.released"} <= set(events)


def test_the_template_is_frozen_with_its_first_use(agreement, adviser):
    made = draft(adviser, agreement)
    assert Release.objects.select_related("template").get(pk=made.pk).template.used_at


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"agreement": "nowhere"}, "unknown_agreement"),
        ({"title": {"nl": "{name}", "fr": "x", "en": "x"}}, "unknown_gap"),
        ({"blocks": report_content()["blocks"] * 2}, "duplicate_code"),
        ({"blocks": report_content()["blocks"][1:] * 2}, "duplicate_indicator"),
        (
            {"blocks": [{"code": "a", "heading": report_content()["title"], "indicators": [
                {"code": "no.such", "name": report_content()["title"]}]}]},
            "unknown_indicator",
        ),
    ],
)  # fmt: skip
def test_a_faulty_template_is_refused_with_the_place(changes, code):
    faults = checked(report=report_content(**changes)).faults
    assert code in {fault.code for fault in faults}
