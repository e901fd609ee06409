import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("candidates", "0003_keys_of_candidates")]

    operations = [
        migrations.AlterField("candidate", "key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
    ]
