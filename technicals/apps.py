from django.apps import AppConfig


class TechnicalsConfig(AppConfig):
    name = "technicals"
    verbose_name = "Cambridge Technicals"
