"""What a firm keeps of its own places: names and coordinates, numbers, people whom no register knows, and doubles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import choices, lists
from ketenwijs.domain.chains.coordinates import wrong_coordinates
from ketenwijs.domain.chains.models import ClosedYear, Link, PeopleGroup, Site, SiteNumber, SitesApart
from ketenwijs.domain.chains.rules.grouping import LONGEST_NAME
from ketenwijs.domain.chains.rules.numbers import fault_of_number, plain_number
from ketenwijs.domain.chains.selectors.chains import stored_chains
from ketenwijs.domain.chains.services.writing import ensure_may_write, forget_read, journal, lock_chains_of
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.ui.errors import DomainError, Sentence

MOST_PEOPLE = 1_000_000
LONGEST_HOW = 300


@dataclass(frozen=True)
class PeopleValues:
    """A group of people as typed: a kind, from `at_least` to `at_most` people (None: nobody knows how many more), and how
    the firm knows.
    """

    kind: str
    at_least: int
    at_most: int | None
    how_known: str


@transaction.atomic
def describe_site(
    *,
    actor: Viewer,
    workspace: Workspace,
    site: Site,
    local_name: str,
    latitude: Decimal | None,
    longitude: Decimal | None,
) -> Site:
    """Keep the name in local script and the coordinates (decimal degrees, both or neither) of one's own site.

    Refuses coordinates that cannot lie in the country of the site. Name and place stay: they are what the chains say.
    """
    ensure_may_write(actor, workspace)
    held = _held(workspace, site)
    fields: dict[str, Sentence] = {}
    if len(local_name) > LONGEST_NAME:
        fields["local_name"] = _("The name is longer than 200 characters. Shorten it.")
    fields.update(wrong_coordinates(held.country, latitude, longitude))
    if fields:
        raise DomainError(_("The place was not saved. Correct the marked fields."), fields=fields)
    held.local_name, held.latitude, held.longitude = " ".join(local_name.split()), latitude, longitude
    held.save(update_fields=["local_name", "latitude", "longitude"])
    journal(actor, workspace, "chains.site.described", held)
    forget_read(workspace)
    return held


@transaction.atomic
def keep_number(
    *, actor: Viewer, workspace: Workspace, site: Site, scheme: str, value: str, checked_on: date, today: date
) -> SiteNumber:
    """Note a number of one's own site in a register, with the day on which it was looked up there.

    Its shape and check digit are looked at. The same number again only renews the day.
    """
    ensure_may_write(actor, workspace)
    held = _held(workspace, site)
    plain = plain_number(scheme, value)
    fault = fault_of_number(scheme, plain)
    if fault:
        raise DomainError(_("The number was not saved."), fields={"value": fault})
    if checked_on > today:
        raise DomainError(_("The number was not saved."), fields={"checked_on": _("This day has yet to come.")})
    made, _created = SiteNumber.objects.update_or_create(
        site=held, scheme=scheme, value=plain, defaults={"checked_on": checked_on}
    )
    journal(actor, workspace, "chains.site.numbered", held, scheme=scheme)
    return made


@transaction.atomic
def drop_number(*, actor: Viewer, workspace: Workspace, site: Site, pk: int) -> None:
    """Take a number away that does not belong to the site."""
    ensure_may_write(actor, workspace)
    held = _held(workspace, site)
    if not SiteNumber.objects.filter(site=held, pk=pk).delete()[0]:
        raise DomainError(_("This number is not there any more. Reload the page."))
    journal(actor, workspace, "chains.site.number_dropped", held)


@transaction.atomic
def keep_people(*, actor: Viewer, workspace: Workspace, site: Site, values: PeopleValues) -> PeopleGroup:
    """Say how many people of a kind work at a site in this report year who stand in no register, and how one knows.

    The same kind again replaces what was said.
    """
    ensure_may_write(actor, workspace)
    held = _held(workspace, site)
    fields = _wrong_people(values)
    if fields:
        raise DomainError(_("The group was not saved. Correct the marked fields."), fields=fields)
    typed = {"at_least": values.at_least, "at_most": values.at_most, "how_known": values.how_known.strip()}
    made, _created = PeopleGroup.objects.update_or_create(
        site=held, year=workspace.year.code, kind=values.kind, defaults=typed
    )
    journal(actor, workspace, "chains.people.kept", held, kind=values.kind)
    return made


@transaction.atomic
def drop_people(*, actor: Viewer, workspace: Workspace, site: Site, pk: int) -> None:
    """Take a group of people of this report year away."""
    ensure_may_write(actor, workspace)
    held = _held(workspace, site)
    if not PeopleGroup.objects.filter(site=held, year=workspace.year.code, pk=pk).delete()[0]:
        raise DomainError(_("This group is not there any more. Reload the page."))
    journal(actor, workspace, "chains.people.dropped", held)


@transaction.atomic
def merge_sites(*, actor: Viewer, workspace: Workspace, gone: Site, kept: Site) -> int:
    """Say that two of one's own sites are one place, called `kept` from now on. Returns how many chains it touched.

    Years that were handed in stay exactly as they were; the old name keeps leading to the place, so next year's sheet
    may still write it. Refuses where two chains would become the same one. Can be undone.
    """
    ensure_may_write(actor, workspace)
    lock_chains_of(workspace)
    left, right = _held(workspace, gone), _held(workspace, kept)
    if left.pk == right.pk or left.merged_into_id or right.merged_into_id:
        raise DomainError(_("These places are one already. Reload the page."))
    if choices.stage_of(left.kind) != choices.stage_of(right.kind):
        raise DomainError(_("A quarry and a factory cannot be one place. Correct the chain first."))
    links = Link.objects.filter(site=left, chain__organisation=workspace.organisation)
    moved = list(links.exclude(chain__year__in=_closed_years(workspace)).values_list("pk", "chain_id", "chain__year"))
    Link.objects.filter(pk__in=[pk for pk, _chain, _year in moved]).update(site=right)
    _refuse_doubles(workspace, sorted({year for _pk, _chain, year in moved}))
    Site.objects.filter(merged_into=left).update(merged_into=right)
    left.merged_into, left.merged_links = right, [pk for pk, _chain, _year in moved]
    left.save(update_fields=["merged_into", "merged_links"])
    journal(actor, workspace, "chains.site.merged", right, gone=left.pk)
    forget_read(workspace)
    return len({chain for _pk, chain, _year in moved})


@transaction.atomic
def undo_merge_of_sites(*, actor: Viewer, workspace: Workspace, site: Site) -> None:
    """Take a merge back: the chains that went along get the old name again, unless a later choice changed them."""
    ensure_may_write(actor, workspace)
    lock_chains_of(workspace)
    held = _held(workspace, site)
    if held.merged_into_id is None:
        raise DomainError(_("This merge was undone already. Reload the page."))
    still = Link.objects.filter(pk__in=held.merged_links, site=held.merged_into)
    still.exclude(chain__year__in=_closed_years(workspace)).update(site=held)
    held.merged_into, held.merged_links = None, []
    held.save(update_fields=["merged_into", "merged_links"])
    journal(actor, workspace, "chains.site.unmerged", held)
    forget_read(workspace)


@transaction.atomic
def keep_apart(*, actor: Viewer, workspace: Workspace, one: Site, other: Site) -> None:
    """Say that two sites that look alike are two places; it is not proposed again."""
    ensure_may_write(actor, workspace)
    first, second = sorted((_held(workspace, one), _held(workspace, other)), key=lambda site: site.pk)
    if first.pk == second.pk:
        raise DomainError(_("Choose two different places."))
    SitesApart.objects.get_or_create(one=first, other=second)
    journal(actor, workspace, "chains.site.kept_apart", first, other=second.pk)


def _held(workspace: Workspace, site: Site) -> Site:
    """The firm's own site, locked; somebody else's and one that is gone look the same."""
    found = Site.objects.select_for_update().filter(organisation=workspace.organisation, pk=site.pk).first()
    if found is None:
        raise DomainError(_("This place is not in your list. Reload the page."))
    return found


def _closed_years(workspace: Workspace) -> Sequence[str]:
    """Report years the firm handed in for any agreement: nothing of them changes any more."""
    return list(ClosedYear.objects.filter(organisation=workspace.organisation).values_list("year", flat=True))


def _refuse_doubles(workspace: Workspace, years: Sequence[str]) -> None:
    for year in years:
        keys = Counter(chain.key for chain in stored_chains(workspace.organisation.pk, year))
        if any(number > 1 for number in keys.values()):
            sentence = _(
                "Then two chains of %(year)s would be the same. Add their weights up in one of them, remove the other, "
                "and merge the places again."
            )
            raise DomainError(sentence % {"year": year})


def _wrong_people(values: PeopleValues) -> dict[str, Sentence]:
    fields: dict[str, Sentence] = {}
    if values.kind not in {code for code, _name in lists.people_kinds()}:
        fields["kind"] = _("Choose a group from the list.")
    if not 0 <= values.at_least <= MOST_PEOPLE or (values.at_most or 0) > MOST_PEOPLE:
        fields["at_least"] = _("Fill in a number of people between 0 and 1,000,000.")
    if values.at_most is not None and values.at_most < values.at_least:
        fields["at_most"] = _("The highest number is below the lowest. Swap them, or leave the highest empty.")
    if not values.how_known.strip():
        fields["how_known"] = _("Say in a few words how you know: who counted, asked or told, and when.")
    elif len(values.how_known) > LONGEST_HOW:
        fields["how_known"] = _("This is longer than 300 characters. Shorten it.")
    return fields
