"""The words a register sheet may use, gathered from the agreement's content and reference data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ketenwijs.domain.agreements import packages
from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.register.checking import AUTHORITY, MEMBER, PARTY, SUPPORTER, Vocabulary
from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.content.texts import Texts

ORGANISATION_KINDS = {MEMBER: "company", AUTHORITY: "authority", PARTY: "party", SUPPORTER: "supporter"}


def vocabulary_of(definition: AgreementFile, today: date) -> Vocabulary:
    """All codes of an agreement with their names in every language."""
    return Vocabulary(
        countries={country.code: country.all_names for country in reference.countries()},
        subkinds={kind: _subkinds(code) for kind, code in ORGANISATION_KINDS.items()},
        groups=_in_all_languages(packages.group_names(definition)),
        sections=_in_all_languages(packages.section_names(definition)),
        exit_reasons=_in_all_languages(packages.exit_reasons(definition)),
        outcomes={
            scheme: _in_all_languages(packages.outcome_names(definition, scheme))
            for scheme in packages.outcome_schemes(definition)
        },
        years={year.code: () for year in packages.report_years(definition)},
        today=today,
    )


def _in_all_languages(names: Mapping[str, Texts]) -> dict[str, Iterable[str]]:
    return {code: tuple(texts.by_language.values()) for code, texts in names.items()}


def _subkinds(kind: str) -> dict[str, Iterable[str]]:
    known = reference.organisation_kind(kind)
    return {one.code: tuple(one.names.by_language.values()) for one in known.subkinds} if known else {}
