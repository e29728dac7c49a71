"""Pure calculation: the checksum printed beside a public copy."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from ketenwijs.foundation.journal.rules import canonical


def checksum_of(*, kind: str, key: str, sequence: int, effective_on: date, payload: Mapping[str, Any]) -> str:
    """SHA-256 over the payload and where it belongs; the same copy gives the same checksum for ever."""
    fields = {
        "kind": kind,
        "key": key,
        "sequence": sequence,
        "effective_on": effective_on.isoformat(),
        "payload": payload,
    }
    return hashlib.sha256(b"ketenwijs-publication-1\n" + canonical(fields)).hexdigest()


def inputs_checksum(inputs: Mapping[str, Any]) -> str:
    """SHA-256 over frozen inputs."""
    return hashlib.sha256(b"ketenwijs-frozen-inputs-1\n" + canonical(inputs)).hexdigest()
