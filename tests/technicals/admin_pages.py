"""Addresses of the administration of Cambridge Technicals."""

from django.urls import reverse


def list_of(model, **parameters):
    return reverse(f"admin:technicals_{model}_changelist", query=parameters)


def add_to(model):
    return reverse(f"admin:technicals_{model}_add")
