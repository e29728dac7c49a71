"""Small invented files of every kind, harmless and harmful, and a viewer and purpose to keep them with."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import xlsxwriter
from PIL import Image

from ketenwijs.foundation.access.viewer import Viewer

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook() -> bytes:
    """A real workbook with one ordinary link in it."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Leverancier")
        sheet.write_url(1, 0, "https://example.org/")
    return target.getvalue()


def document() -> bytes:
    """The smallest Word document."""
    return office({"word/document.xml": b"<document/>"}, main="wordprocessingml.document.main+xml")


def office(parts: dict[str, bytes], main: str = "spreadsheetml.sheet.main+xml") -> bytes:
    """An office container with these parts beside the list of content types."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("[Content_Types].xml", f'<Types><Override ContentType="application/x.{main}"/></Types>')
        for name, content in parts.items():
            container.writestr(name, content)
    return target.getvalue()


def relations(kind: str, target: str = "https://elsewhere.example/") -> bytes:
    """One relation to something outside the container."""
    relation = f'<Relationship Id="r1" Target="{target}" TargetMode="External" Type="{RELATION}/{kind}"/>'
    return f"<Relationships>{relation}</Relationships>".encode()


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture that carries a place, a camera and a comment."""
    exif = Image.Exif()
    exif[0x010F] = "Invented camera"
    exif.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, exif=exif, comment=b"a comment with a name")
    return target.getvalue()


def pdf(**root: pikepdf.Object) -> bytes:
    """A PDF of one empty page with an author and these entries in its root."""
    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Author"] = "Invented author"
    for key, value in root.items():
        made.Root[f"/{key}"] = value
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def active_pdf() -> bytes:
    """A PDF that runs a script when opened, carries a file, opens a program from a link and has an ordinary
    link."""
    made = pikepdf.new()
    page = made.add_blank_page()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('canary')"))
    made.Root.OpenAction = made.make_indirect(script)
    made.attachments["canary.txt"] = b"canary in an attachment"
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("canary.exe"))
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org/"))
    page.obj.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch),
            pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=link),
            pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9]),
        ]
    )
    page.obj.AA = pikepdf.Dictionary(O=script)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def person_viewer(person: object) -> Viewer:
    """A viewer with a person and no role."""
    return Viewer(person=person)  # type: ignore[arg-type]
