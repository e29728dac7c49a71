"""The menu of signed-in people: apps register items, the page shows those this viewer may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

Visible = Callable[[Any], bool]


@dataclass(frozen=True)
class MenuItem:
    """One entry. `visible` gets the viewer; `url_name` takes no arguments; lower `order` stands further left."""

    label: str | Promise
    url_name: str
    visible: Visible
    order: int = 50


_items: dict[str, MenuItem] = {}


def register_menu(*items: MenuItem) -> None:
    """Add entries; one page stands in the menu once."""
    for item in items:
        if item.url_name in _items:
            raise ValueError(f"menu entry {item.url_name} is registered twice")
        _items[item.url_name] = item


def menu_for(viewer: Any) -> list[tuple[str | Promise, str]]:
    """Label and address of the entries this viewer may use, in order."""
    shown = [item for item in _items.values() if item.visible(viewer)]
    return [(item.label, reverse(item.url_name)) for item in sorted(shown, key=lambda one: (one.order, one.url_name))]


def nearest(menu: list[tuple[str | Promise, str]], path: str) -> str:
    """The address of the entry under which a page lies: the longest that the path starts with, or empty."""
    return max((address for _label, address in menu if path.startswith(address)), key=len, default="")


_acting: list[Callable[[Any], str]] = []


def register_acting(name_of: Callable[[Any], str]) -> None:
    """Tell, once, how the organisation a viewer acts for is named; the page's head shows it."""
    if _acting:
        raise ValueError("the name of the organisation acted for is registered twice")
    _acting.append(name_of)


def acting_name(viewer: Any) -> str:
    """The organisation a viewer acts for, empty when there is none."""
    return _acting[0](viewer) if _acting else ""
