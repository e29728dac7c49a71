"""Shapes of the public copies of this app, by copy; texts are per language (nl, fr, en)."""

from ketenwijs.domain.agreements.public_shapes.agreement import (
    PublicAgreement,
    PublicGroup,
    PublicOutcome,
    PublicParty,
    PublicScheme,
    PublicTerm,
    PublicYear,
)
from ketenwijs.domain.agreements.public_shapes.description import (
    PublicBody,
    PublicDocument,
    PublicFee,
    PublicInstrument,
    PublicKind,
    PublicLifeEvent,
    PublicOutputRule,
    PublicProject,
    PublicSupporter,
    PublicTrack,
)
from ketenwijs.domain.agreements.public_shapes.figures import PublicConflict, PublicFigure, PublicFigures
from ketenwijs.domain.agreements.public_shapes.pipeline import (
    PublicClaim,
    PublicEvent,
    PublicMoment,
    PublicPipeline,
    PublicSector,
    PublicTarget,
)
from ketenwijs.domain.agreements.public_shapes.register import (
    HeldOutcome,
    PublicAuthority,
    PublicMember,
    PublicPlanLink,
)
from ketenwijs.domain.agreements.public_shapes.shapes import Payload, PublicNamed, Words

__all__ = [
    "HeldOutcome",
    "Payload",
    "PublicAgreement",
    "PublicAuthority",
    "PublicBody",
    "PublicClaim",
    "PublicConflict",
    "PublicDocument",
    "PublicEvent",
    "PublicFee",
    "PublicFigure",
    "PublicFigures",
    "PublicGroup",
    "PublicInstrument",
    "PublicKind",
    "PublicLifeEvent",
    "PublicMember",
    "PublicMoment",
    "PublicNamed",
    "PublicOutcome",
    "PublicOutputRule",
    "PublicParty",
    "PublicPipeline",
    "PublicPlanLink",
    "PublicProject",
    "PublicScheme",
    "PublicSector",
    "PublicSupporter",
    "PublicTarget",
    "PublicTerm",
    "PublicTrack",
    "PublicYear",
    "Words",
]
