from django.apps import AppConfig


class RequestsFormsConfig(AppConfig):
    name = "requests_forms"
    verbose_name = "Requests"

    def ready(self) -> None:
        from candidates.rules import merging
        from outbox.delivery import register_composer

        from .documents import compose_invoice_query
        from .services.invoices import COMPOSER
        from .services.merging import MOVER

        register_composer(COMPOSER, compose_invoice_query)
        merging.register(MOVER)
