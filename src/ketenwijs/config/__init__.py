"""Settings, root addresses and the server entry: the only place that knows all apps."""

from importlib import import_module

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """Loads every app's registrations once all models are ready."""

    name = "ketenwijs.config"
    label = "config"

    def ready(self) -> None:
        """Import `registrations.py` of each of our apps, lower layers first."""
        from django.conf import settings
        from django.utils.module_loading import module_has_submodule

        for name in [*settings.FOUNDATION_APPS, *settings.DOMAIN_APPS, *settings.SITE_APPS, self.name]:
            module = import_module(name)
            for part in ("registrations", "receivers"):
                if module_has_submodule(module, part):
                    import_module(f"{name}.{part}")
        import_module("ketenwijs.config.demo.definitions")
