"""The house rules as data and plain functions, so that each test can also be shown to fail on a wrong sample."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ketenwijs"

# Lowest first. A package may use packages of lower rows, and those left of it in its own row when the row is ordered.
ROWS: list[tuple[list[str], bool]] = [
    (["ui", "mail", "accounts", "journal", "access", "states", "content", "files", "publishing", "operations"], True),
    (["reference", "participants", "agreements", "governance"], True),
    (["chains", "questionnaires", "knowledge"], False),
    (["risks"], False),
    (["assessments"], False),
    (["plans", "procurement", "awareness", "sitereports"], False),
    (["projects"], False),
    (["reports"], False),
    (["desk", "api", "public"], False),
]
LAYERS = {
    **dict.fromkeys(ROWS[0][0], "foundation"),
    **{name: "domain" for row, _ordered in ROWS[1:8] for name in row},
    **dict.fromkeys(ROWS[8][0], "sites"),
}
# The public site reads published copies and reference data only (architecture.md 2).
PUBLIC_MAY_USE = {"ui", "publishing", "reference", "content"}
OPEN_MODULES = {
    "services", "selectors", "policies", "events", "rules", "definitions", "models",
    "parts", "workspaces", "frameworks", "comparing", "targets", "states", "forms",
}  # fmt: skip
FORBIDDEN_NAMES = {"core", "common", "utils", "util", "helpers", "base", "misc", "lib", "shared"}
LIMITS = {".py": 400, ".html": 120}


@dataclass(frozen=True)
class Offence:
    """One breach: where, and what is wrong in a sentence."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


def position(package: str) -> tuple[int, int, bool]:
    """Row, place in the row, and whether the row is ordered."""
    for number, (row, ordered) in enumerate(ROWS):
        if package in row:
            return number, row.index(package), ordered
    raise KeyError(package)


def may_lean(lower_user: str, used: str) -> bool:
    """Whether one package may use another."""
    if lower_user == used:
        return True
    if lower_user == "public":
        return used in PUBLIC_MAY_USE
    row, place, ordered = position(lower_user)
    used_row, used_place, _ordered = position(used)
    return used_row < row or (used_row == row and ordered and used_place < place)


def package_of(module: str) -> str | None:
    """`ketenwijs.domain.chains.services` -> `chains`; None for config and for what is not ours."""
    parts = module.split(".")
    if len(parts) >= 3 and parts[0] == "ketenwijs" and parts[1] in {"foundation", "domain", "sites"}:
        return parts[2]
    return None


def is_test(path: Path) -> bool:
    """Whether a file belongs to an app's tests."""
    return "tests" in path.parts


def python_files(root: Path) -> Iterator[Path]:
    """All Python files below a folder, migrations left out."""
    return (p for p in sorted(root.rglob("*.py")) if "migrations" not in p.parts)


def module_name(path: Path, source: Path) -> str:
    """Dotted name of a file below the source folder."""
    return ".".join(["ketenwijs", *path.relative_to(source).with_suffix("").parts])


def imports_of(tree: ast.AST, importer: str) -> Iterator[tuple[int, str]]:
    """Every imported module with its line, also inside functions and under TYPE_CHECKING; relative ones spelled out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = importer.split(".")[: -node.level] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            yield node.lineno, module
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def import_offences(source: Path) -> list[Offence]:
    """Imports that lean upward or sideways, and config imported by apps."""
    found = []
    for path in python_files(source):
        user = package_of(module_name(path, source))
        if user is None or is_test(path):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for line, module in sorted(set(imports_of(tree, module_name(path, source)))):
            place = f"{path.relative_to(source)}:{line}"
            if module.startswith("ketenwijs.config"):
                found.append(Offence(place, "an app imports config, the only place that knows all"))
            used = package_of(module)
            if used and not may_lean(user, used):
                found.append(Offence(place, f"{user} may not use {used}"))
    return found


def separation_offences(source: Path) -> list[Offence]:
    """The complaints program uses foundation code only, and nothing but config knows of it (architecture.md 2)."""
    found = []
    for path in python_files(source):
        module = module_name(path, source)
        inside = module.startswith("ketenwijs.complaints")
        for line, used in sorted(set(imports_of(ast.parse(path.read_text("utf-8")), module))):
            place = f"{path.relative_to(source)}:{line}"
            foreign = used.startswith(("ketenwijs.domain", "ketenwijs.sites"))
            if inside and foreign:
                found.append(Offence(place, f"the complaints program uses {used}"))
            if not inside and used.startswith("ketenwijs.complaints") and not module.startswith("ketenwijs.config"):
                found.append(Offence(place, f"{module} uses the complaints program"))
    return found


def open_module_offences(source: Path) -> list[Offence]:
    """Domain code that reaches into the views, forms or internals of another domain app."""
    found = []
    for path in python_files(source):
        user = package_of(module_name(path, source))
        if user is None or is_test(path):
            continue
        for line, module in imports_of(ast.parse(path.read_text("utf-8")), module_name(path, source)):
            parts = module.split(".")
            used = package_of(module)
            reaches = used and used != user and LAYERS.get(used) == "domain" and len(parts) > 3
            if reaches and parts[3] not in OPEN_MODULES:
                found.append(Offence(f"{path.relative_to(source)}:{line}", f"{user} reaches into {used}.{parts[3]}"))
    return found


_TEMPLATE_USE = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
_URL_USE = re.compile(r"""\{%\s*url\s+["']([a-z_]+):""")


def template_offences(source: Path) -> list[Offence]:
    """Templates that extend or include a higher app's template, or link to a higher app's page by name."""
    found = []
    for path in sorted(source.rglob("templates/**/*.html")):
        user = package_of(module_name(path, source))
        if user is None:
            continue
        text = path.read_text("utf-8")
        for pattern, deed in ((_TEMPLATE_USE, "uses a template of"), (_URL_USE, "links to")):
            for match in pattern.finditer(text):
                used = match.group(1).split("/")[0]
                if user == "public" and "/_public_" in match.group(0):
                    continue  # a part that renders a published payload, shared with the preview (decision 0003)
                if used in LAYERS and not may_lean(user, used):
                    line = text[: match.start()].count("\n") + 1
                    found.append(Offence(f"{path.relative_to(source)}:{line}", f"{user} {deed} {used}"))
    return found


def reverse_offences(source: Path) -> list[Offence]:
    """`reverse("app:page")` and `redirect("app:page")` to a higher app's page in Python code."""
    found = []
    for path in python_files(source):
        user = package_of(module_name(path, source))
        if user is None or is_test(path):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for text in _url_names(node):
                used = text.split(":")[0]
                if used in LAYERS and not may_lean(user, used):
                    found.append(Offence(f"{path.relative_to(source)}:{node.lineno}", f"{user} links to {used}"))  # type: ignore[attr-defined]
    return found


def _url_names(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called not in {"reverse", "reverse_lazy", "redirect", "resolve_url"}:
        return
    first = node.args[0] if node.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str) and ":" in first.value:
        yield first.value


def size_offences(root: Path, exceptions: dict[str, str]) -> list[Offence]:
    """Files longer than the limit at which they are split."""
    found = []
    for suffix, limit in LIMITS.items():
        for path in sorted(root.rglob(f"*{suffix}")):
            name = str(path.relative_to(root))
            if "migrations" in path.parts or name in exceptions or "vendor" in path.parts:
                continue
            lines = path.read_text("utf-8").count("\n")
            if lines > limit:
                found.append(Offence(name, f"{lines} lines, split at {limit}"))
    return found


def function_offences(source: Path, limit: int = 60) -> list[Offence]:
    """Functions longer than the limit, decorators and description included."""
    found = []
    for path in python_files(source):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > limit and not is_test(path):
                    found.append(
                        Offence(f"{path.relative_to(source)}:{node.lineno}", f"{node.name} has {length} lines")
                    )
    return found


def name_offences(source: Path) -> list[Offence]:
    """Packages and modules whose name says nothing."""
    return [
        Offence(str(path.relative_to(source)), "a name that says nothing")
        for path in sorted(source.rglob("*"))
        if path.stem in FORBIDDEN_NAMES
        and (path.is_dir() or path.suffix == ".py")
        and path.relative_to(source).parts[:2] != ("config", "settings")
    ]


def docstring_offences(source: Path) -> list[Offence]:
    """Modules that do not open with a line saying what they are for, tests and markers apart."""
    return [
        Offence(str(path.relative_to(source)), "does not say what it is for")
        for path in python_files(source)
        if path.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]


def named_agreement_offences(source: Path, names: set[str]) -> list[Offence]:
    """Slugs and proper names of agreements in code, templates or styles, as whole words."""
    pattern = re.compile(
        r"\b(" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b", re.IGNORECASE
    )
    found = []
    for path in sorted(p for p in source.rglob("*") if p.suffix in {".py", ".html", ".css", ".js", ".txt", ".po"}):
        if "vendor" in path.parts:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if match := pattern.search(line):
                found.append(Offence(f"{path.relative_to(source)}:{number}", f"names {match.group(0)}"))
    return found
