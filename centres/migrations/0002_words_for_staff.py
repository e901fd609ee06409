from django.db import migrations, models


class Migration(migrations.Migration):
    """Sentences that staff meet in the administration; no table changes."""

    dependencies = [("centres", "0001_centres_memberships_approvals")]

    operations = [
        migrations.AlterConstraint(
            model_name="approval",
            name="approval_ends_after_it_begins",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="approval_ends_after_it_begins",
                violation_error_message="The last day of an approval must not be before its first. Check both dates.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="membership",
            name="one_live_membership_per_user_and_centre",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("user", "centre"),
                name="one_live_membership_per_user_and_centre",
                violation_error_message="This person is a member of this centre already. Change that membership, or end it first.",
            ),
        ),
    ]
