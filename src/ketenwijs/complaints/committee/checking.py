"""Checking the mechanisms of all terms beside each other and beside the agreements' own files, which are read as data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from pydantic import ValidationError

from ketenwijs.complaints import content_files
from ketenwijs.complaints.committee.definitions import Mechanism
from ketenwijs.complaints.committee.terms import TermMechanism, term_files
from ketenwijs.foundation.content.checking import shape_faults
from ketenwijs.foundation.content.faults import Fault
from ketenwijs.foundation.content.parsing import Parsed, parse


def mechanism_faults() -> list[Fault]:
    """Every fault of `mechanism.yaml` and of all files in `mechanisms/`, each with its file, line and one sentence."""
    known = known_terms()
    own, installation, faults = _read("mechanism.yaml", Mechanism)
    served = installation.agreements if isinstance(installation, Mechanism) else None
    faults += _unknown_agreements(own, served or (), known)
    seen: dict[str, str] = {}
    for name in term_files():
        parsed, found, wrong = _read(name, TermMechanism)
        faults += wrong
        if isinstance(found, TermMechanism):
            faults += _faults_of_term(parsed, found, seen, served, known)
            if isinstance(installation, Mechanism) and found.kind != "outside" and not installation.seats:
                sentence = "the own committee takes cases here, so mechanism.yaml must name `seats`"
                faults.append(parsed.fault(("kind",), "no_seats", sentence))
            seen.setdefault(found.code, name)
    return sorted(faults)


def known_terms() -> dict[str, set[str]] | None:
    """Codes of the terms of every agreement by its name in addresses; None where the agreements' files are not here."""
    root = Path(settings.CONTENT_DIR) / "agreements"
    if not root.is_dir():
        return None
    known = {}
    for path in sorted(root.glob("*/agreement.yaml")):
        data = parse(path.read_text("utf-8"), path.name).data
        terms = data.get("terms") if isinstance(data, dict) else None
        rows = terms if isinstance(terms, list) else []
        known[path.parent.name] = {str(row["code"]) for row in rows if isinstance(row, dict) and "code" in row}
    return known


def _read(name: str, shape: type[Mechanism] | type[TermMechanism]) -> tuple[Parsed, object, list[Fault]]:
    parsed = parse((content_files.folder() / name).read_text("utf-8"), name)
    if parsed.faults:
        return parsed, None, list(parsed.faults)
    try:
        return parsed, shape.model_validate(parsed.data), []
    except ValidationError as error:
        return parsed, None, shape_faults(parsed, error)


def _unknown_agreements(parsed: Parsed, served: tuple[str, ...], known: dict[str, set[str]] | None) -> Iterator[Fault]:
    for place, slug in enumerate(served):
        if known is not None and slug not in known:
            sentence = f"there is no agreement {slug} among the content files"
            yield parsed.fault(("agreements", place), "unknown_agreement", sentence)


def _faults_of_term(
    parsed: Parsed,
    found: TermMechanism,
    seen: dict[str, str],
    served: tuple[str, ...] | None,
    known: dict[str, set[str]] | None,
) -> Iterator[Fault]:
    if found.code in seen:
        yield parsed.fault(("term",), "twice", f"{seen[found.code]} says already what holds for {found.code}")
    if known is not None and found.agreement not in known:
        sentence = f"there is no agreement {found.agreement} among the content files"
        yield parsed.fault(("agreement",), "unknown_agreement", sentence)
    elif known is not None and found.term not in known[found.agreement]:
        sentence = f"the agreement {found.agreement} has no term {found.term}; it has {_listed(known[found.agreement])}"
        yield parsed.fault(("term",), "unknown_term", sentence)
    elif served is not None and found.agreement not in served:
        sentence = f"add {found.agreement} to `agreements` in mechanism.yaml, else this file never counts"
        yield parsed.fault(("agreement",), "not_served", sentence)


def _listed(codes: set[str]) -> str:
    return ", ".join(sorted(codes)) or "none"
