import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of an entry's courses gets a model of its own; the table itself stays as it is."""

    dependencies = [("step_entries", "0001_sessions_entries_runs")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="StepEntryCourse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                db_column="stepentry_id",
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="step_entries.stepentry",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="step_entries.course",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "step_entries_stepentry_courses",
                        "unique_together": {("entry", "course")},
                    },
                ),
                migrations.AlterField(
                    model_name="stepentry",
                    name="courses",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        through="step_entries.StepEntryCourse",
                        to="step_entries.course",
                    ),
                ),
            ],
        ),
    ]
