"""Screen texts: `collect` from code and templates, `compile`, and `check` that Dutch and French are complete."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "ketenwijs"
LANGUAGES = ("nl", "fr")
GAP = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def collect(package: Path) -> None:
    """Bring both catalogues up to date with the code; without places, so that a diff shows only texts."""
    for language in LANGUAGES:
        (package / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    admin = str(Path(sys.executable).with_name("django-admin"))
    words = [admin, "makemessages", "--no-location", "--no-wrap", "-i", "vendor", "-i", "tests"]
    for language in LANGUAGES:
        words += ["-l", language]
    subprocess.run(words, cwd=package, check=True, capture_output=True)
    for language in LANGUAGES:
        _tidy(package / "locale" / language / "LC_MESSAGES" / "django.po")


def _tidy(path: Path) -> None:
    """Drop dates and obsolete texts, so that the file changes only when texts do; and the guesses of gettext.

    A guess is another sentence's translation. Flagged or not, it once ended on a screen; an empty text cannot.
    """
    catalogue = polib.pofile(str(path), wrapwidth=0)
    for entry in catalogue.fuzzy_entries():
        entry.msgstr = ""
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
    for entry in list(catalogue.obsolete_entries()):
        catalogue.remove(entry)
    for name in ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To"):
        catalogue.metadata.pop(name, None)
    catalogue.header = "Screen texts of Ketenwijs. `make messages` keeps this file up to date."
    catalogue.save(str(path))


def compile_catalogues(package: Path) -> None:
    """Write the files that the running program reads."""
    for language in LANGUAGES:
        path = package / "locale" / language / "LC_MESSAGES" / "django.po"
        if path.exists():
            polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def faults_in(path: Path) -> list[str]:
    """What is missing or doubtful in one catalogue, a sentence each."""
    found = []
    for entry in polib.pofile(str(path)):
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if not all(texts):
            found.append(f"not translated: {entry.msgid!r}")
        elif "fuzzy" in entry.flags:
            found.append(f"only guessed: {entry.msgid!r}")
        elif any(set(GAP.findall(text)) - set(GAP.findall(entry.msgid + (entry.msgid_plural or ""))) for text in texts):
            found.append(f"a gap that is not in the original: {entry.msgid!r}")
        elif not entry.msgid_plural and set(GAP.findall(entry.msgid)) != set(GAP.findall(entry.msgstr)):
            found.append(f"a gap is missing: {entry.msgid!r}")
    return found


def check() -> int:
    """Collect into a copy and compare; prints every fault and returns how many there are."""
    faults = 0
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "ketenwijs"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("vendor", "__pycache__", "*.mo"))
        collect(copy)
        for language in LANGUAGES:
            name = Path("locale") / language / "LC_MESSAGES" / "django.po"
            fresh, kept = ({e.msgid for e in polib.pofile(str(base / name))} for base in (copy, PACKAGE))
            found = faults_in(PACKAGE / name)
            found += [f"not collected (make messages): {text!r}" for text in sorted(fresh - kept)]
            found += [f"no longer used (make messages): {text!r}" for text in sorted(kept - fresh)]
            for sentence in found:
                print(f"{name}: {sentence}")
            faults += len(found)
    return faults


if __name__ == "__main__":
    deed = sys.argv[1] if len(sys.argv) > 1 else ""
    if deed == "collect":
        collect(PACKAGE)
    elif deed == "compile":
        compile_catalogues(PACKAGE)
    elif deed == "check":
        sys.exit(1 if check() else 0)
    else:
        sys.exit("usage: messages.py collect|compile|check")
