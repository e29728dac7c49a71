"""The fence around company data: fenced models raise unless a viewer's fence is up (security.md 3.1).

A model is fenced with `objects = fence.FencedManager(organisation="organisation")` (or a path to the owner, such as
`chain__organisation`). Reading it outside a fence raises, so a forgotten check shows at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django_scopes import ScopedManager, get_scope, scope, scopes_disabled

from ketenwijs.foundation.access.viewer import Viewer

logger = logging.getLogger(__name__)
FencedManager = ScopedManager

_providers: list[Callable[[Viewer], list[int]]] = []


def register_fence_provider(provider: Callable[[Viewer], list[int]]) -> None:
    """Add a source of organisations that a viewer may look into besides the one they act for.

    For staff of an agreement this is its members; the app that knows members registers it.
    """
    _providers.append(provider)


def organisations_within(viewer: Viewer) -> list[int]:
    """Primary keys of all organisations whose data may be read inside this viewer's fence."""
    within = {viewer.acting_for} if viewer.acting_for else set()
    for provider in _providers:
        within.update(provider(viewer))
    return sorted(pk for pk in within if pk)


@contextmanager
def fenced_for(viewer: Viewer) -> Iterator[None]:
    """Put up the viewer's fence: inside, fenced models show only these organisations' rows."""
    if viewer.is_system:
        with unfenced(reason=viewer.system_name):
            yield
    else:
        with scope(organisation=organisations_within(viewer)):
            yield


@contextmanager
def fenced_to(organisation: int) -> Iterator[None]:
    """A fence around one organisation, for jobs that work firm by firm."""
    with scope(organisation=[organisation]):
        yield


@contextmanager
def fenced_to_agreement(agreement: int) -> Iterator[None]:
    """A second fence around what the secretariat of one agreement keeps about members together.

    No page and no job stands in it by itself: only code that asked for the right puts it up, for as long as it reads.
    Inside `unfenced` it changes nothing.
    """
    if get_scope().get("_enabled", True):
        with scope(agreement=agreement):
            yield
    else:
        yield


@contextmanager
def unfenced(*, reason: str) -> Iterator[None]:
    """Work across firms on purpose; the reason is logged and every use in the code is listed by a test."""
    logger.debug("unfenced: %s", reason)
    with scopes_disabled():
        yield
