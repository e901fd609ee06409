from django.apps import AppConfig


class TechnicalsConfig(AppConfig):
    name = "technicals"
    verbose_name = "Cambridge Technicals"

    def ready(self) -> None:
        from candidates.rules import guarding, merging
        from outbox.delivery import register_composer
        from uploads.rules.kinds import register

        from .documents import compose_invoice_mail
        from .kinds import TECHNICALS_ENTRIES
        from .services.guarding import GUARD
        from .services.invoice_mails import COMPOSER as INVOICE_COMPOSER
        from .services.merging import MOVER

        register(TECHNICALS_ENTRIES)
        register_composer(INVOICE_COMPOSER, compose_invoice_mail)
        merging.register(MOVER)
        guarding.register(GUARD)
