"""Pure calculation of commitments and hashes; the layout is fixed, verification depends on it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

DOMAIN_TAG = b"ketenwijs-journal-1\n"


def canonical(value: Any) -> bytes:
    """JSON bytes that are the same for equal values: sorted keys, no spaces, UTF-8, other types as text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


def commitment(salt: str, values: Mapping[str, Any]) -> str:
    """Keyed hash of the values: proves them while the salt exists, tells nothing after it is deleted."""
    return hmac.new(bytes.fromhex(salt), canonical(values), hashlib.sha256).hexdigest()


def entry_hash(
    *, previous: str, chain: str, sequence: int, at: datetime, actor: str, event: str, subject: str, committed: str
) -> str:
    """Hash of one entry over its predecessor's hash and its own public fields (security.md 6)."""
    fields = {
        "chain": chain,
        "sequence": sequence,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor,
        "event": event,
        "subject": subject,
        "commitment": committed,
    }
    return hashlib.sha256(DOMAIN_TAG + previous.encode() + b"\n" + canonical(fields)).hexdigest()
