"""Taking an uploaded package apart in memory: a ZIP or single YAML files, nothing else, and never more than fits."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ketenwijs.foundation.content.kinds import kind_of
from ketenwijs.foundation.files.checks.archives import unpacked
from ketenwijs.foundation.files.names import shown_name
from ketenwijs.foundation.files.refusals import SENTENCES, Refused
from ketenwijs.foundation.ui.errors import DomainError

MOST_FILES = 30
MOST_BYTES = 3 * 1024 * 1024
YAML, ZIP = (".yaml", ".yml"), ".zip"


def read_upload(uploads: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """The YAML files of an upload by their own name, without folders.

    Raises DomainError for an archive that is not safe, for other kinds of file (all of them named at once), for a name
    that stands twice and for too much.
    """
    found: list[tuple[str, bytes]] = []
    for name, content in uploads:
        found += _members(content) if name.lower().endswith(ZIP) else [(name, content)]
    if len(found) > MOST_FILES or sum(len(content) for _name, content in found) > MOST_BYTES:
        raise DomainError(
            _("This is more than a package can hold: at most 30 files and 3 MB. Leave out what does not belong.")
        )
    if not found:
        raise DomainError(_("There is no file in it. Choose the files of the package again."))
    _refuse_other_kinds([name for name, _content in found])
    named: dict[str, bytes] = {}
    for name, content in found:
        short = _plain(name)
        if short in named:
            words = {"name": short}
            raise DomainError(
                _("The file %(name)s stands in it twice. Upload the files of one agreement at a time.") % words
            )
        named[short] = content
    return named


def _members(content: bytes) -> list[tuple[str, bytes]]:
    try:
        return list(unpacked(content, most_members=MOST_FILES, most_bytes=MOST_BYTES).items())
    except Refused as refusal:
        raise DomainError(SENTENCES[refusal.code]) from refusal


def _plain(name: str) -> str:
    """The file's own name; the longer ending means the same."""
    short = shown_name(name)
    return short[: -len(".yml")] + ".yaml" if short.lower().endswith(".yml") else short


def _refuse_other_kinds(names: Sequence[str]) -> None:
    wrong = sorted(shown_name(name) for name in names if not _belongs(name))
    if wrong:
        sentence = _(
            "These files do not belong to a package: %(names)s. Use agreement.yaml, framework-….yaml, observations.yaml, "
            "letters.yaml or report.yaml."
        )
        raise DomainError(sentence % {"names": ", ".join(wrong)})


def _belongs(name: str) -> bool:
    if not name.lower().endswith(YAML):
        return False
    found = kind_of(f"agreements/any/{_plain(name)}")
    return found is not None and found.is_edition
