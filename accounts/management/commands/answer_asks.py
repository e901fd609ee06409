from typing import Any

from django.core.management.base import BaseCommand

from accounts import tasks


class Command(BaseCommand):
    help = (
        "Mail what was asked for at the door: new passwords, news of a lock. For cron, once a minute, without Celery."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"answer_asks: {tasks.answer_asks()} answered")
