"""Centre Preferences, and the address of the centre's calendar."""

import re

import pytest
from django.urls import reverse

from centres.models import Centre
from centres.services import renew_calendar, set_preferences
from core.history import history_of

pytestmark = pytest.mark.django_db

URL = "/centre/preferences/"
ON_OFF = {"email_alerts": "on", "reminder_emails": "off"}


def told(centre):
    return [(change.action, change.by, change.changes) for change in history_of(centre)]


def test_each_change_is_written_with_old_and_new(centre, officer, now):
    assert set_preferences(centre=centre, email_alerts=False, reminder_emails=True, by=officer, at=now)
    assert set_preferences(centre=centre, email_alerts=True, reminder_emails=False, by=officer, at=now)

    centre.refresh_from_db()
    assert (centre.email_alerts, centre.reminder_emails) == (True, False)
    assert told(centre) == [
        ("centre.preferences-set", officer, {"email_alerts": [False, True], "reminder_emails": [True, False]}),
        ("centre.preferences-set", officer, {"email_alerts": [True, False]}),
    ]


def test_what_is_so_already_leaves_no_trace(centre, officer, now):
    assert not set_preferences(centre=centre, email_alerts=True, reminder_emails=True, by=officer, at=now)

    assert told(centre) == []


def test_a_stale_centre_does_not_undo_what_a_colleague_saved(centre, officer, now):
    stale = Centre.objects.get(pk=centre.pk)
    set_preferences(centre=centre, email_alerts=False, reminder_emails=True, by=officer, at=now)

    set_preferences(centre=stale, email_alerts=False, reminder_emails=True, by=officer, at=now)

    assert len(told(centre)) == 1


def test_the_officer_saves_the_preferences_and_is_back_on_the_overview(signed_in, officer, centre, session):
    answer = signed_in(officer).post(URL, ON_OFF)
    page = signed_in(officer).get("/")

    assert answer.headers["Location"] == "/#preferences"
    centre.refresh_from_db()
    assert (centre.email_alerts, centre.reminder_emails) == (True, False)
    assert page.status_code == 200


def test_the_overview_says_what_was_saved(signed_in, officer, session):
    client = signed_in(officer)

    first = client.post(URL, ON_OFF, follow=True).text
    second = client.post(URL, ON_OFF, follow=True).text

    assert "The preferences of Northgate School are saved." in first
    assert "Nothing is changed." in second


@pytest.mark.parametrize("posted", [{}, {"email_alerts": "on"}, {"email_alerts": "perhaps", "reminder_emails": "on"}])
def test_what_is_neither_on_nor_off_changes_nothing_and_is_told(signed_in, officer, centre, session, posted):
    page = signed_in(officer).post(URL, posted, follow=True).text

    assert "Choose On or Off for" in page
    assert told(centre) == []


def test_a_read_only_member_sees_the_values_and_cannot_save(signed_in, colleague, centre, session):
    Centre.objects.update(email_alerts=False)
    client = signed_in(colleague)

    page = client.get("/").text
    section = page[page.index('id="preferences"') :]

    assert re.findall(r"<dd>(On|Off)</dd>", section) == ["Off", "On"]
    assert URL not in page
    assert client.post(URL, ON_OFF).status_code == 403


def test_the_form_shows_what_is_set(signed_in, officer, session):
    Centre.objects.update(email_alerts=False)

    page = signed_in(officer).get("/").text

    checked = re.findall(r'name="(\w+)" value="(\w+)" id="[\w-]+" checked', page)
    assert checked == [("email_alerts", "off"), ("reminder_emails", "on")]
    assert "Email Alert(s) for Candidate Entry(ies)</legend>" in page
    assert ">Save</button>" in page


# --- the calendar -----------------------------------------------------------------------------------------------------


def test_a_new_address_has_192_bits_of_chance_and_stands_in_no_history(centre, officer, now):
    keys = {renew_calendar(centre=centre, by=officer, at=now).calendar_key for _ in range(50)}

    assert len(keys) == 50
    assert {len(key) for key in keys} == {32}
    assert told(centre) == [("centre.calendar-renewed", officer, {})] * 50


def test_the_page_makes_the_first_address_and_then_shows_it(signed_in, officer, centre, session, settings):
    settings.SITE_URL = "https://entries.example"
    client = signed_in(officer)

    before = client.get(reverse("centres:calendar")).text
    after = client.post(reverse("centres:calendar-renew"), follow=True).text

    centre.refresh_from_db()
    address = f"https://entries.example/step/calendar/{centre.calendar_key}.ics"
    assert "Make the address" in before
    assert f'value="{address}"' in after
    assert "The calendar has an address." in after
    assert client.get(f"/step/calendar/{centre.calendar_key}.ics").status_code == 200


def test_renewing_says_what_it_does_and_the_old_address_opens_nothing(signed_in, officer, centre, session, now):
    old = renew_calendar(centre=centre, by=officer, at=now).calendar_key
    client = signed_in(officer)

    asked = client.get(reverse("centres:calendar-renew")).text
    done = client.post(reverse("centres:calendar-renew"), follow=True).text

    assert "the present one opens nothing from then on" in asked
    assert "The old one opens nothing any more." in done
    assert client.get(f"/step/calendar/{old}.ics").status_code == 404


def test_a_read_only_member_sees_the_address_and_cannot_renew_it(signed_in, colleague, centre, officer, session, now):
    client = signed_in(colleague)
    empty = client.get(reverse("centres:calendar")).text
    key = renew_calendar(centre=centre, by=officer, at=now).calendar_key

    page = client.get(reverse("centres:calendar")).text

    assert "An exams officer of your centre can make one here." in empty
    assert key in page
    assert reverse("centres:calendar-renew") not in page
    assert client.post(reverse("centres:calendar-renew")).status_code == 403


def test_the_administration_does_not_show_the_address(signed_in, staff, centre, officer, now):
    key = renew_calendar(centre=centre, by=officer, at=now).calendar_key

    page = signed_in(staff).get(reverse("admin:centres_centre_change", args=[centre.pk]))

    assert page.status_code == 200
    assert key not in page.text
