"""A key for each candidate, by which its pages are found. Undone, the keys are dropped with their column."""

import uuid

from django.db import migrations, models

BATCH = 2000


def give_keys(apps, schema_editor):
    candidate = apps.get_model("candidates", "Candidate")
    without = candidate.objects.filter(key=None).only("pk")
    while batch := list(without[:BATCH]):
        for each in batch:
            each.key = uuid.uuid4()
        candidate.objects.bulk_update(batch, ["key"])


class Migration(migrations.Migration):
    dependencies = [("candidates", "0002_identifiers_and_groups")]

    operations = [
        migrations.AddField("candidate", "key", models.UUIDField(editable=False, null=True)),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
