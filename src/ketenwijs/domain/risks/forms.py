"""The form of one place: every theme with its four scores, involvement, reason and source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.risks.models import Involvement, Risk
from ketenwijs.domain.risks.services import FIELDS, SCORES
from ketenwijs.foundation.ui.forms import VersionedForm

UNKNOWN = ("", _("unknown"))
# The anchors are our proposal, not the guidance's text (oecd-steps 0.2).
ANCHORS: dict[str, list[tuple[str, Any]]] = {
    "scale": [
        UNKNOWN,
        ("1", _("1 hinder")),
        ("2", _("2 serious but passing")),
        ("3", _("3 lasting harm")),
        ("4", _("4 death, slavery, worst forms")),
    ],
    "scope": [
        UNKNOWN,
        ("1", _("1 a few people")),
        ("2", _("2 part of a site")),
        ("3", _("3 most of a site or a village")),
        ("4", _("4 a whole region")),
    ],
    "irremediability": [
        UNKNOWN,
        ("1", _("1 fully and fast restored")),
        ("2", _("2 with effort")),
        ("3", _("3 only partly")),
        ("4", _("4 not at all")),
    ],
    "likelihood": [
        UNKNOWN,
        ("1", _("1 unlikely")),
        ("2", _("2 possible")),
        ("3", _("3 likely")),
        ("4", _("4 happening now")),
    ],
}
LABELS = {
    "scale": _("scale: how grave"),
    "scope": _("scope: how many people"),
    "irremediability": _("irremediability: can it be put right"),
    "likelihood": _("likelihood"),
}


class WeighingForm(VersionedForm):
    """One theme at one place. Untouched themes send nothing but their version."""

    involvement = forms.ChoiceField(
        label=_("how is your company involved?"), choices=[UNKNOWN, *Involvement.choices], required=False
    )
    reason = forms.CharField(label=_("why?"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=4000)
    source = forms.CharField(label=_("your source"), required=False, max_length=300)

    def __init__(self, *args: Any, risk: Risk | None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"version": risk.version if risk else 0}
        if risk:
            initial |= {name: getattr(risk, name) if getattr(risk, name) is not None else "" for name in FIELDS}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.is_new = risk is None
        for name in SCORES:
            self.fields[name] = forms.TypedChoiceField(
                label=LABELS[name], choices=ANCHORS[name], coerce=int, empty_value=None, required=False
            )
        self.order_fields([*SCORES, "involvement", "reason", "source", "version"])

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in FIELDS}
