"""Write the starter package of a new agreement into a content folder."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ketenwijs.domain.agreements.instruments import FAMILY_NAMES, REQUIREMENT_LIST
from ketenwijs.domain.agreements.starter.building import Wanted, refuse_unfit_slug, starter_files
from ketenwijs.domain.agreements.starter.checking import code_lists
from ketenwijs.foundation.content.checking import check_texts
from ketenwijs.foundation.content.texts import LANGUAGES, Texts
from ketenwijs.foundation.ui.errors import DomainError


class Command(BaseCommand):
    """`ketenwijs new-agreement SLUG --name NAME --into FOLDER`"""

    help = "Write a checked starter package for a new agreement below FOLDER/agreements/SLUG; nothing is overwritten."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What it is called, when it begins, and where the files go."""
        parser.add_argument("slug", help="the word for the addresses: small letters, digits and hyphens")
        parser.add_argument("--name", default="", help="name in Dutch; also used where no other name is given")
        parser.add_argument("--name-fr", default="", help="name in French")
        parser.add_argument("--name-en", default="", help="name in English")
        parser.add_argument(
            "--first-day", default="", help="first day, such as 2026-01-01; this year's first otherwise"
        )
        parser.add_argument(
            "--measure", choices=list(FAMILY_NAMES), default=REQUIREMENT_LIST, help="how participants are measured"
        )
        parser.add_argument("--language", choices=LANGUAGES, default="nl", help="language of the explanations")
        parser.add_argument("--into", default=str(settings.CONTENT_DIR), help="content folder; the installation's own")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files, or nothing at all."""
        try:
            refuse_unfit_slug(options["slug"])
            files = starter_files(_wanted(options), language=options["language"])
        except DomainError as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        places = {f"agreements/{options['slug']}/{name}": text for name, text in files.items()}
        faults = check_texts(places, beside=code_lists()).faults
        for fault in faults:
            self.stdout.write(str(fault))
        if faults:
            raise CommandError("The starter package of this content folder has faults. Nothing was written.")
        folder = _written(Path(options["into"]), places)
        self.stdout.write(f"{len(places)} files were written to {folder}.")
        self.stdout.write("Edit them, then run check-content and apply-content, or upload them in the desk.")


def _wanted(options: dict[str, Any]) -> Wanted:
    slug, name = options["slug"], options["name"]
    named = name or slug.replace("-", " ").capitalize()
    given = options["first_day"]
    try:
        first_day = date.fromisoformat(given) if given else timezone.localdate().replace(month=1, day=1)
    except ValueError as error:
        raise CommandError(f"{given} is no day; write it as 2026-01-01. Nothing was written.") from error
    return Wanted(
        slug,
        Texts(nl=named, fr=options["name_fr"] or named, en=options["name_en"] or named),
        first_day,
        options["measure"],
    )


def _written(root: Path, places: dict[str, str]) -> Path:
    folder = (root / next(iter(places))).parent
    if folder.exists():
        raise CommandError(f"There is a folder {folder} already. Nothing was written.")
    try:
        folder.mkdir(parents=True)
        for place, text in places.items():
            (root / place).write_text(text, encoding="utf-8")
    except OSError as error:
        sentence = f"{folder} cannot be written: {error.strerror}. Choose another folder with --into."
        raise CommandError(sentence) from error
    return folder
