"""Forms of the secretariat: new member, joining, leaving, group, outcome, register sheet; and the filter of
lists.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements import listing, packages
from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.instruments import FAMILY_NAMES, REQUIREMENT_LIST
from ketenwijs.domain.agreements.models import Membership
from ketenwijs.domain.agreements.starter.building import Wanted
from ketenwijs.domain.agreements.starter.reading import MOST_BYTES, MOST_FILES
from ketenwijs.domain.participants.forms import OrganisationForm
from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.content.texts import LANGUAGES, Texts
from ketenwijs.foundation.ui.forms import VersionedForm

Choices = list[tuple[str, Any]]
ORGANISATION_KIND_OF = {
    Membership.Kind.PARTICIPANT: "company",
    Membership.Kind.AUTHORITY: "authority",
    Membership.Kind.PARTY: "party",
    Membership.Kind.SUPPORTER: "supporter",
}


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day that the browser helps to choose and that can also be typed."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def named(names: packages.Names) -> Choices:
    """Codes and names in the active language, in the order of the content."""
    return [(code, str(texts)) for code, texts in names.items()]


class MemberFilter(forms.Form):
    """Narrowing a list of members."""

    words = forms.CharField(label=_("Name"), required=False)
    state = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[(listing.RUNNING, _("now")), (listing.ENDED, _("left")), (listing.ALL, _("all"))],
    )
    trade = forms.ChoiceField(label=_("Kind"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, definition: AgreementFile, kind: str, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: Choices = [("", _("all"))]
        self.fields["trade"].choices = every + trades(ORGANISATION_KIND_OF[Membership.Kind(kind)])  # type: ignore[attr-defined]
        known = sorted((listing.country_name(code), code) for code in countries)
        self.fields["country"].choices = every + [(code, name) for name, code in known]  # type: ignore[attr-defined]
        if kind == Membership.Kind.PARTICIPANT:
            self.fields["group"].choices = every + named(packages.group_names(definition))  # type: ignore[attr-defined]
        else:
            del self.fields["group"]

    @property
    def narrowing(self) -> dict[str, str]:
        """What `listing.filtered` takes; a wrong value narrows nothing."""
        self.is_valid()
        found = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return {"state": listing.RUNNING, **found}


def trades(kind: str) -> Choices:
    """Trades or kinds of authority of one kind of organisation."""
    known = reference.organisation_kind(kind)
    return [(one.code, one.name) for one in known.subkinds] if known else []


class JoiningForm(forms.Form):
    """Since when and in which group or section an organisation takes part."""

    joined_on = day_field(_("First day"))
    group = forms.ChoiceField(label=_("Group"))
    section = forms.ChoiceField(label=_("Section"), required=False)

    def __init__(self, *args: Any, definition: AgreementFile, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, wanted, names in (
            ("group", Membership.Kind.PARTICIPANT, packages.group_names(definition)),
            ("section", Membership.Kind.PARTY, packages.section_names(definition)),
        ):
            if kind == wanted:
                self.fields[name].choices = [("", _("Choose")), *named(names)]  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class NewMemberForm(OrganisationForm):
    """A new organisation together with its membership, on one page."""

    joined_on = day_field(_("First day"))
    group = forms.ChoiceField(label=_("Group"))
    section = forms.ChoiceField(label=_("Section"), required=False)

    def __init__(self, *args: Any, definition: AgreementFile, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, kind=ORGANISATION_KIND_OF[Membership.Kind(kind)], **kwargs)
        joining = JoiningForm(definition=definition, kind=kind)
        for name in ("group", "section"):
            if name in joining.fields:
                self.fields[name] = joining.fields[name]
            else:
                del self.fields[name]
        self.order_fields(["name", "subkind", "country", "place", "joined_on", "group", "section"])


class LeavingForm(VersionedForm, forms.Form):
    """The last day of a membership and why it ends."""

    left_on = day_field(_("Last day"))
    reason = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the secretariat reads this."),
    )

    def __init__(self, *args: Any, definition: AgreementFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = packages.exit_reasons(definition)
        self.fields["reason"].choices = [("", _("Choose")), *named(reasons)]  # type: ignore[attr-defined]


class JoinedOnForm(VersionedForm, forms.Form):
    """Correcting the first day of a membership."""

    joined_on = day_field(_("First day"))
    reason = forms.CharField(label=_("Why is it corrected?"), max_length=300)


class GroupForm(forms.Form):
    """Another group as of a day."""

    group = forms.ChoiceField(label=_("Group"))
    since = day_field(_("As of"))

    def __init__(self, *args: Any, definition: AgreementFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("Choose")), *named(packages.group_names(definition))]  # type: ignore[attr-defined]


class LevelForm(forms.Form):
    """An outcome from before this system, or a correction; ordinarily outcomes come from the yearly
    judgement.
    """

    outcome = forms.ChoiceField(label=_("Outcome"))
    number = forms.IntegerField(
        label=_("Year or level it is about"),
        required=False,
        min_value=0,
        max_value=99,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    report_year = forms.ChoiceField(label=_("Report year"), required=False)
    since = day_field(_("As of"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, definition: AgreementFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (
                str(names),
                [(f"{scheme}:{value}", label) for value, label in named(packages.outcome_names(definition, scheme))],
            )
            for scheme, names in packages.outcome_schemes(definition).items()
        ]
        self.fields["outcome"].choices = [("", _("Choose")), *groups]  # type: ignore[attr-defined]
        started = [year.code for year in packages.report_years(definition) if year.starts_on <= timezone.localdate()]
        self.fields["report_year"].choices = [("", _("none"))] + [(code, code) for code in reversed(started)]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What `services.set_level` takes."""
        scheme, _colon, value = self.cleaned_data["outcome"].partition(":")
        kept = {name: self.cleaned_data[name] for name in ("number", "report_year", "since", "reason")}
        return {"scheme": scheme, "value": value, **kept}


class RegisterSheetForm(forms.Form):
    """The sheet with the present register."""

    sheet = forms.FileField(
        label=_("Sheet"),
        help_text=_("xlsx, ods or csv with the headings of the template, at most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )


def _families() -> list[tuple[str, str]]:
    """Ways of measuring to choose from, in the reader's language."""
    return [(code, capfirst(str(name))) for code, name in FAMILY_NAMES.items()]


class StarterForm(forms.Form):
    """A new agreement's word in the addresses, its name and first day. Left out, a name in French or English is the Dutch
    one, to be translated in the package.
    """

    slug = forms.CharField(
        label=_("Word for the addresses"),
        help_text=_("Small letters, digits and hyphens, for example example-sector. It never changes again."),
        max_length=50,
    )
    name_nl = forms.CharField(label=_("Name in Dutch"), max_length=120)
    name_fr = forms.CharField(label=_("Name in French"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    first_day = day_field(_("First day"), help_text=_("Terms and report years are counted from this day."))
    family = forms.ChoiceField(
        label=_("How is measured"),
        choices=_families,
        widget=forms.RadioSelect,
        initial=REQUIREMENT_LIST,
        help_text=_("The package holds an example of it, which you change as you like."),
    )

    @property
    def wanted(self) -> Wanted:
        """What the starter package is built from."""
        given = self.cleaned_data
        names = {language: given[f"name_{language}"] or given["name_nl"] for language in LANGUAGES}
        return Wanted(given["slug"], Texts(**names), given["first_day"], given["family"])


class SeveralFilesInput(forms.ClearableFileInput):
    """Choosing several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A list of uploaded files."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself; at least one."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given or [None]]


class PackageForm(forms.Form):
    """The edited package: its ZIP, or one or several of its files."""

    upload = SeveralFilesField(
        label=_("Files"),
        help_text=_("The ZIP of the package, or one or several of its YAML files; at most 3 MB."),
        widget=SeveralFilesInput(attrs={"accept": ".zip,.yaml,.yml"}),
    )

    @property
    def uploads(self) -> list[tuple[str, bytes]]:
        """Names and contents; not more of each is read than a package can hold."""
        return [(one.name, one.read(MOST_BYTES + 1)) for one in self.cleaned_data["upload"][: MOST_FILES + 1]]
