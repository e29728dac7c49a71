"""What the sign-in page shows in the demonstration."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from ketenwijs.foundation.accounts.models import DemoAccount


def demo_accounts(request: HttpRequest) -> dict[str, object]:
    """The demonstration's people, only on the sign-in page and only in the demonstration."""
    if not settings.DEMO or not request.path.endswith("/login/"):
        return {}
    return {"demo_accounts": DemoAccount.objects.select_related("person")}
