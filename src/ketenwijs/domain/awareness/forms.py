"""Forms of the register: an announcement at several sites at once, one line, and what code and website say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.awareness import vocabulary
from ketenwijs.domain.awareness.models import Announcement, Mention
from ketenwijs.domain.awareness.services.announcing import Values
from ketenwijs.domain.awareness.services.mentioning import MentionValues
from ketenwijs.foundation.ui.forms import DayField, VersionedForm, readable_by_browser

YES_NO = [("yes", _("yes")), ("no", _("no"))]
Sites = Sequence[tuple[str, str]]


class AnnouncementForm(forms.Form):
    """What every announcement says, with the sites where it was made; several at once make a line each."""

    sites = forms.MultipleChoiceField(
        label=_("At which of your sites?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The same announcement at several sites becomes a line for each of them."),
    )
    announced_on = DayField(label=_("Announced on"))
    way = forms.ChoiceField(label=_("How?"), widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(label=_("In which languages?"), widget=forms.CheckboxSelectMultiple)
    announced_by = forms.CharField(
        label=_("By whom?"), max_length=200, help_text=_("For example the site manager, a buyer on a visit, a union.")
    )
    confirmed_by = forms.CharField(
        label=_("Who confirmed it?"),
        max_length=200,
        required=False,
        help_text=_("The role or organisation, for example the workers' committee or a union. No names of workers."),
    )
    confirmed_on = DayField(label=_("Confirmed on"), required=False)

    def __init__(self, *args: Any, sites: Sites, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"sites", "site"} & set(self.fields):
            self.fields[name].choices = list(sites)  # type: ignore[attr-defined]
        self.fields["way"].choices = vocabulary.choices(vocabulary.ways().values())  # type: ignore[attr-defined]
        self.fields["languages"].choices = vocabulary.choices(vocabulary.languages().values())  # type: ignore[attr-defined]
        for field in self.fields.values():
            readable_by_browser(field.widget)

    @property
    def values(self) -> Values:
        """What the service takes besides the sites."""
        data = self.cleaned_data
        return Values(
            announced_on=data["announced_on"],
            way=data["way"],
            languages=tuple(data["languages"]),
            announced_by=data["announced_by"],
            confirmed_by=data["confirmed_by"],
            confirmed_on=data["confirmed_on"],
        )


class LineForm(VersionedForm, AnnouncementForm):
    """One line that is there, at one site."""

    sites = None  # type: ignore[assignment]
    site = forms.ChoiceField(label=_("At which of your sites?"))

    field_order = ["site"]

    def __init__(self, *args: Any, line: Announcement, **kwargs: Any) -> None:
        names = ("announced_on", "way", "languages", "announced_by", "confirmed_by", "confirmed_on", "version")
        initial = {"site": line.site_id, **{name: getattr(line, name) for name in names}}
        super().__init__(*args, **{**kwargs, "initial": initial})


class MentionForm(VersionedForm):
    """Whether code of conduct and website name the route."""

    in_code = forms.ChoiceField(
        label=_("Does your code of conduct name the complaints route?"), choices=YES_NO, widget=forms.RadioSelect
    )
    in_code_since = DayField(label=_("Since when does the code name it?"), required=False)
    code_link = forms.CharField(
        label=_("Link to the code of conduct"),
        max_length=300,
        required=False,
        help_text=_("Starts with https://. Leave it empty when the code is not public."),
        widget=forms.URLInput,
    )
    on_website = forms.ChoiceField(
        label=_("Does your website name the complaints route?"), choices=YES_NO, widget=forms.RadioSelect
    )
    website_link = forms.CharField(
        label=_("Link to the page"),
        max_length=300,
        required=False,
        help_text=_("Starts with https://. Needed when your website names the route."),
        widget=forms.URLInput,
    )

    def __init__(self, *args: Any, mention: Mention | None, before: Mention | None, **kwargs: Any) -> None:
        known = mention or before
        initial: dict[str, Any] = {"version": mention.version if mention else 0}
        if known is not None:
            initial |= {name: getattr(known, name) for name in ("in_code_since", "code_link", "website_link")}
            initial |= {name: "yes" if getattr(known, name) else "no" for name in ("in_code", "on_website")}
        super().__init__(*args, **{**kwargs, "initial": initial})
        readable_by_browser(self.fields["in_code_since"].widget)

    @property
    def values(self) -> MentionValues:
        """What the service takes, without the version."""
        data = self.cleaned_data
        return MentionValues(
            in_code=data["in_code"] == "yes",
            on_website=data["on_website"] == "yes",
            in_code_since=data["in_code_since"],
            code_link=data["code_link"],
            website_link=data["website_link"],
        )
