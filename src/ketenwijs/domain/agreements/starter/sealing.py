"""The checked files between preview and confirmation: carried by the page itself, signed, so that nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping

from django.core import signing
from django.utils.translation import gettext as _

from ketenwijs.foundation.ui.errors import DomainError

SALT = "agreements.package"
MAX_AGE = 2 * 60 * 60


def sealed(files: Mapping[str, str], *, by: str) -> str:
    """The files by name as signed text for one person."""
    return signing.dumps({"by": by, "files": dict(files)}, salt=SALT, compress=True)


def unsealed(text: str, *, by: str) -> dict[str, bytes]:
    """The files that a preview of the last two hours showed to this person; anything else is refused."""
    try:
        content = signing.loads(text, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature as error:
        raise DomainError(_("This preview is no longer valid. Upload the files again.")) from error
    if content["by"] != by:
        raise DomainError(_("This preview is no longer valid. Upload the files again."))
    return {name: str(one).encode() for name, one in content["files"].items()}
