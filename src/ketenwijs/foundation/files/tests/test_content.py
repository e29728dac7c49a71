"""Content is checked against its name, cleaned where it can be, and refused with a sentence where it
cannot."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pikepdf
import pytest
from PIL import Image

from ketenwijs.foundation.files.checks import images, limited
from ketenwijs.foundation.files.checks.every import checked
from ketenwijs.foundation.files.checks.limited import checked_apart
from ketenwijs.foundation.files.refusals import SENTENCES, Refused
from ketenwijs.foundation.files.tests import factories


def refusal(content: bytes, code: str) -> str:
    with pytest.raises(Refused) as caught:
        checked(content, code)
    assert caught.value.code in SENTENCES
    return caught.value.code


def test_ordinary_office_files_are_kept_byte_for_byte():
    for content, code in ((factories.workbook(), "xlsx"), (factories.document(), "docx")):
        assert checked(content, code) == content


def test_a_document_is_not_a_workbook():
    assert refusal(factories.document(), "xlsx") == "mismatch"


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/embeddings/oleObject1.bin": b"x"}, "embedded"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "external"),
        ({"word/_rels/settings.xml.rels": factories.relations("attachedTemplate")}, "external"),
        (
            {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'},
            "unsafe_parts",
        ),
        ({"xl/workbook.xml": "<!DOCTYPE x>".encode("utf-16")}, "unsafe_parts"),
        ({"../outside.xml": b"x"}, "unsafe_parts"),
        ({"/etc/outside.xml": b"x"}, "unsafe_parts"),
        ({f"xl/part{number}.xml": b"x" for number in range(250)}, "too_complex"),
        ({"xl/worksheets/sheet1.xml": b" " * 30_000_000}, "too_complex"),
        ({"xl/_rels/workbook.xml.rels": b"<not closed"}, "damaged"),
    ],
)
def test_an_office_file_with_unsafe_parts_is_refused(parts, why):
    assert refusal(factories.office(parts), "xlsx") == why


def test_an_ordinary_link_in_a_document_is_allowed():
    content = factories.office({"xl/_rels/workbook.xml.rels": factories.relations("hyperlink")})
    assert checked(content, "xlsx") == content


def test_a_macro_workbook_under_another_name_is_refused():
    content = factories.office({"xl/workbook.xml": b"<x/>"}, main="sheet.macroEnabled.main+xml")
    assert refusal(content, "xlsx") == "macros"


def test_an_encrypted_member_or_an_old_container_is_refused():
    target = io.BytesIO(factories.workbook())
    with zipfile.ZipFile(target) as container:
        first = container.infolist()[0]
    content = bytearray(target.getvalue())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert first.header_offset == 0
    assert refusal(bytes(content), "xlsx") == "encrypted"
    assert refusal(b"\xd0\xcf\x11\xe0" + b"x" * 600, "xlsx") == "old_office"


def test_a_second_file_before_or_after_the_container_is_refused():
    content = factories.workbook()
    assert refusal(b"%PDF-1.7\n" + content, "xlsx") == "unsafe_parts"
    assert refusal(content + b"<script>canary</script>", "xlsx") == "unsafe_parts"


def test_half_a_container_is_damaged_or_unsafe():
    content = factories.workbook()
    assert refusal(content[: len(content) // 2], "xlsx") in {"damaged", "unsafe_parts"}


def test_members_that_claim_to_overlap_are_refused():
    content = bytearray(factories.workbook())
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    content[second + 42 : second + 46] = (4).to_bytes(4, "little")
    assert refusal(bytes(content), "xlsx") in {"unsafe_parts", "damaged"}


def test_a_pdf_keeps_its_page_and_ordinary_link_and_loses_everything_active():
    cleaned = checked(factories.active_pdf(), "pdf")
    assert b"canary" not in cleaned
    with pikepdf.open(io.BytesIO(cleaned)) as pdf:
        assert len(pdf.pages) == 1
        assert "/OpenAction" not in pdf.Root
        assert not pdf.attachments
        actions = [note.get("/A") for note in pdf.pages[0].obj.Annots]
        assert [str(action.URI) for action in actions if action is not None] == ["https://example.org/"]
        assert "/AA" not in pdf.pages[0].obj


def test_a_pdf_loses_its_author_and_whatever_hides_behind_it():
    cleaned = checked(factories.pdf() + b"PK\x03\x04<script>canary</script>", "pdf")
    assert b"canary" not in cleaned
    assert b"Invented author" not in cleaned
    assert cleaned.startswith(b"%PDF-")


@pytest.mark.parametrize("owner_only", [True, False])
def test_a_pdf_with_a_password_is_refused(owner_only):
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(factories.pdf())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="secret", user="" if owner_only else "secret"))
    assert refusal(target.getvalue(), "pdf") == "encrypted"


def test_a_damaged_pdf_is_refused():
    assert refusal(b"%PDF-1.7\nnothing follows", "pdf") == "damaged"


@pytest.mark.parametrize(("kind", "code"), [("JPEG", "jpg"), ("PNG", "png")])
def test_a_picture_is_drawn_anew_without_place_camera_or_comment(kind, code):
    cleaned = checked(factories.picture(kind) + b"canary behind the picture", code)
    for trace in (b"Invented camera", b"a comment with a name", b"canary", b"Exif", b"eXIf"):
        assert trace not in cleaned
    with Image.open(io.BytesIO(cleaned)) as picture:
        assert picture.size == (40, 20)
        assert not picture.getexif()


def test_a_picture_lying_on_its_side_is_stored_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    target = io.BytesIO()
    Image.new("RGB", (40, 20)).save(target, "JPEG", exif=exif)
    with Image.open(io.BytesIO(checked(target.getvalue(), "jpg"))) as picture:
        assert picture.size == (20, 40)


def test_a_transparent_palette_picture_stays_transparent():
    target = io.BytesIO()
    Image.new("P", (4, 4)).save(target, "PNG", transparency=0)
    with Image.open(io.BytesIO(checked(target.getvalue(), "png"))) as picture:
        assert picture.convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_picture_of_60000_by_60000_is_refused_before_decoding():
    content = bytearray(factories.picture("PNG"))
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    content[29:33] = zipfile.crc32(content[12:29]).to_bytes(4, "big")
    assert refusal(bytes(content), "png") == "too_many_pixels"


def test_a_picture_just_above_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(images, "MOST_PIXELS", 799)
    assert refusal(factories.picture(), "jpg") == "too_many_pixels"


def test_a_damaged_picture_is_refused():
    assert refusal(factories.picture()[:300], "jpg") == "damaged"
    assert refusal(factories.picture("PNG"), "jpg") == "damaged"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_tables_in_usual_encodings_are_kept_as_they_are(coding):
    content = "Leverancier;Prijs €\r\nGranit Évora;12,50\r\n".encode(coding)
    assert checked(content, "csv") == content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a;b\x00\n", "encoding"),
        (b"\xff\xfea\x00\x00\xd8", "encoding"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "mismatch"),
        (b"\xef\xbb\xbf <html>", "mismatch"),
        ("\ufeff<html>".encode("utf-16-le"), "mismatch"),
        (b"#!/bin/sh\n", "mismatch"),
    ],
)
def test_text_that_is_something_else_is_refused(content, why):
    assert refusal(content, "csv") == why


def test_heavy_kinds_are_checked_in_a_child_process_with_the_same_result():
    for content, code in ((factories.active_pdf(), "pdf"), (factories.picture(), "jpg")):
        assert checked_apart(content, code) == checked(content, code)
    with pytest.raises(Refused, match="damaged"):
        checked_apart(b"%PDF-1.7\nnothing follows", "pdf")


def test_a_child_that_dies_refuses_the_file_and_nothing_else():
    with pytest.raises(Refused, match="too_heavy"):
        checked_apart(factories.workbook(), "a kind whose check fails")


def test_a_child_that_takes_too_long_refuses_the_file(monkeypatch):
    monkeypatch.setattr(limited, "SECONDS_IN_ALL", 0.001)
    with pytest.raises(Refused, match="too_heavy"):
        checked_apart(factories.picture(), "jpg")


def test_a_child_cannot_write_files_and_has_little_memory():
    code = (
        "from ketenwijs.foundation.files.checks.limited import limit_this_process\n"
        "import signal, tempfile\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "limit_this_process()\n"
        "try:\n    open(tempfile.mkstemp()[1], 'w').write('x')\n"
        "except OSError:\n    print('not written')\n"
        "try:\n    bytearray(2_000_000_000)\n"
        "except MemoryError:\n    print('not given')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=limited.surroundings())
    assert done.stdout.split("\n")[:2] == ["not written", "not given"], done.stderr
