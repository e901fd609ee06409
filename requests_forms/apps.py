from django.apps import AppConfig


class RequestsFormsConfig(AppConfig):
    name = "requests_forms"
    verbose_name = "Requests"
