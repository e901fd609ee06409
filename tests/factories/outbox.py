import factory
from django.utils import timezone

from outbox.models import OutgoingEmail


class OutgoingEmailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutgoingEmail

    key = factory.Sequence(lambda n: f"test-event:{n}")
    message_id = factory.Sequence(lambda n: f"<{n}@portal.example>")
    to = factory.LazyFunction(lambda: ["officer@school.example"])
    subject = "Entries Portal: a test"
    text = "Words."
    html = "<p>Words.</p>"
    created_at = factory.LazyFunction(timezone.now)
    next_attempt_at = factory.SelfAttribute("created_at")
