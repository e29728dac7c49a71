"""Checking the numbers by which public registers know an organisation, and which companies count as one.

Numbers are checked for shape and check digit, with one sentence per failure. Pure: no database, settings or clock.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import lei
from stdnum.be import vat as be_vat
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

KVK, KBO, VAT, LEI = "kvk", "kbo", "vat", "lei"


class WrongNumber(Exception):
    """A number that cannot exist; `sentence` says what is wrong with it and what a right one looks like."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Scheme:
    """One public register: its label, an example of the notation, and the check that returns the cleaned
    number.
    """

    code: str
    label: str | Promise
    hint: str | Promise
    clean: Callable[[str], str]


def _kvk(typed: str) -> str:
    """KvK numbers are eight digits; the Dutch trade register publishes no check digit for them."""
    number = re.sub(r"[\s.\-]", "", typed)
    if not number.isascii() or not number.isdigit():
        raise WrongNumber(_("A KvK number holds digits only, for example 12345678. Remove the other characters."))
    if len(number) != 8:
        raise WrongNumber(_("A KvK number has 8 digits. Check the number in the extract from the trade register."))
    return number


def _kbo(typed: str) -> str:
    """Belgian enterprise numbers: ten digits of which the last two check the others (modulo 97)."""
    number = re.sub(r"^BE", "", typed.strip(), flags=re.IGNORECASE)
    try:
        return str(be_vat.validate(number))
    except InvalidChecksum as error:
        raise WrongNumber(
            _("The last two digits of this KBO number do not fit the others. Check for a typing error.")
        ) from error
    except ValidationError as error:
        raise WrongNumber(_("A KBO number has 10 digits and starts with 0 or 1, for example 0403.019.261.")) from error


def _vat(typed: str) -> str:
    """European VAT numbers, with the country's two letters in front."""
    number = re.sub(r"[\s.\-]", "", typed).upper()
    if not re.match(r"[A-Z]{2}", number):
        raise WrongNumber(_("A VAT number starts with the two letters of its country, for example NL or BE. Add them."))
    try:
        return str(eu_vat.validate(number))
    except InvalidChecksum as error:
        raise WrongNumber(
            _("The check digits of this VAT number do not fit the others. Check for a typing error.")
        ) from error
    except (InvalidLength, InvalidFormat) as error:
        raise WrongNumber(
            _("This VAT number has the wrong length or characters for its country. Check the number.")
        ) from error
    except ValidationError as error:
        raise WrongNumber(
            _("The two letters in front of this VAT number are no country of the European Union.")
        ) from error


def _lei(typed: str) -> str:
    """Legal entity identifiers: twenty characters of which the last two check the others (ISO 17442)."""
    number = re.sub(r"[\s.\-]", "", typed).upper()
    if len(number) != 20 or not number.isascii() or not number.isalnum():
        raise WrongNumber(_("An LEI has 20 letters and digits. Check the number."))
    try:
        return str(lei.validate(number))
    except ValidationError as error:
        raise WrongNumber(
            _("The last two digits of this LEI do not fit the others. Check for a typing error.")
        ) from error


SCHEMES = {
    scheme.code: scheme
    for scheme in (
        Scheme(KVK, _("KvK number"), _("8 digits, Netherlands"), _kvk),
        Scheme(KBO, _("KBO number"), _("10 digits, Belgium"), _kbo),
        Scheme(VAT, _("VAT number"), _("with the letters of the country in front"), _vat),
        Scheme(LEI, _("LEI"), _("20 letters and digits"), _lei),
    )
}


def cleaned_identifier(scheme: str, typed: str) -> str:
    """The number as it is stored: without spaces and dots. Raises `WrongNumber` with a sentence for
    people.
    """
    if scheme not in SCHEMES:
        raise WrongNumber(_("This kind of number is not known here."))
    return SCHEMES[scheme].clean(typed)


def cleaned_identifiers(typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str | Promise]]:
    """All filled-in numbers cleaned, and the sentences for the wrong ones, both by scheme."""
    cleaned: dict[str, str] = {}
    faults: dict[str, str | Promise] = {}
    for scheme, value in typed.items():
        if not value.strip():
            continue
        try:
            cleaned[scheme] = cleaned_identifier(scheme, value)
        except WrongNumber as wrong:
            faults[scheme] = wrong.sentence
    return cleaned, faults


@dataclass(frozen=True)
class Company:
    """One organisation as counting sees it. `holding` is empty where none is known."""

    pk: int
    name: str
    holding: str


def folded_name(name: str) -> str:
    """A name for comparing: small letters and digits alone, without accents, dots or spaces ("B.V." is "BV")."""
    plain = unicodedata.normalize("NFKD", name)
    return re.sub(r"[\W_]+", "", "".join(one for one in plain if not unicodedata.combining(one)).casefold())


def one_number_per_group(companies: Iterable[Company]) -> dict[int, int]:
    """For each company the lowest number among those it counts as one with; its own where it stands alone.

    Companies with the same holding belong together, and so does the company whose own name is the name of that holding.
    Two companies that merely have the same name do not.
    """
    listed = sorted(companies, key=lambda one: one.pk)
    by_name: dict[str, list[int]] = {}
    for one in listed:
        by_name.setdefault(folded_name(one.name), []).append(one.pk)
    first: dict[int, int] = {one.pk: one.pk for one in listed}
    of_holding: dict[str, int] = {}
    for one in listed:
        key = folded_name(one.holding)
        if not key:
            continue
        for other in (of_holding.setdefault(key, one.pk), *by_name.get(key, ())):
            _join(first, one.pk, other)
    return {pk: _first(first, pk) for pk in first}


def _first(first: dict[int, int], pk: int) -> int:
    while first[pk] != pk:
        first[pk] = first[first[pk]]
        pk = first[pk]
    return pk


def _join(first: dict[int, int], one: int, other: int) -> None:
    lower, higher = sorted((_first(first, one), _first(first, other)))
    first[higher] = lower
