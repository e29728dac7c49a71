"""PDF: rewritten without anything that acts by itself or carries another file."""

from __future__ import annotations

import io

import pikepdf

from ketenwijs.foundation.files.refusals import Refused

MOST_OBJECTS = 200_000
ROOT_KEYS = ("/OpenAction", "/AA", "/Collection", "/AF", "/URI", "/Metadata", "/PieceInfo")
NAME_TREES = ("/JavaScript", "/EmbeddedFiles")
HARMLESS_ACTIONS = {"/URI", "/GoTo", "/Named"}
ACTIVE_NOTES = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}


def clean_pdf(content: bytes) -> bytes:
    """A rewritten copy without scripts, automatic actions, embedded files, forms' scripts and hidden author
    data.

    Rewriting also drops everything around and between the objects, so that no second file hides in it.
    Ordinary links stay. Files with a password are refused.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise Refused("encrypted")
            if len(pdf.objects) > MOST_OBJECTS:
                raise Refused("too_complex")
            _clean_root(pdf)
            for item in pdf.objects:
                _clean_object(item)
            _clean_notes(pdf)
            cleaned = io.BytesIO()
            pdf.save(cleaned, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise Refused("encrypted") from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise Refused("damaged") from error
    return cleaned.getvalue()


def _clean_root(pdf: pikepdf.Pdf) -> None:
    for key in ROOT_KEYS:
        _drop(pdf.Root, key)
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for key in NAME_TREES:
            _drop(names, key)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        _drop(form, "/XFA")
    _drop(pdf.trailer, "/Info")


def _clean_object(item: pikepdf.Object) -> None:
    """Take active entries out of one object and of what lies directly inside it."""
    waiting = [item]
    while waiting:
        current = waiting.pop()
        if isinstance(current, pikepdf.Dictionary | pikepdf.Stream):
            for key in ("/AA", "/JS", "/EF", "/AF"):
                _drop(current, key)
            for key in ("/A", "/PA", "/Next"):
                if _is_active(current.get(key)):
                    _drop(current, key)
            waiting += [value for value in dict(current).values() if _is_inside(value)]
        elif isinstance(current, pikepdf.Array):
            waiting += [value for value in list(current) if _is_inside(value)]


def _is_inside(value: object) -> bool:
    """Containers that are part of the object itself; those referred to come by themselves."""
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _is_active(action: object) -> bool:
    if isinstance(action, pikepdf.Array):
        return any(_is_active(one) for one in list(action))
    if not isinstance(action, pikepdf.Dictionary):
        return False
    kind = action.get("/S")
    return kind is not None and str(kind) not in HARMLESS_ACTIONS


def _clean_notes(pdf: pikepdf.Pdf) -> None:
    """Leave out attachments and media lying on pages."""
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        if isinstance(notes, pikepdf.Array):
            kept = [one for one in list(notes) if str(one.get("/Subtype", "")) not in ACTIVE_NOTES]
            if len(kept) != len(notes):
                page.obj["/Annots"] = pikepdf.Array(kept)


def _drop(holder: pikepdf.Object, key: str) -> None:
    if key in holder:
        del holder[key]
