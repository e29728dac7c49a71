"""The public copies of this app: the agreement, each member and authority, and the dated figures; with how
they are filled.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from ketenwijs.domain.agreements import packages, selectors
from ketenwijs.domain.agreements.definitions import AgreementFile, Party, Term
from ketenwijs.domain.agreements.models import Agreement, LevelPeriod, Membership, Observation
from ketenwijs.domain.agreements.public_shapes import (
    HeldOutcome,
    PublicAgreement,
    PublicAuthority,
    PublicConflict,
    PublicFigure,
    PublicFigures,
    PublicGroup,
    PublicMember,
    PublicNamed,
    PublicOutcome,
    PublicParty,
    PublicPlanLink,
    PublicScheme,
    PublicTerm,
    PublicYear,
    Words,
)
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.texts import Texts
from ketenwijs.foundation.publishing.kinds import PublicationKind, register_publication_kind
from ketenwijs.foundation.publishing.selectors import as_of
from ketenwijs.foundation.publishing.services import preview, publish

AGREEMENT, MEMBER, AUTHORITY, FIGURES = (
    "agreements.agreement",
    "agreements.member",
    "agreements.authority",
    "agreements.figures",
)


def register() -> None:
    """Tell publishing the four kinds."""
    for name, shape in (
        (AGREEMENT, PublicAgreement),
        (MEMBER, PublicMember),
        (AUTHORITY, PublicAuthority),
        (FIGURES, PublicFigures),
    ):
        register_publication_kind(PublicationKind(name, shape))


def publish_membership(*, actor: Viewer, membership: Membership, effective_on: date) -> None:
    """Renew the public copy of a member or authority after a change; the service has checked the right.

    A copy is never dated back: what is entered today about last year is public from today on. Facts with a
    day in the future get a copy of their own for that day, so that nothing is public too early. A copy that
    would say the same as the one in force is left out.
    """
    if membership.kind not in (Membership.Kind.PARTICIPANT, Membership.Kind.AUTHORITY):
        return
    membership = _fresh(membership)
    today = timezone.localdate()
    days = {max(effective_on, today), *(day for day in _days_of(membership) if day > today)}
    slug = membership.agreement.slug
    is_member = membership.kind == Membership.Kind.PARTICIPANT
    kind, key = (MEMBER if is_member else AUTHORITY), f"{slug}/{membership.organisation.reference}"
    for day in sorted(days):
        payload = member_payload(membership, day) if is_member else authority_payload(membership, day)
        before = as_of(kind, key, day)
        if before is None or before.payload != preview(kind, payload):
            publish(actor=actor, kind=kind, key=key, payload=payload, effective_on=day, chain=slug)


def _fresh(membership: Membership) -> Membership:
    """The latest membership of the same organisation in the same role, as stored: a return replaces an
    earlier time.
    """
    return (
        Membership.objects.filter(
            agreement_id=membership.agreement_id,
            organisation_id=membership.organisation_id,
            kind=membership.kind,
        )
        .select_related("agreement", "organisation")
        .prefetch_related("groups", "levels", "plan_links")
        .latest("joined_on", "pk")
    )


def _days_of(membership: Membership) -> list[date]:
    days = [group.since for group in membership.groups.all()] + [level.since for level in membership.levels.all()]
    return days + ([membership.left_on] if membership.left_on else [])


def member_payload(membership: Membership, day: date) -> PublicMember:
    """What the register shows of a member company as of a day."""
    organisation = membership.organisation
    group = selectors.group_on(membership, day) or next(iter(reversed(membership.groups.all())), None)
    return PublicMember(
        agreement=membership.agreement.slug,
        reference=organisation.reference,
        name=organisation.name,
        kind=organisation.subkind,
        country=organisation.country,
        place=organisation.place,
        website=organisation.website,
        joined_on=membership.joined_on,
        left_on=_left_by(membership, day),
        group=group.group if group else "",
        outcomes=[_held(level) for level in _known_by(membership, day)],
        plan_links=[
            PublicPlanLink(report_year=link.report_year, url=link.url)
            for link in sorted(membership.plan_links.all(), key=lambda one: one.report_year, reverse=True)
        ],
        is_example=organisation.is_example,
    )


def authority_payload(membership: Membership, day: date) -> PublicAuthority:
    """What the register shows of a contracting authority as of a day."""
    organisation = membership.organisation
    return PublicAuthority(
        agreement=membership.agreement.slug,
        reference=organisation.reference,
        name=organisation.name,
        kind=organisation.subkind,
        country=organisation.country,
        place=organisation.place,
        website=organisation.website,
        joined_on=membership.joined_on,
        left_on=_left_by(membership, day),
        is_example=organisation.is_example,
    )


def _left_by(membership: Membership, day: date) -> date | None:
    return membership.left_on if membership.left_on and membership.left_on <= day else None


def _known_by(membership: Membership, day: date) -> list[LevelPeriod]:
    """Outcomes dated until a day, newest first."""
    known = [level for level in membership.levels.all() if level.since <= day]
    return sorted(known, key=lambda level: (level.since, level.pk), reverse=True)


def _held(level: LevelPeriod) -> HeldOutcome:
    return HeldOutcome(
        scheme=level.scheme,
        value=level.value,
        number=level.number,
        report_year=level.report_year,
        since=level.since,
    )


def agreement_payload(definition: AgreementFile) -> PublicAgreement:
    """What the public site says about an agreement: a copy of its content."""
    return PublicAgreement(
        slug=definition.slug,
        name=_words(definition.name),
        sector=_words(definition.sector),
        summary=_words(definition.summary),
        geography=_words(definition.geography),
        host=definition.host,
        chair=definition.chair,
        website=definition.website,
        norm_base=list(definition.norm_base),
        complaints=_words(definition.complaints),
        terms=[_term(term) for term in definition.terms],
        groups=[
            PublicGroup(
                code=one.code,
                name=_words(one.name),
                definition=_words(one.definition),
                duties=[_words(duty) for duty in one.duties],
                report=one.report,
            )
            for one in definition.groups
        ],
        schemes=_schemes(definition),
        years=[
            PublicYear(
                code=year.code,
                starts_on=year.starts_on,
                ends_on=year.ends_on,
                term=year.term_code,
                held=year.held,
                reason=dict(year.reason),
            )
            for year in packages.report_years(definition)
        ],
        sections=[PublicNamed(code=one.code, name=_words(one.name)) for one in definition.sections],
        parties=[_party(one) for one in definition.parties],
        themes=[one.code for one in definition.themes],
        edition=definition.version,
        source=definition.source,
    )


def _schemes(definition: AgreementFile) -> list[PublicScheme]:
    return [
        PublicScheme(
            code=scheme.code,
            name=_words(scheme.name),
            kind=scheme.kind,
            number_means=_words(scheme.number_means),
            outcomes=[
                PublicOutcome(
                    code=one.code,
                    name=_words(one.name),
                    meaning=_words(one.meaning),
                    tone=one.tone,
                    number=one.number,
                )
                for one in scheme.outcomes
            ],
        )
        for scheme in definition.schemes
    ]


def _term(term: Term) -> PublicTerm:
    return PublicTerm(
        code=term.code,
        name=_words(term.name),
        kind_word=_words(term.kind_word),
        starts_on=term.starts_on,
        ends_on=term.known_end,
        scheme=term.scheme,
    )


def _party(party: Party) -> PublicParty:
    return PublicParty(
        name=party.name, section=party.section, role=party.role, terms=list(party.terms), source=party.source
    )


def figures_payload(agreement: Agreement) -> PublicFigures:
    """All dated figures with their conflicts, as stored."""
    package = packages.observations(agreement.slug)
    indicators = package.indicators if package else ()
    return PublicFigures(
        agreement=agreement.slug,
        indicators=[PublicNamed(code=one.code, name=_words(one.name)) for one in indicators],
        figures=[_figure(one) for one in selectors.observations_of(agreement)],
        conflicts=[
            PublicConflict(
                identifier=one.identifier,
                figures=[figure.identifier for figure in one.observations.all()],
                kept=one.kept.identifier if one.kept else "",
                reading=one.reading,
                decided_by=one.decided_by,
            )
            for one in selectors.conflicts_of(agreement)
        ],
    )


def _figure(one: Observation) -> PublicFigure:
    return PublicFigure(
        identifier=one.identifier,
        indicator=one.indicator,
        value=one.value,
        value_text=one.value_text,
        unit=one.unit,
        population=one.population,
        report_year=one.report_year,
        reference_date=one.reference_date,
        source=one.source,
        confidence=one.confidence,
        part_of=one.part_of,
        note=one.note,
    )


def _words(texts: Texts | None) -> Words:
    return texts.by_language if texts else {}
