"""Make the first operator of an installation, who has nobody to be invited by."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import Scope, system
from ketenwijs.foundation.accounts.models import Person

ROLE = "operator"
SCOPE = Scope("installation", "all")


class Command(BaseCommand):
    """`ketenwijs first-person EMAIL NAME`"""

    help = "Make the first operator. The person chooses a password through the link that a password reset sends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who it is."""
        parser.add_argument("email", help="the address to sign in with")
        parser.add_argument("name", help="the person's name, between quotes when it has spaces")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the person without a password and give the role; refuses an address that is taken or no address."""
        email = str(options["email"]).strip().lower()
        name = " ".join(str(options["name"]).split())
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address. Nothing was changed.") from error
        if not name:
            raise CommandError("Give the person's name after the address. Nothing was changed.")
        if Person.objects.filter(email=email).exists():
            raise CommandError(f"{email} has an account already. Nothing was changed.")
        with transaction.atomic():
            person = Person.objects.create_user(email=email, name=name, language=settings.LANGUAGE_CODE)
            give(actor=system("first-person"), person=person, role=ROLE, scope=SCOPE)
        page = settings.PUBLIC_ADDRESS + reverse("account_reset_password")
        self.stdout.write(f"{name} is operator and has no password yet.")
        self.stdout.write(f"Let them open {page} and ask for a link; they choose a password and then a second factor.")
