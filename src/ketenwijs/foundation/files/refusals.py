"""Why a file is refused, as codes that cross the process border, and the sentence for each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A check refuses the content; `code` names the sentence below."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


SENTENCES = {
    "empty": _("The file is empty. Choose the file again."),
    "mismatch": _("What is inside this file does not fit its name. Save it again in its own program and upload that."),
    "damaged": _("The file cannot be read. Save it again in its own program and upload that."),
    "encrypted": _("The file is protected with a password. Save it without a password and upload that."),
    "old_office": _(
        "This file has a password or is of an old version. Save it as xlsx, docx or pdf without a password."
    ),
    "macros": _("The file holds macros. Save it without macros and upload that."),
    "external": _("The file fetches parts of other files. Remove those links or save it as pdf, and upload that."),
    "embedded": _("Other files are embedded in the file. Remove them or save it as pdf, and upload that."),
    "too_complex": _("The file is far larger inside than it looks. Leave out what is not needed or split it."),
    "unsafe_parts": _("The file is built in an unsafe way. Save it again in its own program and upload that."),
    "too_many_pixels": _("The picture has more than 50 million pixels. Make it smaller and upload that."),
    "encoding": _("The text in the file cannot be read. Save it as CSV in UTF-8 and upload that."),
    "too_heavy": _("Checking the file took too much time or memory. Make it smaller and upload that."),
    "virus": _("The virus scanner found something in this file. It was not kept. Check your computer."),
}
