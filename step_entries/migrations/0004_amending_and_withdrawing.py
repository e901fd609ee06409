from django.db import migrations, models


class Migration(migrations.Migration):
    """The version that an amendment compares, and the moment of a withdrawal."""

    dependencies = [("step_entries", "0003_words_for_staff")]

    operations = [
        migrations.AddField(
            model_name="stepentry",
            name="version",
            field=models.PositiveIntegerField(
                default=1, editable=False, help_text="Raised by every change of the entry's content or status."
            ),
        ),
        migrations.AddField(
            model_name="stepentry", name="withdrawn_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.RemoveConstraint(model_name="stepentry", name="confirmed_at_exactly_when_confirmed"),
        migrations.AddConstraint(
            model_name="stepentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", False), ("status", "confirmed")),
                    models.Q(models.Q(("status", "confirmed"), _negated=True), ("confirmed_at__isnull", True)),
                    _connector="OR",
                ),
                name="confirmed_at_exactly_when_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), ("withdrawn_at__isnull", False)),
                    models.Q(models.Q(("status", "withdrawn"), _negated=True), ("withdrawn_at__isnull", True)),
                    _connector="OR",
                ),
                name="withdrawn_at_exactly_when_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("held_at__isnull", True), ("status", "not-yet-confirmed"), _connector="OR"),
                name="held_only_while_not_yet_confirmed",
            ),
        ),
    ]
