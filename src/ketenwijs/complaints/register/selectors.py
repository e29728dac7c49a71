"""Reading the public copies."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Min, QuerySet
from django.urls import reverse

from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.selectors import cases_open_to
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.models import SignedKeyList
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.register.definitions import Criterion, self_check
from ketenwijs.complaints.register.models import Release, Ruling, SelfCheckAnswer, Tally
from ketenwijs.complaints.register.rules import MARK

FORMAT = "ketenwijs-complaints-register-1"
"""The form of the released file; the platform takes no other."""


def newest_release() -> Release | None:
    """The copy that is shown."""
    return Release.objects.order_by("-serial").first()


def published_rulings() -> QuerySet[Ruling]:
    """Rulings that are public now."""
    return Ruling.objects.exclude(published_on=None).filter(withdrawn_on=None)


def ruling_at(number: int) -> Ruling | None:
    """A ruling by its permanent address, also when it was withdrawn."""
    return Ruling.objects.exclude(published_on=None).filter(pk=number).first()


def waiting_rulings(member: Member) -> QuerySet[Ruling]:
    """Public versions that wait for signatures, of the cases that the member can open: nobody else may sign them, or
    read before they are public what they say."""
    numbers = cases_open_to(member).values("number")
    return Ruling.objects.filter(published_on=None, number__in=numbers).prefetch_related("signatures")


def shown(release: Release) -> dict[str, Any]:
    """The newest copy with words instead of codes."""
    shapes, payload, names = kinds(), release.payload, mechanism().seat_names()
    by_code = {kind.code: kind.names for kind in shapes.kinds}
    running = [
        {
            **row,
            "kind": by_code.get(row["kind"], row["kind"]),
            "state": shapes.states[row["state"]].names if row["state"] in shapes.states else row["state"],
            "country": row["country"] or MARK,
            "theme": row["theme"] or MARK,
        }
        for row in payload["running"]
    ]
    counts = [
        {
            "year": row["year"],
            "cells": [MARK if row["cells"].get(code) is None else row["cells"][code] for code in by_code],
            "total": MARK if row["total"] is None else row["total"],
        }
        for row in payload["counts"]
    ]
    seats = [(one["name"], names.get(one["function"], one["function"])) for one in payload["composition"]]
    return {"running": running, "counts": counts, "kinds": list(by_code.values()), "seats": seats}


def released_file(site: str) -> dict[str, Any]:
    """The newest copy with the rulings that are public now, and what its codes are called, for programs that hold none
    of this content. `site`: the public address of this program, without a slash at its end.
    """
    release, shapes, body = newest_release(), kinds(), mechanism()
    copy = {"serial": release.serial, "released_on": release.released_on, **release.payload} if release else {}
    return {
        "format": FORMAT,
        "address": site + reverse("register:index"),
        "release": copy,
        "rulings": [_released_ruling(one, site) for one in published_rulings().prefetch_related("signatures")],
        "names": {
            "mechanism": body.name.by_language,
            "kinds": {kind.code: kind.names.by_language for kind in shapes.kinds},
            "states": {code: state.names.by_language for code, state in shapes.states.items()},
            "functions": {seat.code: seat.names.by_language for seat in body.seats},
        },
    }


def _released_ruling(one: Ruling, site: str) -> dict[str, Any]:
    return {
        **one.words,
        "follow_up": one.follow_up,
        "published_on": one.published_on,
        "signed_by": [{"name": two.name, "function": two.function} for two in one.signatures.all()],
        "page": one.pk,
        "address": site + reverse("register:ruling", args=[one.pk]),
    }


def procedure() -> list[dict[str, Any]]:
    """Per kind of case its steps in order, with the days that each may take."""
    shapes = kinds()
    return [
        {
            "name": kind.names,
            "whole_days": kind.whole_days,
            "steps": [
                (shapes.states[code].names, kind.days.get(code))
                for code in dict.fromkeys([kind.first, *(path.to for path in kind.paths)])
            ],
        }
        for kind in shapes.kinds
    ]


def self_check_rows(year: int, *, public: bool) -> list[tuple[Criterion, SelfCheckAnswer | None]]:
    """Every criterion with the answer of a year; `public`: only answers that were released."""
    answers = SelfCheckAnswer.objects.filter(year=year)
    if public:
        answers = answers.exclude(public_on=None)
    found = {answer.criterion: answer for answer in answers}
    return [(criterion, found.get(criterion.code)) for criterion in self_check().criteria]


def public_years() -> list[int]:
    """Years whose self-check is public, newest first."""
    found = SelfCheckAnswer.objects.exclude(public_on=None).values_list("year", flat=True)
    return sorted(set(found), reverse=True)


def years_to_check(today: date) -> list[int]:
    """Years that the committee answers for, newest first: from the year of its first list of keys, of the first case or
    of the first answer to this one."""
    first = [
        SignedKeyList.objects.aggregate(first=Min("taken_on__year"))["first"],
        Tally.objects.aggregate(first=Min("year"))["first"],
        SelfCheckAnswer.objects.aggregate(first=Min("year"))["first"],
        today.year,
    ]
    return list(range(today.year, min(year for year in first if year) - 1, -1))
