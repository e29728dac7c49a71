"""The public copies of this app: agreements, members, authorities, dated figures and the policy pipeline."""

from ketenwijs.domain.agreements.public_shapes import (
    PublicAgreement,
    PublicAuthority,
    PublicFigures,
    PublicMember,
    PublicPipeline,
)
from ketenwijs.domain.agreements.publications.agreement import agreement_payload
from ketenwijs.domain.agreements.publications.figures import figures_payload
from ketenwijs.domain.agreements.publications.names import (
    AGREEMENT,
    AUTHORITY,
    FIGURES,
    MEMBER,
    PIPELINE,
    PIPELINE_KEY,
)
from ketenwijs.domain.agreements.publications.pipeline import pipeline_payload
from ketenwijs.domain.agreements.publications.register import authority_payload, member_payload, publish_membership
from ketenwijs.foundation.publishing.kinds import PublicationKind, register_publication_kind

__all__ = [
    "AGREEMENT",
    "AUTHORITY",
    "FIGURES",
    "MEMBER",
    "PIPELINE",
    "PIPELINE_KEY",
    "agreement_payload",
    "authority_payload",
    "figures_payload",
    "member_payload",
    "pipeline_payload",
    "publish_membership",
    "register",
]


def register() -> None:
    """Tell publishing the kinds."""
    for name, shape in (
        (AGREEMENT, PublicAgreement),
        (MEMBER, PublicMember),
        (AUTHORITY, PublicAuthority),
        (FIGURES, PublicFigures),
        (PIPELINE, PublicPipeline),
    ):
        register_publication_kind(PublicationKind(name, shape))
