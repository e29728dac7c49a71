"""Reading agreements and memberships, always limited to what the viewer may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from ketenwijs.domain.agreements import packages, policies, rules
from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.definitions.agreement import PublicationRules
from ketenwijs.domain.agreements.models import (
    Agreement,
    GroupPeriod,
    LevelPeriod,
    Membership,
    Observation,
    ObservationConflict,
)
from ketenwijs.domain.agreements.packages import Framework
from ketenwijs.domain.agreements.rules import ReportYear, Standing
from ketenwijs.domain.agreements.starter.checking import CheckedPackage, check_package
from ketenwijs.domain.agreements.starter.reading import read_upload
from ketenwijs.domain.agreements.starter.sealing import sealed, unsealed
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer
from ketenwijs.foundation.accounts.models import Invitation
from ketenwijs.foundation.content.models import Edition

Period = TypeVar("Period", GroupPeriod, LevelPeriod)


@dataclass(frozen=True)
class StartedAgreement:
    """An agreement as somebody sees it who starts agreements."""

    agreement: Agreement
    definition: AgreementFile
    may_invite: bool
    is_led: bool
    is_lead_invited: bool


def agreement_by_slug(slug: str) -> Agreement | None:
    """The agreement, or None; for services and jobs. Pages use `agreement_for`."""
    return Agreement.objects.filter(slug=slug).first()


def agreement_for(viewer: Viewer, slug: str) -> Agreement | None:
    """The agreement when the viewer takes part in it in any role, else None."""
    return next((one for one in agreements_of(viewer) if one.slug == slug), None)


def agreements_of(viewer: Viewer, today: date | None = None) -> list[Agreement]:
    """Agreements the viewer takes part in: as staff or party, or through the organisation acted for; by slug.

    An organisation that left still counts for the appeal term. Two queries at most.
    """
    if viewer.is_system:
        return list(Agreement.objects.order_by("slug"))
    found = {one.slug: one for one in Agreement.objects.filter(slug__in=viewer.keys_with(policies.READ, AGREEMENT))}
    if viewer.acting_for is not None:
        own = Membership.objects.filter(organisation_id=viewer.acting_for).select_related("agreement")
        day = today or timezone.localdate()
        found.update({one.agreement.slug: one.agreement for one in own if policies.still_reads(one, day)})
    return [found[slug] for slug in sorted(found)]


def agreements_seen_by_staff(viewer: Viewer) -> list[Agreement]:
    """Agreements whose members the viewer may see."""
    found = Agreement.objects.order_by("slug")
    if viewer.is_system:
        return list(found)
    return list(found.filter(slug__in=viewer.keys_with(policies.SEE_MEMBERS, AGREEMENT)))


def definition_of(agreement: Agreement) -> AgreementFile:
    """What the agreement's content package says, parsed and cached per process."""
    return packages.definition_of(agreement.slug)


def publication_rules_of(slug: str) -> PublicationRules | None:
    """What may be public of an agreement, without a row of it at hand; None without a package. For menus."""
    found = packages.definition_or_none(slug)
    return found.publication if found else None


def framework_of(agreement: Agreement, term_code: str) -> Framework:
    """The framework a term is judged by: `.file` and the `.edition` that rounds freeze."""
    return packages.framework(definition_of(agreement), term_code)


def framework_editions(agreement: Agreement) -> list[Edition]:
    """All stored editions of the agreement's frameworks in the order they were applied, with their `names` per language
    and without their content.
    """
    found = Edition.objects.filter(kind=packages.FRAMEWORK, identifier__startswith=f"framework:{agreement.slug}:")
    return list(found.annotate(names=F("payload__name")).defer("payload").order_by("pk"))


def checked_package(uploads: Sequence[tuple[str, bytes]]) -> CheckedPackage:
    """An uploaded package, or part of one, with all its faults; nothing is stored. DomainError for an unsafe upload."""
    return check_package(read_upload(uploads))


def sealed_package(viewer: Viewer, package: CheckedPackage) -> str:
    """The files of a package as signed text, for a page that carries them on for this viewer."""
    return sealed(package.files, by=viewer.reference)


def unsealed_package(viewer: Viewer, text: str) -> CheckedPackage:
    """A package that a page of the last two hours carried for this viewer, checked again; DomainError for anything else."""
    return check_package(unsealed(text, by=viewer.reference))


def report_years(agreement: Agreement) -> list[ReportYear]:
    """All report years of an agreement in order of time, those without a round included."""
    return packages.report_years(definition_of(agreement))


def report_year_of(agreement: Agreement, day: date) -> ReportYear | None:
    """The report year a day falls in, or None outside the agreement's years."""
    return rules.report_year_on(report_years(agreement), day)


def report_year(agreement: Agreement, code: str) -> ReportYear | None:
    """One report year by code."""
    return packages.year_by_code(definition_of(agreement), code)


def memberships(viewer: Viewer) -> QuerySet[Membership]:
    """All memberships the viewer may see, with organisation and agreement; groups and levels prefetched."""
    return (
        Membership.objects.filter(policies.memberships_within(viewer))
        .select_related("organisation", "agreement")
        .prefetch_related(
            Prefetch("groups", GroupPeriod.objects.order_by("since", "pk")),
            Prefetch("levels", LevelPeriod.objects.order_by("since", "pk")),
        )
    )


def working_year(agreement: Agreement, today: date) -> ReportYear | None:
    """The report year to work on now: the one whose round is open, else the one the day falls in, else the
    latest begun.
    """
    return packages.working_year(definition_of(agreement), today)


def members_of(
    viewer: Viewer, agreement: Agreement, kind: str = Membership.Kind.PARTICIPANT, on: date | None = None
) -> QuerySet[Membership]:
    """Members of one kind by name; on a day (both ends inclusive), or all that ever were when no day is
    given.
    """
    found = memberships(viewer).filter(agreement=agreement, kind=kind).order_by("organisation__name", "pk")
    return found.filter(_running_on(on)) if on else found


def membership_on(
    agreement: Agreement, organisation: Organisation, day: date, kind: str = Membership.Kind.PARTICIPANT
) -> Membership | None:
    """The membership that runs on a day. For services and rules; the caller has checked who asks."""
    found = Membership.objects.filter(agreement=agreement, organisation=organisation, kind=kind)
    return found.filter(_running_on(day)).order_by("-joined_on").first()


def membership_for(viewer: Viewer, slug: str, reference: str, kind: str = "") -> Membership | None:
    """The latest membership of an organisation in an agreement, or None when absent or not the viewer's to
    see.
    """
    found = memberships(viewer).filter(agreement__slug=slug, organisation__reference=reference)
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("-joined_on", "-pk").first()


def history_of(viewer: Viewer, membership: Membership) -> list[Membership]:
    """All memberships of the same organisation in the same agreement, newest first."""
    found = memberships(viewer).filter(agreement_id=membership.agreement_id)
    return list(found.filter(organisation_id=membership.organisation_id).order_by("-joined_on", "-pk"))


def group_on(membership: Membership, day: date) -> GroupPeriod | None:
    """The participant group on a day; prefetched groups cost no query."""
    return _period_on(list(membership.groups.all()), day)


def level_on(membership: Membership, scheme: str, day: date) -> LevelPeriod | None:
    """The outcome of one scheme on a day; prefetched levels cost no query."""
    return _period_on([level for level in membership.levels.all() if level.scheme == scheme], day)


def standing_of(membership: Membership, year: ReportYear) -> Standing:
    """Duty, group, level, membership year and target of a member in a report year; prefetched periods cost no
    query.
    """
    definition = packages.definition_of(membership.agreement.slug)
    return rules.standing_in(
        terms=packages.duty_terms(definition, year.term_code),
        group=group_in_year(membership, year),
        joined_on=membership.joined_on,
        levels=_counting_levels(definition, membership, year.scheme),
        year=year,
        years=packages.report_years(definition),
    )


def _counting_levels(definition: AgreementFile, membership: Membership, scheme: str) -> list[rules.DatedLevel]:
    """Outcomes of the scheme, preceded by the start value that an earlier scheme gives (year n becomes level
    n).
    """
    levels = dated_levels(membership, scheme)
    earlier = packages.start_scheme(definition, scheme)
    before = dated_levels(membership, earlier) if earlier else []
    last = max(before, key=lambda one: one.since, default=None)
    if last is None or last.number is None:
        return levels
    value = packages.value_of_number(definition, scheme, last.number)
    return [rules.DatedLevel(last.number, packages.first_day_of(definition, scheme), value=value), *levels]


def group_in_year(membership: Membership, year: ReportYear) -> str:
    """The group that counts for a report year: the last one that began before the year ended; empty if
    none.
    """
    counted = [period for period in membership.groups.all() if period.since <= year.ends_on]
    return max(counted, key=lambda period: (period.since, period.pk)).group if counted else ""


def dated_levels(membership: Membership, scheme: str) -> list[rules.DatedLevel]:
    """All outcomes of one scheme of a membership, for the rules."""
    return [
        rules.DatedLevel(period.number, period.since, period.report_year, period.value)
        for period in membership.levels.all()
        if period.scheme == scheme
    ]


def countries_of_members(agreement: Agreement, kind: str) -> list[str]:
    """Country codes that occur among those who take part in one way; for the filter of a list the viewer may
    see.
    """
    found = Membership.objects.filter(agreement=agreement, kind=kind).order_by("organisation__country")
    return list(found.values_list("organisation__country", flat=True).distinct())


def organisations_seen_by(viewer: Viewer) -> list[int]:
    """Primary keys of all organisations that are or were in agreements whose members the viewer sees; one
    query.

    This is what the fence around company data adds for staff.
    """
    slugs = viewer.keys_with(policies.SEE_MEMBERS, AGREEMENT)
    if not slugs:
        return []
    return list(
        Membership.objects.filter(agreement__slug__in=slugs).values_list("organisation_id", flat=True).distinct()
    )


def agreement_slugs_of(organisation_pk: int) -> list[str]:
    """Slugs of the agreements an organisation is or was in."""
    found = Membership.objects.filter(organisation_id=organisation_pk)
    return sorted(set(found.values_list("agreement__slug", flat=True)))


def observations_of(agreement: Agreement, indicator: str = "") -> QuerySet[Observation]:
    """Dated figures of an agreement; they come from public sources and are for everybody."""
    found = Observation.objects.filter(agreement=agreement).order_by("indicator", "report_year", "identifier")
    return found.filter(indicator=indicator) if indicator else found


def conflicts_of(agreement: Agreement) -> QuerySet[ObservationConflict]:
    """Figures that cannot all be true, with the reading chosen; the figures themselves prefetched."""
    found = ObservationConflict.objects.filter(agreement=agreement).order_by("identifier")
    return found.select_related("kept").prefetch_related(
        Prefetch("observations", Observation.objects.order_by("identifier"))
    )


def counts_of_members(agreement: Agreement, on: date | None = None) -> dict[str, int]:
    """How many memberships run on a day (today), by kind; one query. Public figures come from `reports`, not
    from here.
    """
    day = on or timezone.localdate()
    kinds = Membership.objects.filter(_running_on(day), agreement=agreement).values_list("kind", flat=True)
    counted = {kind: 0 for kind in Membership.Kind.values}
    for kind in kinds:
        counted[kind] += 1
    return counted


def counts_examples(agreement: Agreement) -> bool:
    """Whether invented organisations are among its members, so that what is counted is an example; one query."""
    return Membership.objects.filter(agreement=agreement, organisation__is_example=True).exists()


def _running_on(day: date) -> Q:
    return Q(joined_on__lte=day) & (Q(left_on__isnull=True) | Q(left_on__gte=day))


def _period_on(periods: Iterable[Period], day: date) -> Period | None:
    running = [one for one in periods if one.since <= day and (one.until is None or one.until >= day)]
    return max(running, key=lambda one: (one.since, one.pk), default=None)


def agreements_to_staff(viewer: Viewer) -> list[Agreement]:
    """Agreements in which the viewer may give somebody a role, by slug; all of them for the operator."""
    found = Agreement.objects.order_by("slug")
    if viewer.is_system or viewer.holds(policies.MANAGE_ROLES):
        return list(found)
    return list(found.filter(slug__in=policies.agreements_to_staff(viewer)))


def roles_held_in(agreement: Agreement) -> QuerySet[Grant]:
    """Who holds which role within the agreement now, by name; the page has checked who looks."""
    here = {"scope_kind": AGREEMENT, "scope_key": agreement.slug}
    return Grant.objects.filter(ended_at__isnull=True, **here).select_related("person").order_by("person__name", "pk")


def open_invitations_to(agreement: Agreement) -> QuerySet[Invitation]:
    """Invitations to a role within the agreement that were neither accepted nor withdrawn, by name."""
    here = {"scope_kind": AGREEMENT, "scope_key": agreement.slug}
    return Invitation.objects.filter(accepted_at=None, revoked_at=None, **here).order_by("name", "pk")


def agreements_started(viewer: Viewer) -> list[StartedAgreement]:
    """All agreements of the installation for somebody who starts them: whether anybody leads their secretariat. Four
    queries; nothing about members.
    """
    first = [role.code for role in policies.first_roles(viewer)]
    here = {"scope_kind": AGREEMENT, "role__in": first}
    led = set(Grant.objects.filter(ended_at__isnull=True, **here).values_list("scope_key", flat=True))
    asked = set(
        Invitation.objects.filter(accepted_at=None, revoked_at=None, **here).values_list("scope_key", flat=True)
    )
    known = {definition.slug: definition for definition in packages.all_definitions()}
    return [
        StartedAgreement(one, known[one.slug], bool(first), one.slug in led, one.slug in asked)
        for one in Agreement.objects.order_by("slug")
        if one.slug in known and policies.may_start(viewer)
    ]
