"""Every table as text: to see what changed, and to search it for what must not be there."""

from django.apps import apps


def all_rows(*, without=()):
    """Every row of every table as text, by the model's label."""
    models = [model for model in apps.get_models() if model._meta.label_lower not in without]
    return {
        model._meta.label_lower: sorted(str(sorted(row.items())) for row in model._default_manager.values())
        for model in models
    }
