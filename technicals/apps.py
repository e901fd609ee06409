from django.apps import AppConfig


class TechnicalsConfig(AppConfig):
    name = "technicals"
    verbose_name = "Cambridge Technicals"

    def ready(self) -> None:
        from candidates.rules import merging
        from uploads.rules.kinds import register

        from .kinds import TECHNICALS_ENTRIES
        from .services.merging import MOVER

        register(TECHNICALS_ENTRIES)
        merging.register(MOVER)
