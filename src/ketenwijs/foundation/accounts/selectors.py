"""Reading what a person has set up to sign in with."""

from __future__ import annotations

from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator

from ketenwijs.foundation.accounts.models import Person


@dataclass
class SecondFactors:
    """A person's second factors: code app, passkeys, and how many recovery codes are left (None: never made)."""

    app: Authenticator | None = None
    passkeys: list[Authenticator] = field(default_factory=list)
    codes_left: int | None = None

    @property
    def any(self) -> bool:
        """Whether a second step is asked at sign-in."""
        return bool(self.app or self.passkeys)


def second_factors_of(person: Person) -> SecondFactors:
    """What the person set up, one query."""
    found = SecondFactors()
    for one in Authenticator.objects.filter(user=person).order_by("created_at"):
        if one.type == Authenticator.Type.TOTP:
            found.app = one
        elif one.type == Authenticator.Type.WEBAUTHN:
            found.passkeys.append(one)
        else:
            found.codes_left = len(one.wrap().get_unused_codes())
    return found
