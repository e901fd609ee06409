import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """That registration closes later for one centre, and that a copied session is not shown before somebody looked."""

    dependencies = [
        ("centres", "0003_managing_colleagues"),
        ("step_entries", "0004_amending_and_withdrawing"),
    ]

    operations = [
        migrations.AddField(
            model_name="stepsession",
            name="is_published",
            field=models.BooleanField(
                default=True,
                help_text="A copy for the next year is not, until you have looked at it.",
                verbose_name="shown to centres",
            ),
        ),
        migrations.CreateModel(
            name="SessionExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "closes_at",
                    models.DateTimeField(
                        help_text="Open to the end of this minute.", verbose_name="registration closes"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="centres.centre"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="step_entries.stepsession",
                    ),
                ),
            ],
            options={
                "ordering": ["closes_at", "centre__number"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "centre"), name="one_extension_per_session_and_centre")
                ],
            },
        ),
    ]
