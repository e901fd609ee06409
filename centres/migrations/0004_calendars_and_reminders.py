from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0003_managing_colleagues"),
    ]

    operations = [
        migrations.AddField(
            model_name="centre",
            name="reminder_emails",
            field=models.BooleanField(
                default=True,
                help_text="Of missing UCAS IDs and drafts, before registration closes.",
                verbose_name="reminder emails",
            ),
        ),
        migrations.AddField(
            model_name="centre",
            name="calendar_key",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                help_text="Opens the centre's calendar of key dates; empty for none.",
                max_length=40,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.UniqueConstraint(
                condition=~Q(calendar_key=""), fields=("calendar_key",), name="a_calendar_key_opens_one_calendar"
            ),
        ),
    ]
