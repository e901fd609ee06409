from django.db import migrations, models


class Migration(migrations.Migration):
    """Names and sentences that staff meet in the administration; no table changes."""

    dependencies = [("step_entries", "0002_courses_of_entries_are_protected")]

    operations = [
        migrations.AlterModelOptions(name="stepdraft", options={"verbose_name": "STEP draft"}),
        migrations.AlterModelOptions(
            name="stepsession", options={"ordering": ["-opens_at"], "verbose_name": "STEP session"}
        ),
        migrations.AlterConstraint(
            model_name="sessionpaper",
            name="a_session_has_a_paper_once",
            constraint=models.UniqueConstraint(
                fields=("session", "paper"),
                name="a_session_has_a_paper_once",
                violation_error_message="The session has this paper already. Change that one, or choose another.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stepsession",
            name="session_closes_after_it_opens",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                name="session_closes_after_it_opens",
                violation_error_message="Registration must close after it opens. Check both moments.",
            ),
        ),
    ]
