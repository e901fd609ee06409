from django.apps import AppConfig


class StepEntriesConfig(AppConfig):
    name = "step_entries"
    verbose_name = "STEP entries"

    def ready(self) -> None:
        from candidates.rules import merging
        from uploads.rules.kinds import register

        from .kinds import STEP_CANDIDATES
        from .services.merging import MOVER

        register(STEP_CANDIDATES)
        merging.register(MOVER)
