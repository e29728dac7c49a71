"""What each kind of fault in a package means and what to do about it, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.content.faults import Fault

UNKNOWN_CODE = _(
    "A code is used here that stands nowhere. Use a code that exists, or add it to the list it belongs to."
)
WHAT_TO_DO: dict[str, Promise] = {
    "yaml": _("The file cannot be read here. Look for a missing quote, colon or bracket, and indent with spaces only."),
    "encoding": _("Save the file as UTF-8."),
    "empty": _("The file is empty. Fill it in or leave it out."),
    "unknown_file": _("Give the file one of the names of a package, such as framework-1.yaml."),
    "duplicate_key": _("The same name stands here twice. Keep one of the two."),
    "duplicate_code": _("The same code stands in this list twice. Give one of them another code."),
    "duplicate_identifier": _("Two files say that they are the same one. Give one another identifier or version."),
    "translation": _("A language is missing. Write the text in Dutch, French and English."),
    "shape": _(
        "This does not fit here: a name is missing or not known, or it is another kind of value than is wanted."
    ),
    "in_use": _("This version is in use and stays as it is. Raise the version in the changed file."),
    "two_agreements": _("Upload the files of one agreement at a time."),
    "name": _("The identifier or slug does not fit the agreement. Take over what is given beside it."),
    "period": _("A last day lies before the first one. Correct one of the two."),
    "overlap": _("Two periods cover the same days. Let one begin after the other has ended."),
    "outside_term": _("This report year lies outside its term. Change its days or choose another term."),
    "reason": _("Say in three languages why there is no round this year."),
    "calendar": _("Give the first and last day for handing in."),
    "outcomes": _("The outcomes do not fit this kind of scheme. Add or take out what is given beside it."),
    "published": _("Nobody is judged here, so only totals can be published: write aggregate."),
    "number": _("Give the number of the level; years and levels begin at 1."),
    "minimum": _("Choose a minimum that stands on the answer scale."),
    "fact": _("Name the figure that is filled in by itself, from a part that is handed in."),
    "parts": _("The questions (answers) are always handed in. Add them."),
    "scheme_kind": _("The outcome and the way of measuring do not fit each other. Change one of the two."),
    "weights": _("The weights must add up to 100 and every step with requirements needs one."),
    "points": _("Say how many points can be had."),
    "pass_mark": _("Pass marks stand in order: later years, never a lower mark; or one single target."),
    "no_parts": _("Name the requirements that this main indicator consists of."),
    "two_mains": _("A requirement belongs to one main indicator only."),
    "no_main": _("Put this requirement under a main indicator."),
    "measure": _("What is measured, the size figure and the goals must fit each other."),
    "answers": _("Name answers that can be given to this question."),
    "circle": _("Things point at each other in a circle. Take out one of the links."),
    "lost": _("A requirement of the edition before is missing. Continue it with same_as or name it under dropped."),
    "sum": _("The parts do not add up to the total. Correct a figure, or add a conflict that says which one is kept."),
    "value": _("Give the figure, or say in words why there is none."),
    "subject": _("Give the message a subject."),
    "gap": _("Use only the gaps that are given beside it."),
    "unknown_gap": _("Use only the gaps that are given beside it."),
    "duplicate_indicator": _("The same figure stands in the report twice. Keep one of the two."),
    "order": _("These moments stand in order of time."),
}
OTHER = _("Correct what is given beside it.")


@dataclass(frozen=True)
class Told:
    """One fault for the screen: where it is, what to do, and what exactly the check found."""

    file: str
    line: int
    path: str
    what_to_do: Promise
    found: str


def told(fault: Fault) -> Told:
    """A fault in words. The file is given by its own name, as the author knows it."""
    words = WHAT_TO_DO.get(fault.code) or (UNKNOWN_CODE if fault.code.startswith("unknown_") else OTHER)
    return Told(fault.file.rsplit("/", 1)[-1], fault.line, fault.path, words, fault.message)
