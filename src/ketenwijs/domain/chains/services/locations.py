"""What happens to a location of the register: corrected, numbered, closed, moved, merged, split. Nothing is deleted.

Frozen reports hold their own copy of every place, so nothing done here touches a round that was closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.chains import choices
from ketenwijs.domain.chains.coordinates import wrong_coordinates
from ketenwijs.domain.chains.models import SharedSite, SharedSiteChange, SharedSiteIdentifier, SiteMatch
from ketenwijs.domain.chains.rules.numbers import fault_of_number, plain_number
from ketenwijs.domain.chains.selectors.locations import running_matches
from ketenwijs.domain.chains.services.matching import deciding, journal, note
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.ui.errors import DomainError, Sentence, StaleVersion

What, State = SharedSiteChange.What, SharedSite.State
MOST_NAMES = 20


@dataclass(frozen=True)
class LocationValues:
    """A location as typed. Coordinates in degrees, both or neither; `country` ISO 3166-1."""

    kind: str
    name: str
    other_names: tuple[str, ...] = ()
    place: str = ""
    country: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@transaction.atomic
def change_location(
    *, actor: Viewer, agreement: Agreement, location: SharedSite, version: int, values: LocationValues
) -> SharedSite:
    """Correct a location; what stood there before stays in its history. `StaleVersion` for an outdated page."""
    with deciding(actor, agreement):
        _check(values)
        found = _held(agreement, location, version)
        before = {name: getattr(found, name) for name in asdict(values)}
        for name, value in asdict(values).items():
            setattr(found, name, list(value) if name == "other_names" else value)
        found.save()
        changed = {name: _plain(value) for name, value in before.items() if value != getattr(found, name)}
        note(actor, found, What.CHANGED, details=changed)
        journal(actor, agreement, "chains.location.changed", found, parts=sorted(changed))
        return found


@transaction.atomic
def add_number(
    *, actor: Viewer, agreement: Agreement, location: SharedSite, scheme: str, value: str, checked_on: date, today: date
) -> SharedSiteIdentifier:
    """Note a number of a location. Its shape and check digit are looked at; the day must not lie ahead."""
    with deciding(actor, agreement):
        plain = plain_number(scheme, value)
        fault = fault_of_number(scheme, plain)
        if fault:
            raise DomainError(_("The number was not saved."), fields={"value": fault})
        if checked_on > today:
            raise DomainError(_("The number was not saved."), fields={"checked_on": _("This day has yet to come.")})
        found = _open(agreement, location)
        same = SharedSiteIdentifier.objects.filter(shared__agreement=agreement, scheme=scheme, value=plain)
        taken = same.select_related("shared__current").first()
        if taken is not None:
            sentence = _("%(name)s has this number already. If both are one location, merge them.")
            raise DomainError(sentence % {"name": taken.shared.current})
        made = SharedSiteIdentifier.objects.create(shared=found, scheme=scheme, value=plain, checked_on=checked_on)
        note(actor, found, What.NUMBERED, details={"scheme": scheme, "value": plain})
        journal(actor, agreement, "chains.location.numbered", found, scheme=scheme)
        return made


@transaction.atomic
def close_location(*, actor: Viewer, agreement: Agreement, location: SharedSite, version: int, on: date) -> SharedSite:
    """Say that no work is done there any more since a day. Its matches and numbers stay."""
    with deciding(actor, agreement):
        found = _held(agreement, location, version)
        _ensure(found.state == State.OPEN, _("Only an open location can be closed."))
        return _put(actor, agreement, found, State.CLOSED, on, What.CLOSED, "chains.location.closed")


@transaction.atomic
def move_location(
    *, actor: Viewer, agreement: Agreement, location: SharedSite, version: int, on: date, values: LocationValues
) -> SharedSite:
    """The work went on at another place since a day: a new location, to which the old one points. Returns the new one."""
    with deciding(actor, agreement):
        _check(values)
        found = _held(agreement, location, version)
        _ensure(found.state == State.OPEN, _("Only an open location can move."))
        made = _made(agreement, values)
        found.moved_to = made
        _put(actor, agreement, found, State.MOVED, on, What.MOVED, "chains.location.moved", made)
        note(actor, made, What.REGISTERED, found)
        return made


@transaction.atomic
def reopen_location(*, actor: Viewer, agreement: Agreement, location: SharedSite, version: int) -> SharedSite:
    """Take closing or moving back. The place it had moved to stays a location of its own."""
    with deciding(actor, agreement):
        found = _held(agreement, location, version)
        _ensure(found.state != State.OPEN, _("This location is open."))
        found.moved_to = None
        return _put(actor, agreement, found, State.OPEN, None, What.REOPENED, "chains.location.reopened")


@transaction.atomic
def merge_locations(*, actor: Viewer, agreement: Agreement, gone: SharedSite, kept: SharedSite) -> SharedSite:
    """Say that two locations are one: `kept` stands for both. Matches, numbers and names stay where they were written
    and are read through it, so the merge can be undone and old numbers keep resolving. Returns the one that is kept.
    """
    with deciding(actor, agreement):
        left, right = _open(agreement, gone), _open(agreement, kept)
        _ensure(left.pk != right.pk, _("Choose another location to merge with."))
        alike = choices.stage_of(left.kind) == choices.stage_of(right.kind)
        _ensure(alike, _("A quarry and a factory cannot be one location. Correct the kind first."))
        SharedSite.objects.filter(pk=left.pk).update(merged_into=right, version=F("version") + 1)
        SharedSite.objects.filter(agreement=agreement, current=left).update(current=right)
        note(actor, left, What.MERGED, right)
        journal(actor, agreement, "chains.location.merged", left, into=right.pk)
        return right


@transaction.atomic
def undo_merge(*, actor: Viewer, agreement: Agreement, location: SharedSite) -> SharedSite:
    """Let a merged location stand for itself again, with everything that had been merged into it before."""
    with deciding(actor, agreement):
        found = SharedSite.objects.filter(agreement=agreement, pk=location.pk).first()
        if found is None or found.merged_into_id is None:
            raise DomainError(_("This merge was undone already. Reload the page."))
        into = found.merged_into
        SharedSite.objects.filter(pk=found.pk).update(merged_into=None, version=F("version") + 1)
        SharedSite.objects.filter(pk__in=_below(agreement, found.pk)).update(current=found)
        note(actor, found, What.UNMERGED, into)
        journal(actor, agreement, "chains.location.unmerged", found)
        return SharedSite.objects.get(pk=found.pk)


@transaction.atomic
def split_location(
    *, actor: Viewer, agreement: Agreement, location: SharedSite, version: int, matches: Sequence[int],
    values: LocationValues,
) -> SharedSite:  # fmt: skip
    """Say that some of the sites here are another place: they become a location of their own, which is returned.

    The earlier decisions stay as undone ones; numbers stay with the old location.
    """
    with deciding(actor, agreement):
        _check(values)
        found = _held(agreement, location, version)
        here = running_matches(agreement).filter(shared__current=found)
        chosen = list(here.filter(pk__in=list(matches)).select_related("site"))
        _ensure(bool(chosen), _("Tick the sites that are another place."))
        _ensure(len(chosen) == len(set(matches)), _("Some of these sites are no longer here. Reload the page."))
        _ensure(here.count() > len(chosen), _("Leave at least one site here; otherwise correct the location instead."))
        made = _made(agreement, values)
        now = timezone.now()
        here.filter(pk__in=[one.pk for one in chosen]).update(undone_at=now, undone_by=actor.person)
        for one in chosen:
            SiteMatch.objects.create(
                agreement=agreement, site=one.site, shared=made, is_same=True, way=SiteMatch.Way.SPLIT,
                decided_by=actor.person,
            )  # fmt: skip
        note(actor, made, What.REGISTERED, found)
        note(actor, found, What.SPLIT, made, {"sites": len(chosen)})
        journal(actor, agreement, "chains.location.split", found, into=made.pk, sites=sorted(o.site_id for o in chosen))
        return made


def _held(agreement: Agreement, location: SharedSite, version: int) -> SharedSite:
    """The location, taken for this transaction at the version that was shown."""
    found = _open(agreement, location)
    if not SharedSite.objects.filter(pk=found.pk, version=version).update(version=version + 1):
        raise StaleVersion(_("Somebody else changed this location in the meantime. Compare both and save again."))
    found.version = version + 1
    return found


def _open(agreement: Agreement, location: SharedSite) -> SharedSite:
    found = SharedSite.objects.filter(agreement=agreement, pk=location.pk).first()
    if found is None:
        raise DomainError(_("This location is no longer there. Reload the page."))
    _ensure(not found.is_merged, _("This location was merged into another one. Go on there."))
    return found


def _put(
    actor: Viewer, agreement: Agreement, found: SharedSite, state: str, on: date | None, what: str, event: str,
    other: SharedSite | None = None,
) -> SharedSite:  # fmt: skip
    found.state, found.state_on = state, on
    found.save()
    note(actor, found, what, other, {"on": _plain(on)})
    journal(actor, agreement, event, found, on=_plain(on))
    return found


def _made(agreement: Agreement, values: LocationValues) -> SharedSite:
    typed = {**asdict(values), "other_names": list(values.other_names)}
    made = SharedSite.objects.create(agreement=agreement, **typed)
    made.current = made
    made.save(update_fields=["current"])
    return made


def _below(agreement: Agreement, pk: int) -> set[int]:
    """A location and all that were merged into it, directly or through others."""
    merged = SharedSite.objects.filter(agreement=agreement, merged_into__isnull=False)
    parents = dict(merged.values_list("pk", "merged_into_id"))
    found, grew = {pk}, True
    while grew:
        more = {child for child, parent in parents.items() if parent in found and child not in found}
        found, grew = found | more, bool(more)
    return found


def _check(values: LocationValues) -> None:
    fields: dict[str, Sentence] = {}
    if not values.name.strip():
        fields["name"] = _("Fill in the name.")
    if values.kind not in dict(choices.site_kinds()):
        fields["kind"] = _("Choose the kind from the list.")
    if values.country not in {"", *choices.country_codes()}:
        fields["country"] = _("Choose a country from the list.")
    if len(values.other_names) > MOST_NAMES or any(len(one) > 200 for one in values.other_names):
        fields["other_names"] = _("At most 20 names of at most 200 characters, one on each line.")
    fields.update(wrong_coordinates(values.country, values.latitude, values.longitude))
    if fields:
        raise DomainError(_("The location was not saved. Correct the marked fields."), fields=fields)


def _ensure(condition: bool, sentence: str) -> None:
    if not condition:
        raise DomainError(sentence)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | list) else str(value)
