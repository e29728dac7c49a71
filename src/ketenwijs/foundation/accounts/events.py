"""What accounts announce; apps above listen in their `receivers.py`."""

from django.dispatch import Signal

invitation_accepted = Signal()
"""Sent inside the transaction. Arguments: invitation, person."""

signed_in = Signal()
"""Arguments: person."""

sign_in_failed = Signal()
"""Arguments: mark (of the address that was tried; the address itself is not told)."""

second_factor_changed = Signal()
"""Arguments: person, what ("totp", "webauthn" or "recovery_codes", with "added", "removed" or "reset")."""

password_changed = Signal()
"""Arguments: person, how ("changed", "set" or "reset")."""
