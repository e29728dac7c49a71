"""The forms of this app: telling what was seen, following it, asking firms, replying, answering."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.reference import selectors as reference
from ketenwijs.domain.sitereports import states
from ketenwijs.domain.sitereports.services import Sender, Told
from ketenwijs.foundation.ui.forms import DayField

LONGEST_TEXT = 10_000
Choices = list[tuple[str, str]]
CHOOSE = _("Choose")


def long_text(label: Any, hint: Any = "", *, required: bool = True, rows: int = 6) -> forms.CharField:
    """A field for some paragraphs."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=LONGEST_TEXT, widget=widget)


class LongSelect(forms.Select):
    """A list of choices written in one go: a template for each of some 250 countries costs more than the whole page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The same markup as the library's, without groups."""
        chosen = set(self.format_value(value))
        options = [
            f'<option value="{escape(str(code))}"{" selected" if str(code) in chosen else ""}>{escape(str(label))}</option>'
            for code, label in self.choices
        ]
        attributes = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return mark_safe(f"<select{attributes}>" + "".join(options) + "</select>")  # noqa: S308 - all parts are escaped


class CalmForm(forms.Form):
    """Empty fields that must be filled in are not shown as wrong before anything was sent; the service says what is."""

    use_required_attribute = False


class ReportForm(CalmForm):
    """What was seen, where, when, and who wants an answer. Works without script; `website` is a trap for programs."""

    agreement = forms.ChoiceField(
        label=_("which agreement?"), help_text=_("The agreement of the trade that buys from the place.")
    )
    country = forms.ChoiceField(label=_("country"), widget=LongSelect)
    place = forms.CharField(
        label=_("place"), max_length=200, required=False, help_text=_("Village, town, district or region.")
    )
    site_name = forms.CharField(
        label=_("name of the site"), max_length=200, required=False, help_text=_("As people there call it.")
    )
    site_kind = forms.ChoiceField(label=_("kind of site"), required=False)
    seen = long_text(
        _("what did you see?"),
        _("What happens there, to how many people, since when. Write no names of people who could be harmed."),
    )
    themes = forms.MultipleChoiceField(
        label=_("what is it about?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen_when = forms.CharField(
        label=_("when did you see it?"), max_length=120, required=False, help_text=_("For example: March 2026.")
    )
    sender_name = forms.CharField(
        label=_("your organisation"), max_length=200, required=False,
        help_text=_("Only the secretariat sees this."),
    )  # fmt: skip
    sender_email = forms.EmailField(
        label=_("e-mail address for the answer"), required=False, max_length=254,
        help_text=_("Only the secretariat sees this. Without it you read the answer with your receipt."),
    )  # fmt: skip
    website = forms.CharField(label=_("leave this empty"), required=False)
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    PLACE = ("agreement", "country", "place", "site_name", "site_kind")
    SEEN = ("seen", "themes", "seen_when")
    SENDER = ("sender_name", "sender_email")

    def __init__(self, *args: Any, agreements: Sequence[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreements = {one.slug: one for one in agreements}
        self._choose("agreement", [(one.slug, str(definition_of(one).name)) for one in agreements])
        self._choose("country", sorted(((one.code, one.name) for one in reference.countries()), key=lambda one: one[1]))
        self._choose("site_kind", [(one.code, one.name) for one in reference.site_kinds()], _("I do not know"))
        self.fields["themes"].choices = [(one.code, one.name) for one in reference.themes()]  # type: ignore[attr-defined]
        self.fields["once"].initial = secrets.token_hex(16)

    def _choose(self, name: str, choices: Choices, empty: Any = CHOOSE) -> None:
        field = self.fields[name]
        if len(choices) == 1 and field.required:
            field.initial = choices[0][0]
            field.choices = choices  # type: ignore[attr-defined]
        else:
            field.choices = [("", empty), *choices]  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        """Programs fill in every field; a person never sees this one."""
        if self.cleaned_data.get("website"):
            shown = self.data.copy()  # type: ignore[attr-defined]
            shown["website"] = ""
            self.data = shown
            self.add_error(None, _("A field that should stay empty was filled in. It is empty again: send once more."))
        return ""

    @property
    def place_fields(self) -> list[forms.BoundField]:
        """Where it is."""
        return [self[name] for name in self.PLACE if name in self.fields]

    @property
    def seen_fields(self) -> list[forms.BoundField]:
        """What was seen."""
        return [self[name] for name in self.SEEN]

    @property
    def sender_fields(self) -> list[forms.BoundField]:
        """Who wants an answer."""
        return [self[name] for name in self.SENDER if name in self.fields]

    @property
    def chosen_agreement(self) -> Agreement:
        """The agreement that was chosen."""
        return self.agreements[self.cleaned_data["agreement"]]

    @property
    def told(self) -> Told:
        """What the service takes."""
        names = ("country", "seen", "place", "site_name", "site_kind", "seen_when")
        return Told(**{name: self.cleaned_data[name] for name in names}, themes=tuple(self.cleaned_data["themes"]))

    @property
    def once_mark(self) -> str:
        """The mark of this form; a form that lost it counts as a new one."""
        return self.cleaned_data.get("once") or secrets.token_hex(16)

    def sender(self, language: str, email: str = "") -> Sender:
        """Who wants the answer; somebody of a party gets it at the address of the account."""
        address = email or self.cleaned_data.get("sender_email", "")
        return Sender(language=language[:2], name=self.cleaned_data.get("sender_name", ""), email=address)


class PartyReportForm(ReportForm):
    """The same for somebody of a party, whose address is known."""

    sender_email = None  # type: ignore[assignment]


class FollowForm(CalmForm):
    """Number and code of a receipt."""

    number = forms.CharField(label=_("number"), max_length=40)
    code = forms.CharField(
        label=_("code"), max_length=80, help_text=_("Both stand on your receipt. Spaces and dashes do not matter.")
    )


class NarrowForm(CalmForm):
    """Which reports the list shows."""

    state = forms.ChoiceField(label=_("state"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("All")), *states.REPORT.choices()]  # type: ignore[attr-defined]


class FindForm(CalmForm):
    """Looking for the location in the register."""

    text = forms.CharField(label=_("name, place or number"), max_length=100, required=False)


class AskForm(CalmForm):
    """The question to firms, in the secretariat's own words."""

    organisations = forms.TypedMultipleChoiceField(
        label=_("which companies?"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one company.")},
    )  # fmt: skip
    question = long_text(
        _("your question"),
        _(
            "Each company reads this text, the themes and its own site. Not who reported, not the report, no other company."
        ),
    )
    reply_by = DayField(label=_("reply before or on"))

    def __init__(self, *args: Any, companies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].choices = companies  # type: ignore[attr-defined]


class AnswerForm(CalmForm):
    """The answer to the sender."""

    answer = long_text(
        _("answer to the sender"),
        _("What was found and what is being done. No company and no supplier by name; write “the place you reported”."),
        rows=8,
    )


class ReasonForm(CalmForm):
    """Why a report is not taken up; the sender reads it."""

    reason = long_text(
        _("why is it not taken up?"),
        _("The sender reads this. Say where else to turn to, if you know. No company and no supplier by name."),
        rows=5,
    )


class ReplyForm(CalmForm):
    """A firm's reply."""

    found = long_text(_("what did you find?"), _("What you looked at, whom you spoke to, what you know now."))
    done = long_text(
        _("what did you do or will you do?"),
        _("To stop it, to keep it from happening again, and for the people who were harmed."),
        required=False,
    )
