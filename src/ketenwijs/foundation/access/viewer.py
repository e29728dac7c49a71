"""The viewer: who looks or acts, with everything they hold. Every selector and service starts from one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ketenwijs.foundation.access import roles

if TYPE_CHECKING:
    from ketenwijs.foundation.accounts.models import Person

ORGANISATION = "organisation"
AGREEMENT = "agreement"
INSTALLATION = "installation"


@dataclass(frozen=True)
class Scope:
    """What a role is held within: kind and key, for example organisation 12 or one agreement."""

    kind: str
    key: str


def organisation_scope(pk: int) -> Scope:
    """The scope of one organisation."""
    return Scope(ORGANISATION, str(pk))


def agreement_scope(slug: str) -> Scope:
    """The scope of one agreement."""
    return Scope(AGREEMENT, slug)


@dataclass(frozen=True)
class Held:
    """One role held within one scope."""

    role: str
    scope: Scope


@dataclass(frozen=True)
class Viewer:
    """Somebody with what they hold now. `acting_for` is the one organisation chosen for this session, if any.

    Roles in other organisations are left out while acting for one (security case 9: no page mixes two). `kept` spares
    a second look at what was read during the request.
    """

    person: Person | None = None
    held: tuple[Held, ...] = ()
    acting_for: int | None = None
    system_name: str = ""
    _rights: dict[Scope, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    kept: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for one in self.held:
            carried = roles.all_roles().get(one.role)
            if carried is not None:
                self._rights[one.scope] = self._rights.get(one.scope, frozenset()) | carried.rights

    @property
    def reference(self) -> str:
        """How the journal names this actor."""
        if self.system_name:
            return f"system:{self.system_name}"
        return f"person:{self.person.pk}" if self.person else "visitor"

    @property
    def is_signed_in(self) -> bool:
        """Whether a person is behind this viewer."""
        return self.person is not None

    @property
    def is_system(self) -> bool:
        """A named job of the program itself (first import, demonstration); may do everything and is journalled by name."""
        return bool(self.system_name)

    def holds(self, right: str, scope: Scope | None = None) -> bool:
        """Whether this viewer holds the right within the scope, or within any scope when none is given."""
        if self.is_system:
            return True
        if scope is None:
            return any(right in rights for rights in self._rights.values())
        return right in self._rights.get(scope, frozenset())

    def keys_with(self, right: str, kind: str) -> list[str]:
        """Keys of the scopes of one kind within which the right is held, sorted."""
        return sorted(scope.key for scope, rights in self._rights.items() if scope.kind == kind and right in rights)

    def roles_within(self, scope: Scope) -> list[str]:
        """Codes of the roles held within one scope."""
        return sorted(one.role for one in self.held if one.scope == scope)


def visitor() -> Viewer:
    """Somebody who is not signed in."""
    return Viewer()


def system(name: str) -> Viewer:
    """A named job of the program; use only in commands, imports and the demonstration."""
    return Viewer(system_name=name)


def organisations_of(held: Iterable[Held]) -> list[int]:
    """Organisations within which any role is held, in order of their number."""
    return sorted({int(one.scope.key) for one in held if one.scope.kind == ORGANISATION})
