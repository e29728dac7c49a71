"""All faults of an uploaded package at once, among what is stored already; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from ketenwijs.domain.agreements.starter.wording import Told, told
from ketenwijs.foundation.content.checking import CheckResult, check_texts, faults_of_meaning
from ketenwijs.foundation.content.faults import Fault
from ketenwijs.foundation.content.kinds import Loaded
from ketenwijs.foundation.content.parsing import parse
from ketenwijs.foundation.content.selectors import stored_files
from ketenwijs.foundation.content.services import changed_in_use

UNKNOWN = "unknown"
# The folder of code lists that every agreement uses; packages are checked against it.
REFERENCE = "reference"


@dataclass(frozen=True)
class CheckedPackage:
    """Which agreement the files belong to, their text by place below the content folder, and what is wrong with them."""

    slug: str
    texts: dict[str, str]
    result: CheckResult
    faults: list[Fault] = field(default_factory=list)

    @property
    def told(self) -> list[Told]:
        """The faults in words."""
        return [told(one) for one in self.faults]

    @property
    def files(self) -> dict[str, str]:
        """The text of each file by its own name."""
        return {place.rsplit("/", 1)[-1]: text for place, text in self.texts.items()}


def check_package(files: Mapping[str, bytes]) -> CheckedPackage:
    """Check files by their own names. Stored files of the same agreement that are not among them are looked at too: a
    changed agreement may leave its framework without a scheme.
    """
    slugs = {name: _slug_in(content) for name, content in files.items()}
    slug = slugs.get("agreement.yaml") or next((one for one in slugs.values() if one), UNKNOWN)
    texts, faults = _decoded(files, slug)
    faults += [
        Fault(
            _place(slug, name), 1, "agreement", "two_agreements", f"this file belongs to {other}, the others to {slug}"
        )
        for name, other in slugs.items()
        if other and other != slug
    ]
    own = Q(identifier__endswith=f":{slug}") | Q(identifier__contains=f":{slug}:")
    stored = stored_files(own)
    result = check_texts(texts, beside=[*code_lists(), *_not_among(stored, _identifiers(texts))])
    siblings = _not_among(stored, {one.identifier for one in result.loaded})
    if not result.faults:
        faults += faults_of_meaning(siblings, [*result.loaded, *siblings, *code_lists()])
    broken = _identifiers(texts) - {one.identifier for one in result.loaded}
    faults += [one for one in result.faults if not _follows_from(one, broken)]
    faults += changed_in_use(result.loaded)
    return CheckedPackage(slug, texts, result, sorted(faults))


def _follows_from(fault: Fault, broken: set[str]) -> bool:
    """Whether a fault is only that a file of this same upload has faults of its own, so that others do not find it."""
    names = {*broken, *(one.removeprefix("agreement:") for one in broken)}
    wanted = fault.message.rsplit(" ", 1)[-1]
    return fault.code in ("unknown_agreement", "unknown_framework") and wanted in names


def _identifiers(texts: Mapping[str, str]) -> set[str]:
    """The identifiers as written; a file with faults still stands for itself, not for its stored edition."""
    data = [parse(text, file).data for file, text in texts.items()]
    return {str(one.get("identifier", "")) for one in data if isinstance(one, dict)}


def _not_among(stored: list[Loaded], identifiers: set[str]) -> list[Loaded]:
    return [one for one in stored if one.identifier not in identifiers]


def _slug_in(content: bytes) -> str:
    data = parse(content.decode("utf-8", "replace"), "").data
    found = (data.get("slug") or data.get("agreement")) if isinstance(data, dict) else ""
    return found if isinstance(found, str) and "/" not in found else ""


def _place(slug: str, name: str) -> str:
    return f"agreements/{slug}/{name}"


def _decoded(files: Mapping[str, bytes], slug: str) -> tuple[dict[str, str], list[Fault]]:
    texts, faults = {}, []
    for name, content in files.items():
        try:
            texts[_place(slug, name)] = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            sentence = "this file is not UTF-8; save it as UTF-8"
            faults.append(Fault(_place(slug, name), line, "", "encoding", sentence))
    return texts, faults


@lru_cache(maxsize=1)
def code_lists() -> tuple[Loaded, ...]:
    """The installation's own code lists as checked files; read once per process, as the program itself reads them."""
    root = Path(settings.CONTENT_DIR)
    texts = {str(path.relative_to(root)): path.read_text("utf-8") for path in sorted((root / REFERENCE).glob("*.yaml"))}
    return tuple(check_texts(texts).loaded)
