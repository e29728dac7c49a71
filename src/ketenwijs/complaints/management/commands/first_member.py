"""Give the first members of a committee a seat; they can open nothing before a signed list names their own keys."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from ketenwijs.complaints.committee.services import Operator, seat_person
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.ui.errors import DomainError


class Command(BaseCommand):
    """`ketenwijs complaints-first-member EMAIL NAME FUNCTION`"""

    help = "Seat a first member of the committee. They choose a password through the link of a password reset."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and as what."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("function", help="code of a seat in content/complaints/mechanism.yaml")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the person without a password and give the seat; refuses what does not fit, then changes nothing."""
        email, name = str(options["email"]).strip().lower(), " ".join(str(options["name"]).split())
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address. Nothing was changed.") from error
        try:
            with transaction.atomic():
                person, _created = Person.objects.get_or_create(email=email, defaults={"name": name})
                if _created:
                    person.set_unusable_password()
                    person.save()
                seat_person(actor=Operator(), person=person, function=options["function"])
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        page = settings.PUBLIC_ADDRESS + reverse("account_reset_password")
        self.stdout.write(f"{name} has the seat {options['function']}. Let them open {page} to choose a password.")
