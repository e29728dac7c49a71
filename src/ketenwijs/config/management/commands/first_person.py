"""Make the first people of an installation: the operator, and the staff of an agreement, whom nobody can invite yet."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import INSTALLATION, Scope, agreement_scope, system
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.ui.errors import DomainError

OPERATOR = "operator"


class Command(BaseCommand):
    """`ketenwijs first-person EMAIL NAME [--role CODE --agreement SLUG]`"""

    help = (
        "Make the first operator, or with --role and --agreement somebody of an agreement's secretariat. "
        "They choose a password through the link that a password reset sends."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who it is, and as what."""
        parser.add_argument("email", help="the address to sign in with")
        parser.add_argument("name", help="the person's name, between quotes when it has spaces")
        parser.add_argument("--role", default=OPERATOR, help="code of a role in content/reference/roles.yaml")
        parser.add_argument("--agreement", default="", help="folder name of the agreement the role is held in")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the person without a password and give the role; refuses what does not fit, and then changes nothing."""
        email = str(options["email"]).strip().lower()
        name = " ".join(str(options["name"]).split())
        _refuse_unfit(email, name)
        scope = _scope(options["agreement"])
        try:
            with transaction.atomic():
                person = Person.objects.create_user(email=email, name=name, language=settings.LANGUAGE_CODE)
                give(actor=system("first-person"), person=person, role=options["role"], scope=scope)
        except DomainError as refusal:
            raise CommandError(f"There is no role {options['role']} to hold here. Nothing was changed.") from refusal
        page = settings.PUBLIC_ADDRESS + reverse("account_reset_password")
        self.stdout.write(f"{name} has the role {options['role']} and no password yet.")
        self.stdout.write(f"Let them open {page} and ask for a link; with it they choose a password.")


def _refuse_unfit(email: str, name: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"{email} is not an e-mail address. Nothing was changed.") from error
    if not name:
        raise CommandError("Give the person's name after the address. Nothing was changed.")
    if Person.objects.filter(email=email).exists():
        raise CommandError(f"{email} has an account already. Nothing was changed.")


def _scope(agreement: str) -> Scope:
    if not agreement:
        return Scope(INSTALLATION, "all")
    if not Agreement.objects.filter(slug=agreement).exists():
        raise CommandError(f"There is no agreement {agreement}. Run apply-content first. Nothing was changed.")
    return agreement_scope(agreement)
