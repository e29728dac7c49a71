"""The checked rows between preview and confirmation: carried by the page itself, signed, so that nothing is
stored half-way.
"""

from __future__ import annotations

from django.core import signing
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.register.checking import RegisterRow
from ketenwijs.foundation.ui.errors import DomainError

SALT = "agreements.register"
MAX_AGE = 2 * 60 * 60


def sealed(rows: list[RegisterRow], *, agreement: str, by: str) -> str:
    """The rows as signed text for one person and one agreement."""
    content = {"agreement": agreement, "by": by, "rows": [row.model_dump(mode="json") for row in rows]}
    return signing.dumps(content, salt=SALT, compress=True)


def unsealed(text: str, *, agreement: str, by: str) -> list[RegisterRow]:
    """The rows that a preview of the last two hours showed to this person; anything else is refused."""
    try:
        content = signing.loads(text, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature as error:
        raise DomainError(_("This preview is no longer valid. Upload the sheet again.")) from error
    if (content["agreement"], content["by"]) != (agreement, by):
        raise DomainError(_("This preview is no longer valid. Upload the sheet again."))
    return [RegisterRow.model_validate(row) for row in content["rows"]]
