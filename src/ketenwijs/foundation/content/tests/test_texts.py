"""Texts exist in all three languages and follow the active one."""

import pytest
from django.utils.translation import override
from pydantic import ValidationError

from ketenwijs.foundation.content.texts import LANGUAGES, Texts

BREAD = Texts(nl="brood", fr="pain", en="bread")


@pytest.mark.parametrize(("language", "word"), [("nl", "brood"), ("fr", "pain"), ("en", "bread"), ("en-gb", "bread")])
def test_a_text_follows_the_active_language(language, word):
    with override(language):
        assert str(BREAD) == word


def test_a_language_that_is_not_offered_gets_dutch():
    assert BREAD.in_language("de") == "brood"


def test_a_text_can_be_handed_over_as_a_plain_mapping():
    assert BREAD.by_language == {"nl": "brood", "fr": "pain", "en": "bread"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", ["missing", "empty"])
def test_a_missing_or_empty_language_is_refused(language, change):
    words = BREAD.by_language
    if change == "missing":
        del words[language]
    else:
        words[language] = ""
    with pytest.raises(ValidationError):
        Texts.model_validate(words)
