"""What this app hands to the foundation and the agreements: rights, events, menu, due, files, copies
and its part.
"""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.agreements.parts import any_works_with, register_part
from ketenwijs.domain.agreements.workspaces import workspaces_of
from ketenwijs.domain.chains import definitions, policies, publications
from ketenwijs.domain.chains.models import IntakeBatch
from ketenwijs.domain.chains.part import CODE, the_part
from ketenwijs.domain.chains.selectors import waiting_for_answer
from ketenwijs.domain.chains.selectors.production import asks_for_locations
from ketenwijs.domain.chains.services.batches import PURPOSE
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION, Viewer
from ketenwijs.foundation.files.models import StoredFile
from ketenwijs.foundation.files.purposes import SHEETS, Purpose, register_purpose
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.ui.due import Due, register_due
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_rights(
    Right(policies.READ_OWN, gettext_lazy("See the chains of the own company")),
    Right(policies.EDIT_OWN, gettext_lazy("Change the chains of the own company")),
    Right(policies.READ_MEMBERS, gettext_lazy("See the chains of members")),
    Right(policies.RELEASE_AREAS, gettext_lazy("Publish the quarry areas of all members together")),
    Right(policies.MATCH_SITES, gettext_lazy("Keep the register of locations and propose joint action")),
)
register_events(
    EventType("chains.chain.added", gettext_lazy("A chain was added")),
    EventType("chains.chain.changed", gettext_lazy("A chain was changed")),
    EventType("chains.chain.removed", gettext_lazy("A chain was removed")),
    EventType("chains.site.described", gettext_lazy("Name or coordinates of an own place were kept")),
    EventType("chains.site.numbered", gettext_lazy("A number of an own place was noted")),
    EventType("chains.site.number_dropped", gettext_lazy("A number of an own place was taken away")),
    EventType("chains.site.merged", gettext_lazy("Two own places were said to be one")),
    EventType("chains.site.unmerged", gettext_lazy("Two own places are two again")),
    EventType("chains.site.kept_apart", gettext_lazy("Two own places that look alike were kept apart")),
    EventType("chains.people.kept", gettext_lazy("A group of people at an own place was noted")),
    EventType("chains.people.dropped", gettext_lazy("A group of people at an own place was taken away")),
    EventType("chains.sheet.taken_in", gettext_lazy("A sheet with chains was uploaded")),
    EventType("chains.sheet.corrected", gettext_lazy("An uploaded sheet was corrected")),
    EventType("chains.sheet.confirmed", gettext_lazy("An uploaded sheet was taken over")),
    EventType("chains.sheet.dropped", gettext_lazy("An uploaded sheet was dropped")),
    EventType("chains.year.carried_over", gettext_lazy("Chains of last year were taken along")),
    EventType("chains.year.confirmed", gettext_lazy("Chains of last year were confirmed")),
    EventType("chains.chain.left_out", gettext_lazy("Chains were kept out of an agreement")),
    EventType("chains.chain.counted", gettext_lazy("Chains are handed in for an agreement after all")),
    EventType("chains.year.closed", gettext_lazy("Chains of a year were closed at hand-in")),
    EventType("chains.year.reopened", gettext_lazy("Chains of a year were opened again")),
    EventType("chains.areas.name_decided", gettext_lazy("The public name of a quarry area was decided")),
    EventType("chains.areas.published", gettext_lazy("Quarry areas were published")),
    EventType("chains.locations.published", gettext_lazy("The list of production locations was published")),
    EventType("chains.match.decided", gettext_lazy("A site was matched with a location")),
    EventType("chains.match.refused", gettext_lazy("A site was said not to be a location")),
    EventType("chains.match.undone", gettext_lazy("A decision about a site was undone")),
    EventType("chains.location.registered", gettext_lazy("A location was registered")),
    EventType("chains.location.changed", gettext_lazy("A location was corrected")),
    EventType("chains.location.numbered", gettext_lazy("A number of a location was noted")),
    EventType("chains.location.closed", gettext_lazy("A location was closed")),
    EventType("chains.location.moved", gettext_lazy("A location moved to another place")),
    EventType("chains.location.reopened", gettext_lazy("A location was opened again")),
    EventType("chains.location.merged", gettext_lazy("Two locations were merged")),
    EventType("chains.location.unmerged", gettext_lazy("A merge of locations was undone")),
    EventType("chains.location.split", gettext_lazy("A location was split")),
    EventType("chains.openness.given", gettext_lazy("A company said it is open to joint action")),
    EventType("chains.openness.withdrawn", gettext_lazy("A company is no longer open to joint action")),
    EventType("chains.invitation.sent", gettext_lazy("Companies were asked whether they want to act together")),
    EventType("chains.invitation.answered", gettext_lazy("A question about acting together was answered")),
    EventType("chains.invitation.agreed", gettext_lazy("All who were asked want to act together")),
    EventType("chains.invitation.ended", gettext_lazy("A question about acting together was ended")),
)
register_menu(
    MenuItem(
        gettext_lazy("Chains"),
        "chains:home",
        lambda viewer: viewer.acting_for is not None and viewer.holds(policies.READ_OWN),
        order=20,
    ),
    MenuItem(
        gettext_lazy("Coverage"),
        "chains:coverage_home",
        lambda viewer: any_works_with(viewer.keys_with(policies.READ_MEMBERS, AGREEMENT), CODE),
        order=55,
    ),
    MenuItem(
        gettext_lazy("Quarry areas"),
        "chains:areas_home",
        lambda viewer: any_works_with(viewer.keys_with(policies.RELEASE_AREAS, AGREEMENT), CODE),
        order=60,
    ),
    MenuItem(
        gettext_lazy("Production locations"),
        "chains:production_home",
        lambda viewer: asks_for_locations(viewer.keys_with(policies.RELEASE_AREAS, AGREEMENT)),
        order=61,
    ),
    MenuItem(
        gettext_lazy("Locations"),
        "chains:locations_home",
        lambda viewer: any_works_with(viewer.keys_with(policies.MATCH_SITES, AGREEMENT), CODE),
        order=57,
    ),
)


def _may_read_sheet(viewer: Viewer, stored: StoredFile) -> bool:
    return stored.owner_kind == ORGANISATION and policies.may_read_sheet(viewer, int(stored.owner_key))


def _sheets_to_check(viewer: Viewer, today: date) -> list[Due]:
    if viewer.acting_for is None or not policies.may_edit(viewer, viewer.acting_for):
        return []
    waiting = IntakeBatch.objects.filter(organisation_id=viewer.acting_for, state=IntakeBatch.State.OPEN)
    batches = list(waiting.values_list("pk", "year"))
    if not batches:
        return []
    addresses = {one.year.code: one.url_parts for one in workspaces_of(viewer, today)}
    return [
        Due(
            _("Check your uploaded sheet and take it over"),
            reverse("chains:sheet", kwargs={**addresses[year], "pk": pk}),
        )
        for pk, year in batches
        if year in addresses
    ]


def _invitations(viewer: Viewer, today: date) -> list[Due]:
    """A question about acting together that waits for the firm's answer; one query, asked or not."""
    if viewer.acting_for is None or not policies.may_edit(viewer, viewer.acting_for):
        return []
    waiting = set(waiting_for_answer(viewer.acting_for))
    if not waiting:
        return []
    return [
        Due(_("Answer a question of the secretariat"), reverse("chains:together", kwargs=one.url_parts))
        for one in workspaces_of(viewer, today)
        if one.agreement.slug in waiting
    ]


register_purpose(Purpose(PURPOSE, SHEETS, _may_read_sheet))
register_due(_sheets_to_check)
register_due(_invitations)
register_part(the_part())
publications.register()
definitions.register()
