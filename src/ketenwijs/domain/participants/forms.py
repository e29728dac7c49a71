"""Forms for an organisation's data, its people and the choice of the one to act for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.participants.rules import SCHEMES
from ketenwijs.domain.participants.selectors import identifiers_of
from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.access.roles import Role
from ketenwijs.foundation.ui.forms import VersionedForm


class OrganisationForm(forms.Form):
    """Name, trade, country, place and numbers; `kind` decides which trades are offered."""

    name = forms.CharField(label=_("Name"), max_length=200)
    subkind = forms.ChoiceField(label=_("Trade or kind"), required=False)
    country = forms.ChoiceField(label=_("Country"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    employees = forms.IntegerField(label=_("Number of employees"), required=False, min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        known = reference.organisation_kind(kind)
        subkinds = [(one.code, one.name) for one in known.subkinds] if known else []
        self.fields["subkind"].choices = [("", _("not chosen")), *subkinds]  # type: ignore[attr-defined]
        countries = sorted((one.name, one.code) for one in reference.countries())
        self.fields["country"].choices = [("", _("Choose")), *((code, name) for name, code in countries)]  # type: ignore[attr-defined]
        for scheme in SCHEMES.values():
            self.fields[scheme.code] = forms.CharField(
                label=str(scheme.label), help_text=str(scheme.hint), required=False, max_length=40
            )

    @property
    def values(self) -> dict[str, Any]:
        """What the services take besides kind and numbers."""
        names = ("name", "subkind", "country", "place", "website", "employees")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def identifiers(self) -> dict[str, str]:
        """Numbers as typed, by scheme."""
        return {scheme: self.cleaned_data.get(scheme, "") for scheme in SCHEMES}


class CorrectionForm(VersionedForm, OrganisationForm):
    """The same data of an organisation that exists."""

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        """What the form shows first."""
        names = ("name", "subkind", "country", "place", "website", "employees", "version")
        return {**{name: getattr(organisation, name) for name in names}, **identifiers_of(organisation)}


class HoldingForm(VersionedForm, forms.Form):
    """The group of companies an organisation belongs to."""

    holding = forms.CharField(
        label=_("Group of companies (holding)"),
        max_length=200,
        required=False,
        help_text=_("The name of the group, written the same for each of its members. Empty: no group is known."),
    )


class InvitationForm(forms.Form):
    """Somebody who should come in."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.code, role.name) for role in roles]  # type: ignore[attr-defined]


class EndRoleForm(forms.Form):
    """Why somebody's role ends."""

    reason = forms.CharField(label=_("Why does this role end?"), max_length=300)


class ContactForm(forms.Form):
    """Somebody without an account."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    function = forms.CharField(label=_("Function"), max_length=80, required=False)
