"""Forms of the chains pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.chains import choices, lists
from ketenwijs.domain.chains.intake.model import Table
from ketenwijs.domain.chains.models import Link
from ketenwijs.domain.chains.rules import Difference, MappedChain, PurchaseRow, Step
from ketenwijs.domain.chains.rules.grouping import LONGEST_NAME
from ketenwijs.domain.chains.services import ADD, REPLACE, ChainValues, FurtherValues, SiteValues
from ketenwijs.domain.chains.wording import FIELDS
from ketenwijs.foundation.ui.forms import CommaDecimalField, VersionedForm

ACCEPTED = ".xlsx,.ods,.csv,.tsv"
LEAVE_OUT = "-"


def _text(label: Any, *, required: bool = False, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=LONGEST_NAME, **kwargs)


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **kwargs)


def _amount(label: Any, places: int, **kwargs: Any) -> CommaDecimalField:
    return CommaDecimalField(label=label, required=False, max_digits=14, decimal_places=places, **kwargs)


class UploadForm(forms.Form):
    """The firm's own sheet."""

    file = forms.FileField(
        label=gettext_lazy("Your sheet"),
        help_text=gettext_lazy("Excel (.xlsx), OpenDocument (.ods), .csv or .tsv, at most 25 MB and 10,000 rows."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        max_length=300,
    )


class ChainForm(VersionedForm):
    """One chain by hand. Unknown places stay empty."""

    supplier = _text(gettext_lazy("Supplier"), required=True)
    supplier_country = forms.ChoiceField(label=gettext_lazy("Country of the supplier"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country of origin of the stone"))
    material = forms.ChoiceField(label=gettext_lazy("Kind of stone"))
    tonnes = _amount(gettext_lazy("Weight in tonnes"), 3, help_text=gettext_lazy("Per year. Leave empty if unknown."))
    band = forms.ChoiceField(label=gettext_lazy("Or roughly, if you have no figure"), required=False)
    value_eur = _amount(
        gettext_lazy("Purchase value in euros"),
        2,
        help_text=gettext_lazy("Only if you want to; nobody asks for it."),
    )
    factory_name = _text(gettext_lazy("Name of the factory"))
    factory_place = _text(gettext_lazy("Place of the factory"))
    factory_country = forms.ChoiceField(label=gettext_lazy("Country of the factory"), required=False)
    factory_local_name = _text(gettext_lazy("Name in the writing of the place"))
    factory_source = _text(gettext_lazy("Where do you have it from?"))
    factory_asked_on = _day(gettext_lazy("Not known? Asked the supplier on"))
    factory_confidence = forms.ChoiceField(label=gettext_lazy("How do you know?"), required=False)
    quarry_name = _text(gettext_lazy("Name of the quarry"))
    quarry_place = _text(
        gettext_lazy("Place and region of the quarry"),
        help_text=gettext_lazy("For example: Kolar, Karnataka"),
    )
    quarry_local_name = _text(gettext_lazy("Name in the writing of the place"))
    quarry_source = _text(gettext_lazy("Where do you have it from?"))
    quarry_asked_on = _day(gettext_lazy("Not known? Asked the supplier on"))
    quarry_confidence = forms.ChoiceField(label=gettext_lazy("How do you know?"), required=False)
    may_name_area = forms.BooleanField(
        label=gettext_lazy("The area of the quarry may be named in the list of all members together"),
        required=False,
        initial=True,
    )
    open_to_acting = forms.BooleanField(
        label=gettext_lazy("We are open to acting together with other members at this site"),
        help_text=gettext_lazy(
            "Only the secretariat sees this. It may then ask you; your name is shown only after everybody who is asked "
            "said yes. Prices, weights and suppliers are never shown."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = [("", "–"), *choices.countries()]
        for name in ("supplier_country", "country", "factory_country"):
            self._choose(name, countries)
        self._choose("material", [("", "–"), *choices.materials()])
        self._choose("band", [("", "–"), *lists.bands()])
        for name in ("factory_confidence", "quarry_confidence"):
            self._choose(name, Link.Confidence.choices)

    def _choose(self, name: str, pairs: Iterable[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(pairs)

    def values(self, further: tuple[FurtherValues, ...] | None = None) -> ChainValues:
        """What was typed, for the service; `further` are the places besides factory and quarry."""
        data = self.cleaned_data
        return ChainValues(
            supplier=data["supplier"],
            supplier_country=data["supplier_country"],
            country=data["country"],
            material=data["material"],
            tonnes=data["tonnes"],
            value_eur=data["value_eur"],
            factory=SiteValues(
                name=data["factory_name"],
                place=data["factory_place"],
                country=data["factory_country"],
                asked_on=data["factory_asked_on"],
                confidence=data["factory_confidence"] or Link.Confidence.STATED,
                source=data["factory_source"],
                local_name=data["factory_local_name"],
            ),
            quarry=SiteValues(
                name=data["quarry_name"],
                place=data["quarry_place"],
                asked_on=data["quarry_asked_on"],
                confidence=data["quarry_confidence"] or Link.Confidence.STATED,
                may_name_area=data["may_name_area"],
                source=data["quarry_source"],
                local_name=data["quarry_local_name"],
            ),
            open_to_acting=data["open_to_acting"],
            band=data["band"],
            further=further,
        )


def initial_of(chain: MappedChain) -> dict[str, Any]:
    """What the form starts with for a chain that is there."""
    factory, quarry = _typed(chain.factory), _typed(chain.quarry)
    return {
        "version": chain.version,
        "supplier": chain.supplier,
        "supplier_country": chain.supplier_country,
        "country": chain.country,
        "material": chain.material,
        "tonnes": _short(chain.tonnes),
        "band": chain.band,
        "value_eur": _short(chain.value_eur),
        "factory_country": chain.factory.country,
        "may_name_area": chain.quarry.may_name_area,
        **{f"factory_{name}": value for name, value in factory.items()},
        **{f"quarry_{name}": value for name, value in quarry.items()},
    }


def _typed(step: Step) -> dict[str, Any]:
    site = step.site
    name = site.name if site and not site.is_area_only else ""
    return {
        "name": name,
        "place": site.place if site else "",
        "asked_on": step.asked_on,
        "confidence": step.confidence,
        "source": step.source,
        "local_name": site.local_name if site else "",
    }


def _short(amount: Any) -> str:
    """A stored amount without its closing zeros."""
    return "" if amount is None else f"{amount.normalize():f}"


class RowForm(VersionedForm):
    """One row of a sheet, as read, to be repaired."""

    supplier = _text(gettext_lazy("Supplier"))
    supplier_country = forms.ChoiceField(label=gettext_lazy("Country of the supplier"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country of origin of the stone"), required=False)
    material = forms.ChoiceField(label=gettext_lazy("Kind of stone"), required=False)
    tonnes = _amount(gettext_lazy("Weight in tonnes"), 3)
    value_eur = _amount(gettext_lazy("Purchase value in euros"), 2)
    factory = _text(gettext_lazy("Name of the factory"))
    factory_place = _text(gettext_lazy("Place of the factory"))
    quarry = _text(gettext_lazy("Name of the quarry"))
    quarry_place = _text(gettext_lazy("Place and region of the quarry"))
    asked_on = _day(gettext_lazy("Asked the supplier on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "supplier_country": choices.countries(),
            "country": choices.countries(),
            "material": choices.materials(),
        }
        for name, pairs in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("unknown")), *pairs]

    def values(self) -> dict[str, Any]:
        """The row as typed, for the service."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def initial_of_row(row: PurchaseRow, version: int) -> dict[str, Any]:
    """What the row's form starts with."""
    names = [name for name in RowForm.base_fields if name != "version"]
    found: dict[str, Any] = {name: getattr(row, name) for name in names}
    for name in ("tonnes", "value_eur"):
        found[name] = _short(found[name])
    return {**found, "version": version}


class ColumnsForm(VersionedForm):
    """Per table and column of a sheet: what it is.

    Each field of the register may be chosen once per table.
    """

    def __init__(self, *args: Any, tables: list[Table], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables = tables
        options = [(LEAVE_OUT, _("leave out")), *((code, str(label)) for code, label in FIELDS.items())]
        for number, table in enumerate(tables):
            for column in table.columns:
                self.fields[self._name(number, column.index)] = forms.ChoiceField(
                    label=f"{column.letter} · {column.heading or _('no heading')}",
                    choices=options,
                    initial=column.field or LEAVE_OUT,
                    help_text=_("For example: %(samples)s") % {"samples": " · ".join(column.samples)}
                    if column.samples
                    else "",
                )

    def groups(self) -> list[tuple[Table, list[forms.BoundField]]]:
        """Tables with their fields, for the page."""
        return [
            (table, [self[self._name(number, column.index)] for column in table.columns])
            for number, table in enumerate(self.tables)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse one meaning for two columns of the same table."""
        data = super().clean() or {}
        for number, table in enumerate(self.tables):
            met: dict[str, str] = {}
            for column in table.columns:
                name = self._name(number, column.index)
                chosen = data.get(name, LEAVE_OUT)
                if chosen != LEAVE_OUT and chosen in met:
                    sentence = _(
                        "Columns %(one)s and %(other)s cannot both be this. Choose “leave out” for one of them."
                    )
                    self.add_error(name, sentence % {"one": met[chosen], "other": column.letter})
                met.setdefault(chosen, column.letter)
        return data

    def mapping(self, earlier: dict[tuple[str, int], str | None]) -> dict[tuple[str, int], str | None]:
        """What the person changed, now and before; columns left as proposed stay the reader's to judge."""
        found = dict(earlier)
        for number, table in enumerate(self.tables):
            for column in table.columns:
                typed = self.cleaned_data[self._name(number, column.index)]
                chosen = None if typed == LEAVE_OUT else typed
                if chosen != column.field:
                    found[(table.sheet, column.index)] = chosen
        return found

    @staticmethod
    def _name(number: int, column: int) -> str:
        return f"table{number}_column{column}"


class ConfirmForm(VersionedForm):
    """What the sheet is: an addition, or the whole list of the year; each choice says what it would do."""

    mode = forms.ChoiceField(
        label=gettext_lazy("What is this sheet?"),
        widget=forms.RadioSelect,
        choices=[(ADD, gettext_lazy("An addition")), (REPLACE, gettext_lazy("The whole list of this year"))],
    )

    def say_what_happens(self, added: Difference, replaced: Difference) -> None:
        """Put the numbers of both ways beside the choices."""
        addition = _("An addition: %(new)s new, %(changed)s added up, %(same)s stay as they are")
        whole = _("The whole list of this year: %(new)s new, %(changed)s changed, %(same)s unchanged, %(gone)s removed")
        counted = {
            ADD: addition
            % {"new": len(added.new), "changed": len(added.changed), "same": added.kept + len(added.same)},
            REPLACE: whole
            % {
                "new": len(replaced.new),
                "changed": len(replaced.changed),
                "same": len(replaced.same),
                "gone": len(replaced.gone),
            },
        }
        field = self.fields["mode"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(counted.items())
