"""Forms of budget lines and amounts, outside checks and subsidies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.governance import vocabulary
from ketenwijs.domain.governance.forms.rows import RowForm, day, long_text, picked
from ketenwijs.domain.governance.models import BudgetAmount, BudgetLine, OutsideCheck, Subsidy
from ketenwijs.domain.governance.services.money import CHECK_FIELDS, LINE_FIELDS, SUBSIDY_FIELDS
from ketenwijs.foundation.ui.forms import CommaDecimalField


def euros() -> CommaDecimalField:
    """An amount from zero, with a decimal comma or point."""
    return CommaDecimalField(label=_("amount in euros"), min_value=0, max_digits=12, decimal_places=2)


class LineForm(RowForm):
    """A line of a year's budget."""

    class Meta:
        model = BudgetLine
        fields = list(LINE_FIELDS)

    def __init__(self, *args: Any, years: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("year", [(year, year) for year in years])
        self.fields["kind"] = picked(_("income or cost"), BudgetLine.Kind.choices)


class AmountForm(forms.ModelForm):
    """An amount as a source gave it."""

    euros = euros()

    class Meta:
        model = BudgetAmount
        fields = ["kind", "euros", "on", "source", "note"]
        widgets = {"on": day()}
        help_texts = {"source": _("For example: budget approved by the steering group, annual accounts.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
        self.fields["kind"] = picked(_("budgeted or realised"), BudgetAmount.Kind.choices)
        self.order_fields(self._meta.fields)


class CheckForm(RowForm):
    """An outside check and its result."""

    upload = forms.FileField(
        label=_("document"), required=False, help_text=_("PDF, Word, a sheet or a picture; replaces an earlier one.")
    )

    class Meta:
        model = OutsideCheck
        fields = list(CHECK_FIELDS)
        widgets = {"asked_on": day(), "result_on": day(), "question": long_text(), "result": long_text()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("kind", vocabulary.choices(vocabulary.check_kinds().values()))


class SubsidyForm(RowForm):
    """A subsidy and how far it is."""

    euros = euros()

    class Meta:
        model = Subsidy
        fields = list(SUBSIDY_FIELDS)
        widgets = {"starts_on": day(), "ends_on": day(), "state_on": day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("state", vocabulary.choices(vocabulary.subsidy_states().values()))
        self.order_fields(SUBSIDY_FIELDS)
