"""The public copy of an agreement: what its newest edition says, without what is only for the rounds."""

from __future__ import annotations

from ketenwijs.domain.agreements import packages
from ketenwijs.domain.agreements.definitions import AgreementFile, Party, Term
from ketenwijs.domain.agreements.public_shapes import (
    PublicAgreement,
    PublicGroup,
    PublicOutcome,
    PublicParty,
    PublicScheme,
    PublicTerm,
    PublicYear,
)
from ketenwijs.domain.agreements.publications.description import described, fee
from ketenwijs.domain.agreements.publications.names import in_words, named


def agreement_payload(definition: AgreementFile) -> PublicAgreement:
    """What the public site says about an agreement: a copy of its content."""
    return PublicAgreement(
        slug=definition.slug,
        name=in_words(definition.name),
        sector=in_words(definition.sector),
        sector_codes=list(definition.sector_codes),
        summary=in_words(definition.summary),
        geography=in_words(definition.geography),
        host=definition.host,
        chair=definition.chair,
        website=definition.website,
        norm_base=list(definition.norm_base),
        complaints=in_words(definition.complaints),
        complaints_body=definition.complaints_body,
        terms=[_term(term) for term in definition.terms],
        groups=_groups(definition),
        schemes=_schemes(definition),
        years=_years(definition),
        sections=named(definition.sections),
        parties=[_party(one) for one in definition.parties],
        successor=definition.successor,
        themes=[one.code for one in definition.themes],
        edition=definition.version,
        source=definition.source,
        **described(definition),
    )


def _groups(definition: AgreementFile) -> list[PublicGroup]:
    return [
        PublicGroup(
            code=one.code,
            name=in_words(one.name),
            definition=in_words(one.definition),
            duties=[in_words(duty) for duty in one.duties],
            report=one.report,
        )
        for one in definition.groups
    ]


def _schemes(definition: AgreementFile) -> list[PublicScheme]:
    return [
        PublicScheme(
            code=scheme.code,
            name=in_words(scheme.name),
            kind=scheme.kind,
            number_means=in_words(scheme.number_means),
            outcomes=[
                PublicOutcome(
                    code=one.code,
                    name=in_words(one.name),
                    meaning=in_words(one.meaning),
                    tone=one.tone,
                    number=one.number,
                )
                for one in scheme.outcomes
            ],
        )
        for scheme in definition.schemes
    ]


def _years(definition: AgreementFile) -> list[PublicYear]:
    return [
        PublicYear(
            code=year.code,
            starts_on=year.starts_on,
            ends_on=year.ends_on,
            term=year.term_code,
            held=year.held,
            reason=dict(year.reason),
        )
        for year in packages.report_years(definition)
    ]


def _term(term: Term) -> PublicTerm:
    return PublicTerm(
        code=term.code,
        name=in_words(term.name),
        kind_word=in_words(term.kind_word),
        starts_on=term.starts_on,
        starts_precision=term.starts_precision,
        ends_on=term.known_end,
        ends_precision="day" if term.extended_until else term.ends_precision,
        agreed_end=term.ends_on,
        extended_until=term.extended_until,
        scheme=term.scheme,
        fees=[fee(one) for one in term.fees],
        source=term.source,
    )


def _party(party: Party) -> PublicParty:
    return PublicParty(
        name=party.name,
        section=party.section,
        role=party.role,
        terms=list(party.terms),
        number=party.number,
        source=party.source,
    )
