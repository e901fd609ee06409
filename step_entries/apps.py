from django.apps import AppConfig


class StepEntriesConfig(AppConfig):
    name = "step_entries"
    verbose_name = "STEP entries"

    def ready(self) -> None:
        from uploads.rules.kinds import register

        from .kinds import STEP_CANDIDATES

        register(STEP_CANDIDATES)
