"""Forms to ask, record and answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.procurement.models import Enquiry
from ketenwijs.foundation.ui.forms import VersionedForm


class QuestionForm(forms.ModelForm):
    """What an authority fills in. With one agreement there is nothing to choose; `agreements` are those possible."""

    agreement = forms.ChoiceField(label=_("Which agreement is it about?"))

    class Meta:
        model = Enquiry
        fields = ["kind", "about", "question"]
        widgets = {"question": forms.Textarea(attrs={"rows": 5})}

    field_order = ["agreement", "kind", "about", "question"]

    def __init__(self, *args: Any, agreements: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(agreements) > 1:
            field = self.fields["agreement"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Choose …")), *agreements]
        else:
            del self.fields["agreement"]


class RecordedQuestionForm(QuestionForm):
    """What the secretariat fills in after a call or mail."""

    asked_by_name = forms.CharField(label=_("Who asked?"), max_length=120, required=False)
    asked_on = forms.DateField(label=_("Asked on"), widget=forms.DateInput(attrs={"type": "date"}))

    field_order = ["agreement", "asked_by_name", "asked_on", "kind", "about", "question"]


class AnswerForm(VersionedForm, forms.ModelForm):
    """The secretariat's answer."""

    class Meta:
        model = Enquiry
        fields = ["answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 6})}
