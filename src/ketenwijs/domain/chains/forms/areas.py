"""Form for deciding on the name of an area that is also the name of somebody."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.chains import choices
from ketenwijs.domain.chains.rules.areas import area_key
from ketenwijs.domain.chains.selectors import AreasPreview

CONFIRM, RENAME, LEAVE = "confirm", "rename", "leave"


class AreaNameForm(forms.Form):
    """Which area, what happens with its name, and why. What the page shows as value of an area tells nothing."""

    area = forms.ChoiceField(label=_("Area"), widget=forms.RadioSelect)
    verdict = forms.ChoiceField(
        label=_("What happens with the name?"),
        widget=forms.RadioSelect,
        choices=[
            (CONFIRM, _("publish it as it is: it is really the name of the area")),
            (RENAME, _("publish it under another name")),
            (LEAVE, _("do not name it; it becomes part of the rest")),
        ],
    )
    published_as = forms.CharField(label=_("Other name"), max_length=200, required=False)
    reason = forms.CharField(label=_("Why?"), max_length=300)

    def __init__(self, *args: Any, preview: AreasPreview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {_code(one.country, area_key(one.area)): (one.country, one.area) for one in preview.undecided}
        self.areas |= {_code(one.country, one.area): (one.country, one.area) for one in preview.decided}
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, f"{area} ({choices.country_name(land)})") for code, (land, area) in self.areas.items()]

    def clean(self) -> dict[str, Any]:
        """A rename needs the other name."""
        typed = super().clean() or self.cleaned_data
        if typed.get("verdict") == RENAME and not typed.get("published_as"):
            self.add_error("published_as", _("Fill in the other name."))
        return typed

    @property
    def values(self) -> dict[str, str]:
        """What the service takes."""
        typed = self.cleaned_data
        country, area = self.areas[typed["area"]]
        names = {CONFIRM: area, RENAME: typed["published_as"], LEAVE: ""}
        return {
            "country": country, "area": area_key(area), "published_as": names[typed["verdict"]],
            "reason": typed["reason"],
        }  # fmt: skip


def _code(country: str, area: str) -> str:
    return sha256(f"{country}\n{area}".encode()).hexdigest()[:12]
