from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from outbox.delivery import register_composer

        from .services.one_time import COMPOSER, compose

        register_composer(COMPOSER, compose)
