"""Staff extend the window of registration, and every page knows it at once (F37)."""

from datetime import UTC

import pytest
import time_machine
from django.urls import reverse

from core.models import HistoryEntry
from core.moments import in_words
from step_entries.enums import EntryStatus
from step_entries.models import SessionExtension, StepEntry, StepSession
from step_entries.services import extend_window
from tests.factories.step_entries import DraftFactory, StepEntryFactory
from tests.reports.test_overview import words_of
from tests.step_entries.admin_pages import DAY, MINUTE, asked, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


# --- extending --------------------------------------------------------------------------------------------------------


def test_staff_extend_the_window_of_one_centre_and_see_it_on_the_page(client, session, centre, staff):
    answer = client.post(page_of(session, "extend"), asked(session), follow=True)

    new = (session.closes_at + DAY).replace(second=0, microsecond=0)
    assert SessionExtension.objects.get().closes_at == new
    assert f"Registration for 61111 Northgate School closes on {in_words(new)}." in words_of(answer)
    told = f"for 61111, from {in_words(session.closes_at)} to {in_words(new)}. Reason: Its network is down"
    assert f"Sam Taylor: {told}" in words_of(answer)


def test_staff_extend_the_window_of_all_centres(client, session):
    client.post(page_of(session, "extend"), asked(session, who="all", number=""))

    assert StepSession.objects.get().closes_at == (session.closes_at + DAY).replace(second=0, microsecond=0)
    assert SessionExtension.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"who": ""}, "Choose one centre or all."),
        ({"number": ""}, "Type the number of the centre."),
        ({"number": "61112"}, "There is no centre 61112."),
        ({"who": "all"}, "Leave the centre number empty to extend the window of all centres."),
        ({"reason": " "}, "Type the reason, in at most 200 characters."),
        ({"closes_at_0": ""}, "Type the date and the time."),
        ({"closes_at_0": "31/02/2099"}, "Type the date as DD/MM/YYYY, for example 04/05/2027."),
        ({"closes_at_1": "24:00"}, "Type the time as HH:MM, for example 23:59."),
        ({"closes_at_0": "01/02/2020"}, "without an extension. Choose a later moment."),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_extended(client, session, centre, changes, sentence):
    answer = client.post(page_of(session, "extend"), asked(session, **changes))

    assert sentence in words_of(answer)
    assert SessionExtension.objects.count() == HistoryEntry.objects.count() == 0
    assert StepSession.objects.get().closes_at == session.closes_at
    for name, value in asked(session, **changes).items():
        assert name == "who" or not value.strip() or f'value="{value}"' in answer.text


def test_everything_that_is_missing_is_said_at_once(client, session):
    answer = client.post(page_of(session, "extend"), {})

    assert set(answer.context["form"].errors) == {"who", "closes_at", "reason"}


def test_a_centre_number_is_taken_in_small_letters_too(client, session, centre):
    centre.number = "AB123"
    centre.save()

    client.post(page_of(session, "extend"), asked(session, number=" ab123 "))

    assert SessionExtension.objects.get().centre == centre


def test_staff_end_an_extension_with_a_reason(client, session, centre, staff, now):
    extend_window(session=session, centre=centre, closes_at=session.closes_at + DAY, reason="x", by=staff, at=now)
    url = page_of(session, "end_extension", SessionExtension.objects.get().pk)

    refused = client.post(url, {"reason": ""}, follow=True)
    still = SessionExtension.objects.count()
    ended = client.post(url, {"reason": "The network is up"}, follow=True)

    assert "The extension of 61111 Northgate School stands. Type the reason" in words_of(refused)
    assert still == 1
    assert SessionExtension.objects.count() == 0
    assert f"Registration for 61111 Northgate School closes on {in_words(session.closes_at)}" in words_of(ended)


def test_an_address_of_an_extension_that_is_looked_up_leads_to_the_page(client, session):
    assert client.get(page_of(session, "end_extension", 1)).url == page_of(session, "extend")
    assert client.post(page_of(session, "end_extension", 1), {"reason": "x"}).status_code == 404
    assert client.get(f"/admin/step_entries/stepsession/{session.pk + 1}/extend/").status_code == 404


# --- F37: ten minutes before closing ----------------------------------------------------------------------------------


ENTRY_PAGES = ["entry-detail", "entry-confirmation", "entry-withdraw"]


@pytest.fixture
def ten_minutes_before(session):
    session.closes_at = session.closes_at.replace(second=0, microsecond=0)
    session.save()
    return session.closes_at - 10 * MINUTE


def test_an_extended_centre_submits_from_its_open_page_after_the_old_closing_and_another_does_not(
    signed_in, staff, officer, officer_elsewhere, session, centre, other_centre, ten_minutes_before
):
    drafts = [DraftFactory(session=session, centre=each) for each in (centre, other_centre)]
    pages = [reverse("step_entries:draft-check", args=[draft.key]) for draft in drafts]
    with time_machine.travel(ten_minutes_before, tick=False) as traveller:
        here, elsewhere = signed_in(officer), signed_in(officer_elsewhere)
        seen = [
            browser.get(page).context["draft"].fingerprint
            for browser, page in zip((here, elsewhere), pages, strict=True)
        ]
        signed_in(staff).post(page_of(session, "extend"), asked(session))
        traveller.move_to(session.window.ends_at + 5 * MINUTE)

        in_time = here.post(pages[0], {"seen": seen[0]})
        too_late = elsewhere.post(pages[1], {"seen": seen[1]})

    assert StepEntry.objects.get().centre == centre
    assert in_time.status_code == 302
    assert f"Registration closed on {in_words(session.closes_at)}." in words_of(too_late)


def test_every_page_shows_the_new_closing_at_once(signed_in, staff, officer, session, centre, ten_minutes_before):
    draft = DraftFactory(session=session, centre=centre, started_by=officer)
    entry = StepEntryFactory(session=session, centre=centre, submitted_by=officer)
    numbered = {name: reverse(f"step_entries:{name}", args=[entry.number]) for name in ENTRY_PAGES}
    pages = {"overview": "/", "help": reverse("help"), "test-page": reverse("step_entries:test-page")} | numbered
    with time_machine.travel(ten_minutes_before, tick=False) as traveller:
        client = signed_in(officer)
        signed_in(staff).post(page_of(session, "extend"), asked(session))
        just_now = {name: words_of(client.get(url)) for name, url in pages.items()}
        traveller.move_to(session.closes_at + 5 * MINUTE)
        later = {name: words_of(client.get(url)) for name, url in pages.items()}
        step = words_of(client.get(reverse("step_entries:draft-step", args=[draft.key, "candidate"])))

    new = in_words(session.closes_at + DAY)
    assert {name: new in words for name, words in just_now.items()} == dict.fromkeys(pages, True)
    assert {name: new in words for name, words in later.items()} == dict.fromkeys(pages, True)
    assert {name: in_words(session.closes_at) in words for name, words in later.items()} == dict.fromkeys(pages, False)
    assert " STEP " in later["overview"].partition("Make a new test entry")[0]
    assert "not entered until you press Submit" in step


def test_an_extended_centre_amends_withdraws_and_has_the_new_closing_in_its_calendar_after_the_old_one(
    signed_in, staff, officer, session, centre, ten_minutes_before
):
    centre.calendar_key = "k" * 32
    centre.save()
    entry = StepEntryFactory(session=session, centre=centre, submitted_by=officer)
    with time_machine.travel(ten_minutes_before, tick=False) as traveller:
        client = signed_in(officer)
        signed_in(staff).post(page_of(session, "extend"), asked(session))
        traveller.move_to(session.closes_at + 5 * MINUTE)
        amend = client.get(reverse("step_entries:entry-amend", args=[entry.number, "papers"]))
        client.post(reverse("step_entries:entry-withdraw", args=[entry.number]), {"version": entry.version})
        feed = client.get(reverse("reports:calendar", args=[centre.calendar_key])).text

    assert amend.status_code == 200
    assert StepEntry.objects.get().status == EntryStatus.WITHDRAWN
    assert f"{(session.closes_at + DAY).astimezone(UTC):%Y%m%dT%H%M}" in feed
    assert f"{session.closes_at.astimezone(UTC):%Y%m%dT%H%M}" not in feed


def test_the_window_of_another_centre_stands_as_it_was_on_every_page(
    signed_in, staff, officer_elsewhere, session, centre, ten_minutes_before
):
    with time_machine.travel(ten_minutes_before, tick=False):
        signed_in(staff).post(page_of(session, "extend"), asked(session))
        client = signed_in(officer_elsewhere)
        words = [words_of(client.get(url)) for url in ("/", reverse("step_entries:test-page"))]

    assert [in_words(session.closes_at) in each for each in words] == [True, True]
    assert [in_words(session.closes_at + DAY) in each for each in words] == [False, False]
