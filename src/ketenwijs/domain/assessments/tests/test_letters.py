"""Letters and messages in an agreement's own words; without them the program's."""

from __future__ import annotations

import io
from datetime import date

import pytest
import yaml
from django.utils.translation import override
from docx import Document

from ketenwijs.domain.agreements.tests.factories import ROBOT, SLUG, agreement_content, words
from ketenwijs.domain.assessments import messages
from ketenwijs.domain.assessments.letters import letter_of, word_file
from ketenwijs.domain.assessments.tests.factories import DAY, world
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.content.checking import check_texts
from ketenwijs.foundation.content.services import apply_checked
from ketenwijs.foundation.mail.models import OutgoingMessage

pytestmark = pytest.mark.django_db
FEEDBACK = {
    "code": "feedback",
    "opening": words("With this letter we tell {company} how {year} went in {agreement}."),
    "closing": words("Kind regards."),
}
REMINDER = {
    "code": "reminder",
    "subject": words("Think of {year}"),
    "opening": words("Due on {day}."),
    "closing": words("Call us."),
}


def file_with(*letters, **changes):
    return {"identifier": f"letters:{SLUG}", "version": "1", "agreement": SLUG, "letters": list(letters), **changes}


def checked(content):
    files = {"letters.yaml": content, "agreement.yaml": agreement_content()}
    texts = {f"agreements/{SLUG}/{name}": yaml.safe_dump(one, allow_unicode=True) for name, one in files.items()}
    return check_texts(texts)


def faults(content):
    return {one.code for one in checked(content).faults if one.file.endswith("letters.yaml")}


def apply(*letters):
    result = checked(file_with(*letters))
    result.loaded = [one for one in result.loaded if one.kind == "letters"]
    apply_checked(actor=ROBOT, result=result)


@pytest.fixture
def cast():
    found = world()
    found.open_round()
    return found


def test_the_feedback_letter_opens_and_closes_in_the_agreements_words_on_screen_and_in_word(cast):
    cast.until_decided()
    apply(FEEDBACK)
    with fenced_for(cast.lead), override("en"):
        letter = letter_of(cast.dossier())
        text = "\n".join(one.text for one in Document(io.BytesIO(word_file(letter))).paragraphs)
    assert letter.opening == f"With this letter we tell {letter.firm} how 2024-2025 went in Slate example en. en"
    assert letter.opening in text
    assert "Kind regards. en" in text


def test_a_message_is_in_the_agreements_words_in_the_readers_language(cast):
    apply(REMINDER)
    with fenced_for(cast.lead):
        dossier = cast.dossier()
        dossier.round.due_on = date(2025, 11, 30)
        messages.reminder(dossier, DAY, DAY)
    sent = OutgoingMessage.objects.filter(subject__startswith="Think of").first()
    assert sent is not None
    assert sent.subject == "Think of 2024-2025 nl"
    assert "Due on 30 november 2025. nl" in sent.body
    assert "/desk/" in sent.body
    assert "Call us. nl" in sent.body


def test_what_the_package_does_not_word_is_said_in_the_programs_words(cast):
    apply(FEEDBACK)
    with fenced_for(cast.lead):
        messages.returned(cast.dossier(), "why")
    assert OutgoingMessage.objects.exists()
    assert not OutgoingMessage.objects.filter(body__contains="Kind regards").exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (file_with({**REMINDER, "opening": words("Dear {company}")}), "gap"),
        (file_with({**FEEDBACK, "closing": words("{nobody}")}), "gap"),
        (file_with({**REMINDER, "subject": None}), "subject"),
        (file_with(FEEDBACK, FEEDBACK), "duplicate_code"),
        (file_with(FEEDBACK, agreement="elsewhere"), "unknown_agreement"),
        (file_with(FEEDBACK, identifier="letters:other"), "name"),
        (file_with({**FEEDBACK, "opening": {"nl": "Alleen dit"}}), "translation"),
    ],
)
def test_a_wrong_letter_is_refused(content, code):
    assert code in faults(content)


def test_a_right_file_has_no_fault():
    assert faults(file_with(FEEDBACK, REMINDER)) == set()
