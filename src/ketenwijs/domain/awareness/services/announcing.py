"""Adding, changing and removing announcements of the complaints route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.selectors import membership_on, report_year_of
from ketenwijs.domain.agreements.workspaces import Workspace, ensure_writable
from ketenwijs.domain.awareness import policies, vocabulary
from ketenwijs.domain.awareness.models import Announcement
from ketenwijs.domain.chains.models import Site
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion


@dataclass(frozen=True)
class Values:
    """One announcement as typed. `confirmed_by` is a role or organisation in words, empty while nobody confirmed."""

    announced_on: date
    way: str
    languages: tuple[str, ...]
    announced_by: str
    confirmed_by: str = ""
    confirmed_on: date | None = None


@transaction.atomic
def announce(
    *, actor: Viewer, workspace: Workspace, sites: Sequence[int], values: Values, today: date
) -> list[Announcement]:
    """Put the same announcement into the register for one or more of the firm's own sites.

    The report year follows from the day. Refuses other firms' sites, and a line that is there already.
    """
    _writer(actor, workspace)
    chosen = _own_sites(workspace, sites)
    fields = _checked(workspace, values, today)
    doubles = _same(workspace, values).filter(site__in=chosen).select_related("site")
    if names := [str(one.site) for one in doubles]:
        sentence = _("These sites are in the register already for that day and way: %(sites)s. Leave them out.")
        raise DomainError(
            sentence % {"sites": "; ".join(names)}, fields={"sites": _("Leave out what is there already.")}
        )
    try:
        with transaction.atomic():
            rows = [
                Announcement.objects.create(
                    organisation=workspace.organisation, agreement=workspace.agreement, site=site, **fields
                )
                for site in chosen
            ]
    except IntegrityError as error:  # the same form sent twice at the same moment
        raise StaleVersion(
            _("A colleague saved this in the meantime. Compare both versions and save again.")
        ) from error
    for row in rows:
        _journal(actor, row, "awareness.announcement.added", way=row.way, site=row.site_id)
    return rows


@transaction.atomic
def change_announcement(
    *, actor: Viewer, workspace: Workspace, announcement: Announcement, site: int, values: Values, version: int,
    today: date,
) -> Announcement:  # fmt: skip
    """Correct a line, for example to add who confirmed it. `version` as the page showed it."""
    _writer(actor, workspace)
    _of(workspace, announcement)
    chosen = [announcement.site] if site == announcement.site_id else _own_sites(workspace, [site])
    fields = _checked(workspace, values, today)
    if _same(workspace, values).filter(site=chosen[0]).exclude(pk=announcement.pk).exists():
        raise DomainError(_("This site is in the register already for that day and way. Change that line instead."))
    rows = Announcement.objects.filter(pk=announcement.pk, version=version)
    try:
        with transaction.atomic():
            changed = rows.update(site=chosen[0], version=version + 1, **fields)
    except IntegrityError as error:
        raise StaleVersion(
            _("A colleague saved this in the meantime. Compare both versions and save again.")
        ) from error
    if not changed:
        raise StaleVersion(_("A colleague saved this in the meantime. Compare both versions and save again."))
    announcement.refresh_from_db()
    _journal(actor, announcement, "awareness.announcement.changed", way=announcement.way, site=announcement.site_id)
    return announcement


@transaction.atomic
def remove_announcement(*, actor: Viewer, workspace: Workspace, announcement: Announcement) -> None:
    """Take a line that was wrong out of the register; what was published stays."""
    _writer(actor, workspace)
    _of(workspace, announcement)
    on = announcement.announced_on.isoformat()
    _journal(actor, announcement, "awareness.announcement.removed", site=announcement.site_id, on=on)
    announcement.delete()


def _writer(actor: Viewer, workspace: Workspace) -> None:
    if not policies.may_write(actor, workspace.organisation.pk):
        raise NotAllowed(_("Only people of the company itself may change its register."))
    ensure_writable(workspace)


def _of(workspace: Workspace, announcement: Announcement) -> None:
    mine = (workspace.organisation.pk, workspace.agreement.pk)
    if (announcement.organisation_id, announcement.agreement_id) != mine:
        raise NotAllowed(_("Only people of the company itself may change its register."))


def _own_sites(workspace: Workspace, numbers: Sequence[int]) -> list[Site]:
    wanted = set(numbers)
    found = list(Site.objects.filter(organisation=workspace.organisation, merged_into=None, pk__in=wanted))
    if not wanted or len(found) < len(wanted):
        sentence = _("Choose at least one of your own sites from the list.")
        raise DomainError(sentence, fields={"sites": sentence, "site": sentence})
    return found


def _same(workspace: Workspace, values: Values) -> QuerySet[Announcement]:
    return Announcement.objects.filter(
        agreement=workspace.agreement, organisation=workspace.organisation, way=values.way,
        announced_on=values.announced_on,
    )  # fmt: skip


def _checked(workspace: Workspace, values: Values, today: date) -> dict[str, object]:
    """The fields of a row; refuses unknown codes and days that cannot be."""
    _refuse_codes(values)
    _refuse_days(workspace, values, today)
    announced_by = values.announced_by.strip()
    if not announced_by:
        raise _wrong("announced_by", _("Write who announced it, for example the site manager or a union."))
    return {
        "announced_on": values.announced_on,
        "way": values.way,
        "languages": list(dict.fromkeys(values.languages)),
        "announced_by": announced_by,
        "confirmed_by": values.confirmed_by.strip(),
        "confirmed_on": values.confirmed_on,
    }


def _refuse_codes(values: Values) -> None:
    if values.way not in vocabulary.ways():
        raise _wrong("way", _("Choose how it was announced from the list."))
    if not values.languages or set(values.languages) - set(vocabulary.languages()):
        raise _wrong("languages", _("Choose at least one language from the list."))


def _refuse_days(workspace: Workspace, values: Values, today: date) -> None:
    day = values.announced_on
    if day > today:
        raise _wrong("announced_on", _("This day is still to come. Put it in once it was announced."))
    if report_year_of(workspace.agreement, day) is None:
        raise _wrong("announced_on", _("This day lies in no report year of the agreement. Correct the day."))
    if membership_on(workspace.agreement, workspace.organisation, day) is None:
        raise _wrong("announced_on", _("Your company did not take part on this day. Correct the day."))
    if bool(values.confirmed_by.strip()) != (values.confirmed_on is not None):
        raise _wrong("confirmed_by", _("Fill in both who confirmed it and on which day, or neither."))
    if values.confirmed_on and not day <= values.confirmed_on <= today:
        raise _wrong("confirmed_on", _("A confirmation comes on or after the day itself, and not in the future."))


def _wrong(name: str, sentence: str) -> DomainError:
    return DomainError(sentence, fields={name: sentence})


def _journal(actor: Viewer, row: Announcement, event: str, **values: object) -> None:
    record(actor=actor, event=event, subject=row, chain=row.agreement.slug, values=values)
