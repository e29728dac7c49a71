"""The edition that is tried out: a stored one, or one that was uploaded, checked and is applied nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.definitions import AgreementFile, OutcomeScheme
from ketenwijs.domain.agreements.frameworks import FrameworkFile
from ketenwijs.domain.agreements.selectors import CheckedPackage, definition_of, framework_editions
from ketenwijs.domain.assessments.models import Round
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.selectors import content_by_pk
from ketenwijs.foundation.ui.errors import DomainError


@dataclass(frozen=True)
class Draft:
    """A framework to try out, with the agreement it is judged by; `is_uploaded` when it is stored nowhere."""

    framework: FrameworkFile
    definition: AgreementFile
    scheme: OutcomeScheme
    is_uploaded: bool


def editions_to_try(round_: Round) -> list[Edition]:
    """All stored editions of the agreement's frameworks but the one the round was judged by; unused ones first, then the
    latest.
    """
    others = [one for one in framework_editions(round_.agreement) if one.pk != round_.edition_id]
    return sorted(others, key=lambda one: (one.used_at is not None, -one.pk))


def draft_of(round_: Round, source: Edition | CheckedPackage) -> Draft:
    """The draft from a stored edition or a checked upload without faults.

    Raises DomainError when an upload is about another agreement or does not hold exactly one framework, and when the
    agreement does not know the framework's outcome.
    """
    definition = definition_of(round_.agreement)
    if isinstance(source, Edition):
        return _draft(content_by_pk(source.pk), definition, is_uploaded=False)
    loaded = [one.content for one in source.result.loaded]
    frameworks = [one for one in loaded if isinstance(one, FrameworkFile)]
    if len(frameworks) != 1 or frameworks[0].agreement != round_.agreement.slug:
        raise DomainError(
            _("Upload exactly one framework of this agreement, with its agreement.yaml where that changes too.")
        )
    changed = next((one for one in loaded if isinstance(one, AgreementFile)), definition)
    return _draft(frameworks[0], changed, is_uploaded=True)


def _draft(framework: FrameworkFile, definition: AgreementFile, *, is_uploaded: bool) -> Draft:
    scheme = next((one for one in definition.schemes if one.code == framework.scheme), None)
    if scheme is None:
        raise DomainError(
            _("The agreement no longer knows the outcome of this framework, so nothing can be worked out.")
        )
    return Draft(framework, definition, scheme, is_uploaded)
