"""Forms of accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.accounts.models import Person


class AcceptForm(forms.Form):
    """A new person accepts an invitation."""

    name = forms.CharField(label=_("your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("choose a password"),
        help_text=_("At least 12 characters; a few words in a row are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )


class AccountForm(forms.ModelForm):
    """A person's own name and language."""

    language = forms.ChoiceField(
        label=_("language"), choices=[("nl", "Nederlands"), ("fr", "Français"), ("en", "English")]
    )

    class Meta:
        model = Person
        fields = ["name", "language"]
