"""Opening a stored file."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.files import selectors, services
from ketenwijs.foundation.files.models import StoredFile

# security.md 7: whatever the file holds, it is inert in the browser
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@signed_in
@require_safe
def download(request: ViewerRequest, pk: int) -> HttpResponse:
    """The file as an attachment; one that is held by the scanner says so instead."""
    file = selectors.file_for(request.viewer, pk)
    if file is None:
        raise Http404
    if file.state != StoredFile.State.OK:
        return render(request, "files/held.html", {"file": file}, status=409)
    try:
        stream = selectors.opened(file)
    except FileNotFoundError as error:
        raise Http404 from error
    services.note_opened(actor=request.viewer, file=file)
    return FileResponse(  # type: ignore[return-value] # streamed: not an HttpResponse to the type checker
        stream, as_attachment=True, filename=file.name, content_type=file.content_type, headers=HEADERS
    )
