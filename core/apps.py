from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Let the deploy check of the scanner register itself."""
        import_module("core.scanning")
