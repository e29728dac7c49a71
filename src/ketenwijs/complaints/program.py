"""Loads the registrations and receivers of this program's apps once all models are ready."""

from importlib import import_module

from django.apps import AppConfig


class ComplaintsProgram(AppConfig):
    """What `config` is for the platform: the one place that starts every app of this program."""

    name = "ketenwijs.complaints"
    label = "complaints"

    def ready(self) -> None:
        """Import `registrations.py` and `receivers.py` of each app, lower layers first."""
        from django.conf import settings
        from django.utils.module_loading import module_has_submodule

        for name in [*settings.FOUNDATION_APPS, *settings.COMPLAINTS_APPS]:
            module = import_module(name)
            for part in ("registrations", "receivers"):
                if module_has_submodule(module, part):
                    import_module(f"{name}.{part}")
