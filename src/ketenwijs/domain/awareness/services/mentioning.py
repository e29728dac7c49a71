"""Saying whether the firm's code of conduct and website name the complaints route."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.workspaces import Workspace, ensure_writable
from ketenwijs.domain.awareness import policies
from ketenwijs.domain.awareness.models import Mention
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion


@dataclass(frozen=True)
class MentionValues:
    """What a firm says; day and links only count where the answer is yes."""

    in_code: bool
    on_website: bool
    in_code_since: date | None = None
    code_link: str = ""
    website_link: str = ""


@transaction.atomic
def save_mention(*, actor: Viewer, workspace: Workspace, values: MentionValues, version: int, today: date) -> Mention:
    """Save the answers of the year; `version` is 0 as long as there were none.

    Links must be https. A website that names the route needs its link, so that anybody can look.
    """
    if not policies.may_write(actor, workspace.organisation.pk):
        raise NotAllowed(_("Only people of the company itself may change its register."))
    ensure_writable(workspace)
    fields = _checked(values, today)
    where = {
        "organisation": workspace.organisation,
        "agreement": workspace.agreement,
        "year": workspace.year.code,
    }
    if version == 0:
        mention, created = Mention.objects.get_or_create(**where, defaults=fields)
        changed = int(created)
    else:
        changed = Mention.objects.filter(**where, version=version).update(**fields, version=version + 1)
    if not changed:
        raise StaleVersion(_("A colleague saved this in the meantime. Compare both versions and save again."))
    mention = Mention.objects.get(**where)
    answers = {"in_code": mention.in_code, "on_website": mention.on_website}
    record(
        actor=actor, event="awareness.mention.saved", subject=mention, chain=workspace.agreement.slug, values=answers
    )
    return mention


def _checked(values: MentionValues, today: date) -> dict[str, object]:
    code_link = values.code_link.strip() if values.in_code else ""
    website_link = values.website_link.strip() if values.on_website else ""
    since = values.in_code_since if values.in_code else None
    for name, link in (("code_link", code_link), ("website_link", website_link)):
        if link and not link.startswith("https://"):
            raise _wrong(name, _("Give an address that starts with https://."))
    if values.on_website and not website_link:
        raise _wrong("website_link", _("Give the address of the page that names the route."))
    if since and since > today:
        raise _wrong("in_code_since", _("This day is still to come. Correct the day."))
    return {
        "in_code": values.in_code,
        "in_code_since": since,
        "code_link": code_link,
        "on_website": values.on_website,
        "website_link": website_link,
    }


def _wrong(name: str, sentence: str) -> DomainError:
    return DomainError(sentence, fields={name: sentence})
