"""Public copies are added, never changed; what was public on a day can always be shown again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from pydantic import BaseModel, ConfigDict, ValidationError

from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.journal.selectors import broken_entries
from ketenwijs.foundation.publishing import kinds, selectors, services
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion

pytestmark = pytest.mark.django_db
KIND = "example.leaflet"
ACTOR = system("example")
TODAY = timezone.localdate()


class Leaflet(BaseModel):
    """An invented kind of copy."""

    model_config = ConfigDict(extra="forbid")

    title: str
    shown_from: date | None = None


class Other(BaseModel):
    """A shape of something else."""

    title: str


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register_publication_kind(kinds.PublicationKind(KIND, Leaflet, lambda key: f"/leaflets/{key}/"))


def publish(key="north/first", title="One", on=TODAY):
    return services.publish(
        actor=ACTOR, kind=KIND, key=key, payload=Leaflet(title=title), effective_on=on, chain="north"
    )


def test_a_published_copy_is_current_with_exactly_the_previewed_payload():
    payload = Leaflet(title="One", shown_from=date(2026, 7, 1))
    shown = services.preview(KIND, payload)
    services.publish(actor=ACTOR, kind=KIND, key="north/first", payload=payload, effective_on=TODAY)
    assert selectors.current(KIND, "north/first").payload == shown == {"title": "One", "shown_from": "2026-07-01"}


def test_a_newer_copy_replaces_the_older_which_stays_readable_at_its_own_address():
    first, second = publish(title="One"), publish(title="Two")
    assert selectors.current(KIND, "north/first") == second
    assert second.supersedes == first
    assert first.address == f"/leaflets/north/first/{TODAY.isoformat()}.1/"
    assert selectors.publication_at(first.address).payload["title"] == "One"
    assert list(selectors.history(KIND, "north/first")) == [second, first]


def test_what_was_in_force_on_a_day_can_be_asked_for():
    publish(title="Old", on=date(2024, 7, 1))
    publish(title="New", on=date(2025, 7, 1))
    assert selectors.as_of(KIND, "north/first", date(2024, 6, 30)) is None
    assert selectors.as_of(KIND, "north/first", date(2025, 6, 30)).payload["title"] == "Old"
    assert selectors.as_of(KIND, "north/first", date(2025, 7, 1)).payload["title"] == "New"


def test_a_copy_for_a_coming_day_is_not_public_before_that_day():
    publish(title="Now")
    publish(title="Later", on=TODAY + timedelta(days=3))
    assert selectors.current(KIND, "north/first").payload["title"] == "Now"
    assert [one.payload["title"] for one in selectors.all_current(KIND)] == ["Now"]
    assert selectors.as_of(KIND, "north/first", TODAY + timedelta(days=3)).payload["title"] == "Later"
    publish(title="Corrected today")
    assert selectors.current(KIND, "north/first").payload["title"] == "Corrected today"
    assert [one.payload["title"] for one in selectors.all_current(KIND)] == ["Corrected today"]


def test_withdrawing_is_a_new_record_and_the_past_stays_as_it_was():
    first = publish(on=date(2025, 7, 1))
    withdrawal = services.withdraw(actor=ACTOR, publication=first, reason="Wrong firm", chain="north")
    assert selectors.current(KIND, "north/first") is None
    assert selectors.all_current(KIND) == []
    assert selectors.as_of(KIND, "north/first", date(2025, 8, 1)) == first
    assert (withdrawal.sequence, withdrawal.withdrawal_reason) == (2, "Wrong firm")
    assert selectors.publication_at(withdrawal.address) is None
    publish(title="Again")
    assert selectors.current(KIND, "north/first").payload["title"] == "Again"


def test_a_withdrawal_needs_a_reason_and_the_newest_copy():
    first = publish()
    with pytest.raises(DomainError):
        services.withdraw(actor=ACTOR, publication=first, reason="  ")
    second = publish(title="Two")
    with pytest.raises(StaleVersion):
        services.withdraw(actor=ACTOR, publication=first, reason="Old")
    withdrawal = services.withdraw(actor=ACTOR, publication=second, reason="Wrong")
    with pytest.raises(StaleVersion):
        services.withdraw(actor=ACTOR, publication=withdrawal, reason="Wrong")


def test_a_stored_copy_cannot_be_changed_or_deleted():
    first = publish()
    first.payload = {"title": "Changed"}
    for attempt in (
        first.save,
        first.delete,
        Publication.objects.all().delete,
        lambda: Publication.objects.filter(pk=first.pk).update(payload={}),
        lambda: Publication.objects.bulk_update([first], ["payload"]),
    ):
        with pytest.raises(TypeError), transaction.atomic():
            attempt()
    assert selectors.current(KIND, "north/first").payload["title"] == "One"


def test_a_payload_of_another_shape_is_refused_and_nothing_is_stored():
    with pytest.raises(TypeError):
        services.publish(actor=ACTOR, kind=KIND, key="north/first", payload=Other(title="x"), effective_on=TODAY)
    with pytest.raises(ValidationError):
        services.preview(KIND, Leaflet.model_construct(title=None))
    with pytest.raises(KeyError):
        services.publish(actor=ACTOR, kind="not.known", key="a", payload=Leaflet(title="x"), effective_on=TODAY)
    assert not Publication.objects.exists()


def test_the_checksum_shows_a_copy_changed_behind_our_back():
    first = publish()
    assert selectors.is_intact(first)
    first.payload = {"title": "Changed"}
    assert not selectors.is_intact(first)


def test_every_publication_and_withdrawal_is_in_the_journal_of_its_agreement():
    services.withdraw(actor=ACTOR, publication=publish(), reason="Wrong", chain="north")
    entries = JournalEntry.objects.filter(chain="north").order_by("sequence")
    assert [entry.event for entry in entries] == ["publishing.copy.published", "publishing.copy.withdrawn"]
    assert not list(broken_entries())


def test_a_kind_registered_twice_stops_the_start():
    with pytest.raises(ValueError, match="twice"):
        kinds.register_publication_kind(kinds.PublicationKind(KIND, Leaflet))


def test_all_current_copies_under_a_prefix_cost_one_query_whatever_their_number(django_assert_num_queries):
    for number in range(30):
        publish(key=f"north/{number:02}")
        publish(key=f"north/{number:02}", title="Two")
    publish(key="NORTH/other")
    with django_assert_num_queries(1):
        found = selectors.all_current(KIND, prefix="north/")
    assert [one.key for one in found] == [f"north/{number:02}" for number in range(30)]
    assert {one.payload["title"] for one in found} == {"Two"}


def test_only_keys_are_read_where_only_keys_are_asked_for(django_assert_num_queries):
    publish(key="north/a")
    publish(key="north/a", title="Two")
    services.withdraw(actor=ACTOR, publication=publish(key="north/b"), reason="Wrong")
    publish(key="north/c", on=TODAY + timedelta(days=1))
    publish(key="NORTH/d")
    with django_assert_num_queries(1):
        assert selectors.current_keys(KIND, prefix="north/") == ["north/a"]
    assert selectors.current_keys(KIND) == ["NORTH/d", "north/a"]


def test_the_standing_changes_with_every_copy_and_with_the_day(monkeypatch):
    empty = selectors.standing()
    publish()
    first = selectors.standing()
    assert empty != first == selectors.standing()
    services.withdraw(actor=ACTOR, publication=publish(title="Two"), reason="Wrong")
    assert selectors.standing() != first
    before = selectors.standing()
    monkeypatch.setattr(timezone, "localdate", lambda *_given: TODAY + timedelta(days=1))
    assert selectors.standing() != before


def test_a_key_taken_again_after_a_rollback_is_another_standing():
    with transaction.atomic():
        publish(title="Never")
        undone = selectors.standing()
        transaction.set_rollback(True)
    publish(title="Always")
    assert selectors.standing() != undone


def test_a_copy_committed_late_under_a_lower_key_is_noticed():
    rows = [Publication(pk=key, **late(key)) for key in (900, 901)]
    rows[1].save(force_insert=True)
    before = selectors.standing()
    rows[0].save(force_insert=True)
    assert selectors.standing() != before


def late(key):
    """The fields of a copy made by hand."""
    return {
        "kind": KIND, "key": f"north/{key}", "sequence": 1, "payload": {}, "checksum": "", "published_at": timezone.now(),
        "effective_on": TODAY, "published_by_name": "", "address": f"/late/{key}/",
    }  # fmt: skip


def test_which_kinds_are_in_force_at_a_key_or_below_it(django_assert_num_queries):
    copy = publish(key="north/first")
    publish(key="northern/first")
    publish(key="south", on=TODAY + timedelta(days=1))
    with django_assert_num_queries(1):
        assert selectors.kinds_in_force([KIND, "other"], "north") == {KIND}
    assert selectors.kinds_in_force([KIND], "north/first") == {KIND}
    assert selectors.kinds_in_force(["other"], "north") == set()
    assert selectors.kinds_in_force([KIND], "south") == set()
    services.withdraw(actor=system("test"), publication=copy, reason="wrong")
    assert selectors.kinds_in_force([KIND], "north") == set()
