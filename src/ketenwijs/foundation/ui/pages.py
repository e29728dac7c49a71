"""Pagination with bounded parameters."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

HIGHEST_PAGE = 100_000


def paginate(request: HttpRequest, rows: QuerySet[Any] | list[Any], per_page: int = 50) -> Page[Any]:
    """The page asked for by `?page=`; nonsense gives the first page, too high the last."""
    wanted = request.GET.get("page", "1")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 7 else 1
    return Paginator(rows, per_page).get_page(min(max(number, 1), HIGHEST_PAGE))
