"""The style sheets, the browser files and the templates fit together."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[1]
PACKAGE = UI.parents[1]
ROOT = PACKAGE.parents[1]
VENDOR = UI / "static" / "vendor"
OWN = UI / "static" / "ui"
LARGEST_STYLES = 20_000
"""Compressed bytes; a page of the desk may weigh 60,000 in all."""


def styles() -> str:
    return "\n".join(path.read_text("utf-8") for path in [*sorted(VENDOR.glob("*.css")), *sorted(OWN.glob("*.css"))])


def classes_used() -> set[str]:
    """Whole class names in all templates and in the forms; those with a gap for a variant are left out."""
    texts = [path.read_text("utf-8") for path in PACKAGE.rglob("templates/**/*.html")]
    texts.append((UI / "forms.py").read_text("utf-8"))
    return set(re.findall(r"(?<![\w-])((?:kw|utrecht)-[a-z0-9_-]*[a-z0-9])(?![\w{-])", " ".join(texts)))


def test_every_class_in_a_template_has_a_style() -> None:
    known = set(re.findall(r"\.((?:kw|utrecht)-[\w-]+)", styles()))
    assert sorted(classes_used() - known) == []


def test_every_package_that_is_carried_is_used() -> None:
    packages = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    parts = [name.removeprefix("@utrecht/").removesuffix("-css") for name in packages if name.startswith("@utrecht/")]
    assert sorted(part for part in parts if f"utrecht-{part}" not in classes_used()) == []


def test_the_browser_files_are_those_that_were_recorded() -> None:
    if not VENDOR.is_dir():
        pytest.fail("The browser files are missing: run python tools/vendor.py")
    recorded = dict(reversed(line.split()) for line in (ROOT / "tools/vendor.sha256").read_text("utf-8").splitlines())
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}
    assert found == recorded


def test_every_package_that_is_carried_has_its_licence_listed() -> None:
    listed = (VENDOR / "licences.txt").read_text("utf-8")
    for name, version in json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"].items():
        found = re.search(rf"^{re.escape(name)} {re.escape(version)}: (.+)$", listed, re.MULTILINE)
        assert found is not None, name
        assert found.group(1) in ("EUPL-1.2", "BSD-3-Clause", "ISC", "MIT"), name


def test_the_lock_holds_no_address_of_a_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    assert all(entry.get("integrity") for name, entry in lock["packages"].items() if name)


def test_all_styles_of_a_page_stay_small() -> None:
    assert len(gzip.compress(styles().encode(), 6)) <= LARGEST_STYLES


def test_no_style_fetches_anything_from_elsewhere() -> None:
    assert re.findall(r"@import|url\(\s*['\"]?(?:https?:)?//", styles()) == []
