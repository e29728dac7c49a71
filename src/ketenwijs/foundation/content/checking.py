"""Checking a content folder: parse, shape, translations, names, meaning; every fault of every file at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from ketenwijs.foundation.content.faults import Fault
from ketenwijs.foundation.content.kinds import ContentKind, Loaded, kind, kind_of
from ketenwijs.foundation.content.parsing import Parsed, Path, parse
from ketenwijs.foundation.content.tables import check_table
from ketenwijs.foundation.content.texts import LANGUAGES

SUFFIXES, TABLE = (".yaml", ".yml"), ".csv"


@dataclass
class CheckResult:
    """Files with the right shape, those in which nothing but languages is missing, and all faults in the order of file and
    line.
    """

    loaded: list[Loaded] = field(default_factory=list)
    mended: list[Loaded] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def check_directory(root: FilePath) -> CheckResult:
    """Check every YAML file and every table below a folder."""
    texts: dict[str, str] = {}
    tables: dict[str, str] = {}
    faults: list[Fault] = []
    for path in sorted(path for path in root.rglob("*") if path.suffix in (*SUFFIXES, TABLE)):
        file, raw = str(path.relative_to(root)), path.read_bytes()
        try:
            (tables if path.suffix == TABLE else texts)[file] = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            faults.append(Fault(file, line, "", "encoding", "this file is not UTF-8; save it as UTF-8"))
    result = check_texts(texts)
    for file, text in tables.items():
        faults += check_table(text, file)
    result.faults = sorted([*faults, *result.faults])
    return result


def check_texts(texts: dict[str, str], beside: Sequence[Loaded] = ()) -> CheckResult:
    """Check files given as text by their place below the content folder.

    `beside` are files that exist already: they are looked at by the checks, and not checked or given back themselves.
    """
    result = CheckResult()
    for file, text in texts.items():
        _check_one(file, text, result)
    own = [*result.loaded, *result.mended]
    result.faults += faults_of_meaning(own, [*own, *beside])
    result.faults += _identifiers_used_twice(result.loaded)
    result.faults.sort()
    return result


def faults_of_meaning(files: Iterable[Loaded], every: list[Loaded]) -> list[Fault]:
    """What the apps' own checks say of some files, seen among all of them."""
    found = []
    for loaded in files:
        check = kind(loaded.kind).check
        if check is not None:
            found += _placed(loaded.parsed, check(loaded, every))
    return found


def _check_one(file: str, text: str, result: CheckResult) -> None:
    found = kind_of(file)
    if found is None:
        result.faults.append(
            Fault(file, 1, "", "unknown_file", "no app knows a file of this name here; check its place")
        )
        return
    parsed = parse(text, file)
    result.faults += parsed.faults
    if parsed.data is None:
        return
    try:
        content = found.shape.model_validate(parsed.data)
    except ValidationError as error:
        faults = shape_faults(parsed, error)
        result.faults += faults
        if all(one.code == "translation" for one in faults):
            _look_further(found, parsed, error, result)
    else:
        result.loaded.append(Loaded(found.name, parsed, content))


def _look_further(found: ContentKind, parsed: Parsed, error: ValidationError, result: CheckResult) -> None:
    """Where only languages are missing the rest can be checked too, so that the author sees everything at once."""
    data = deepcopy(parsed.data)
    for one in error.errors():
        *way, language = _in_file(one["loc"], parsed.data, missing=one["type"] == "missing")
        place = data
        for part in way:
            place = place[part]
        place[language] = "…"
    with suppress(ValidationError):
        result.mended.append(Loaded(found.name, parsed, found.shape.model_validate(data)))


def shape_faults(parsed: Parsed, error: ValidationError) -> list[Fault]:
    """Pydantic's errors with the line in the file; a missing language is its own kind of fault."""
    faults = []
    for one in error.errors():
        path = _in_file(one["loc"], parsed.data, missing=one["type"] == "missing")
        language = bool(path) and path[-1] in LANGUAGES and one["type"] in ("missing", "string_too_short")
        code = "translation" if language else "shape"
        message = f"the text in {path[-1]} is missing" if language else _sentence(one)
        faults.append(parsed.fault(path, code, message))
    return faults


def _in_file(path: Path, data: Any, *, missing: bool) -> Path:
    """A path without the names that pydantic puts between the keys for members of a union and for validators.

    The last name of something that is missing stays, although it does not stand in the file.
    """
    found: list[Any] = []
    for place, part in enumerate(path):
        last = place == len(path) - 1
        if isinstance(part, int) or (isinstance(data, dict) and part in data):
            data = _below(data, part)
        elif not (last and missing):
            continue
        found.append(part)
    return tuple(found)


def _below(data: Any, part: Any) -> Any:
    try:
        return data[part]
    except (KeyError, IndexError, TypeError):
        return None


def _sentence(error: Any) -> str:
    kinds = {
        "missing": "this is required and missing",
        "extra_forbidden": "this name is not known here; check its spelling",
    }
    return kinds.get(error["type"], str(error["msg"]).removeprefix("Value error, "))


def _placed(parsed: Parsed, problems: Iterable[tuple[Path, str, str]]) -> list[Fault]:
    return [parsed.fault(path, code, message) for path, code, message in problems]


def _identifiers_used_twice(loaded: list[Loaded]) -> list[Fault]:
    seen: dict[tuple[str, str], str] = {}
    faults = []
    for one in loaded:
        key = (one.identifier, str(getattr(one.content, "version", "")))
        if key in seen:
            faults.append(one.parsed.fault(("identifier",), "duplicate_identifier", f"also used by {seen[key]}"))
        seen.setdefault(key, one.parsed.file)
    return faults


def duplicates(values: Iterable[str]) -> list[tuple[int, str]]:
    """Position and value of everything that stands a second time in a list of codes; for the apps' own checks."""
    seen: set[str] = set()
    twice = []
    for number, value in enumerate(values):
        if value in seen:
            twice.append((number, value))
        seen.add(value)
    return twice
