"""Numbers of public registers: shape and check digit, one sentence for each way of being wrong."""

import pytest

from ketenwijs.domain.participants.rules import WrongNumber, cleaned_identifier, cleaned_identifiers


@pytest.mark.parametrize(
    ("scheme", "typed", "stored"),
    [
        ("kvk", "12 34 56 78", "12345678"),
        ("kbo", "0403.019.261", "0403019261"),
        ("kbo", "BE 0403.019.261", "0403019261"),
        ("vat", "be 0403.019.261", "BE0403019261"),
        ("vat", "NL004495445B01", "NL004495445B01"),
        ("lei", "213800-KUD8LAJWSQ9D-15", "213800KUD8LAJWSQ9D15"),
    ],
)
def test_right_numbers_are_stored_without_spaces_and_dots(scheme, typed, stored):
    assert cleaned_identifier(scheme, typed) == stored


@pytest.mark.parametrize(
    ("scheme", "typed", "part_of_sentence"),
    [
        ("kvk", "1234567", "8 digits"),
        ("kvk", "1234567a", "digits only"),
        ("kbo", "0403019262", "do not fit"),
        ("kbo", "12345", "10 digits"),
        ("vat", "004495445B01", "two letters"),
        ("vat", "NL004495446B01", "do not fit"),
        ("vat", "NL12", "wrong length"),
        ("vat", "ZZ123456", "no country of the European Union"),
        ("lei", "7245", "20 letters"),
        ("lei", "213800KUD8LAJWSQ9D16", "do not fit"),
        ("ssn", "1", "not known"),
    ],
)
def test_a_wrong_number_says_what_is_wrong_with_it(scheme, typed, part_of_sentence):
    with pytest.raises(WrongNumber) as refused:
        cleaned_identifier(scheme, typed)
    assert part_of_sentence in str(refused.value.sentence)


def test_empty_numbers_are_left_out_and_wrong_ones_named_by_scheme():
    cleaned, faults = cleaned_identifiers({"kvk": "12345678", "lei": " ", "vat": "NL12"})
    assert cleaned == {"kvk": "12345678"}
    assert list(faults) == ["vat"]
