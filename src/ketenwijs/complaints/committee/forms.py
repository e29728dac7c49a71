"""Forms of the committee's own pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ketenwijs.complaints.committee.definitions import mechanism


class InviteForm(forms.Form):
    """Somebody asked to take a seat."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=120)
    function = forms.ChoiceField(label=_("Function"))

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        field = self.fields["function"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, str(name)) for code, name in mechanism().seat_names().items()]
