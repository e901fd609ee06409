"""Staff look for a mail that somebody misses."""

from django.urls import reverse

from tests.factories.outbox import OutgoingEmailFactory


def test_a_mail_is_found_by_those_it_went_to(signed_in, staff):
    OutgoingEmailFactory(key="to-her", to=["priya@northgate.example"])
    OutgoingEmailFactory(key="copy-to-her", cc=["Priya@northgate.example"])
    OutgoingEmailFactory(key="to-another", to=["tom@southfield.example"])

    page = signed_in(staff).get(reverse("admin:outbox_outgoingemail_changelist"), {"q": "priya@north"})

    assert {mail.key for mail in page.context["cl"].queryset} == {"to-her", "copy-to-her"}
