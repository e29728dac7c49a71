"""Roles, read from content: which rights each carries and within which kind of scope."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field


class Role(BaseModel):
    """One role. `scope` is the kind of thing it is held within, for example organisation or agreement."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    scope: str
    names: dict[str, str]
    rights: frozenset[str]
    second_factor: bool = False
    organisation_kinds: frozenset[str] = Field(
        default=frozenset(), description="kinds of organisation at which the role can be held; empty: any"
    )
    invites: frozenset[str] = Field(
        default=frozenset(), description="roles its holders may invite within the same scope"
    )

    @property
    def name(self) -> str:
        """The role's name in the active language, Dutch where that is missing."""
        return self.names.get((get_language() or "nl")[:2]) or self.names["nl"]


class RolesFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")

    roles: list[Role]


@lru_cache(maxsize=1)
def all_roles() -> dict[str, Role]:
    """Roles by code, read once per process from `content/reference/roles.yaml`."""
    path = Path(settings.CONTENT_DIR) / "reference" / "roles.yaml"
    parsed = RolesFile.model_validate(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))  # noqa: S506 - safe
    return {role.code: role for role in parsed.roles}


def role(code: str) -> Role:
    """One role; KeyError when content does not know it."""
    return all_roles()[code]
