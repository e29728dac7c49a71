"""The documentation tells the truth: links lead somewhere, commands exist, tests that it names exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from ketenwijs.command import OWN_NAMES

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ketenwijs"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(?:^[ `]*|&& |bin/)(?:ketenwijs|kw) ([a-z][a-z-]+)", re.MULTILINE)
NAMED_TEST_FILE = re.compile(r"`([\w/]+/test_\w+\.py)`([^`]*)")
FENCE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("http://", "https://", "mailto:")


def names(pages: list[Path]) -> list[str]:
    return [str(page.relative_to(ROOT)) for page in pages]


def broken_links(page: Path) -> list[str]:
    """Relative links of a page that lead nowhere."""
    targets = [
        link.partition("#")[0] for link in LINK.findall(page.read_text("utf-8")) if not link.startswith(ELSEWHERE)
    ]
    return [target for target in targets if target and not (page.parent / target).resolve().exists()]


def commands_in(text: str) -> set[str]:
    """Commands of ours that stand in code, inline or in blocks."""
    return {name for code in FENCE.findall(text) for name in COMMAND.findall(code)}


def test_there_are_pages_to_look_at():
    assert {"README.md", "CONTRIBUTING.md", "docs/start-here.md", "docs/architecture.md"} <= set(names(PAGES))


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_every_relative_link_leads_somewhere(page):
    assert broken_links(page) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("[here](page.md#part) [there](absent.md) [outside](https://example.org/absent)")
    assert broken_links(page) == ["absent.md"]


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_every_command_that_is_named_exists(page):
    of_the_second_program = (SOURCE / "complaints" / "management" / "commands").glob("[a-z]*.py")
    known = set(get_commands()) | {f"complaints_{one.stem}" for one in of_the_second_program}
    named = commands_in(page.read_text("utf-8"))
    assert {name for name in named if OWN_NAMES.get(name, name.replace("-", "_")) not in known} == set()


def test_commands_are_found_in_blocks_and_in_lines():
    block = "kw two --flag\n.venv/bin/ketenwijs three\nkw four && kw five\nadduser --home /var/ketenwijs ketenwijs\n"
    text = f"`ketenwijs one-thing` and ketenwijs prose\n```sh\n{block}```\n"
    assert commands_in(text) == {"one-thing", "two", "three", "four", "five"}


def test_every_test_that_covers_a_security_case_exists():
    page = (ROOT / "docs" / "security-cases.md").read_text("utf-8")
    absent = []
    for name, words in NAMED_TEST_FILE.findall(page):
        path = (ROOT if name.startswith("tests/") else SOURCE) / name
        text = path.read_text("utf-8") if path.exists() else ""
        wanted = re.findall(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b", words)
        absent += [f"{name} {one}" for one in wanted or ["names no test"] if f"def test_{one}(" not in text]
    assert absent == []
