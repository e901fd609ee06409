"""The form of a session, its copy, its export, and who may."""

import csv
import io
from datetime import datetime

import openpyxl
import pytest
from django.urls import reverse

from core.history import history_of
from core.models import HistoryEntry
from core.moments import UK, in_words
from step_entries.enums import EntryStatus
from step_entries.models import SessionExtension, StepEntry, StepSession
from step_entries.services import extend_window, window_of
from tests.factories.accounts import UserFactory
from tests.factories.step_entries import SessionFactory, StepEntryFactory
from tests.reports.test_overview import words_of
from tests.step_entries.admin_pages import DAY, asked, clock, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


# --- the form of a session --------------------------------------------------------------------------------------------


NEXT_YEAR = {"opens_at": datetime(2099, 1, 1, tzinfo=UK), "modified_papers_until": datetime(2099, 2, 1, tzinfo=UK)}


def form_of(**changes):
    """A session that is typed into the admin's form."""
    fields = {"name": "June 2099", "is_published": "on"}
    for inline in ("papers", "notices"):
        fields |= {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}
    for field, at in NEXT_YEAR.items():
        fields |= clock(at, field)
    return fields | clock(datetime(2099, 5, 4, 23, 59, tzinfo=UK)) | changes


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("29/03/2099", "after 00:59 (GMT) they show 02:00 (BST), so 01:30 does not come."),
        ("25/10/2099", "after 01:59 (BST) they show 01:00 (GMT), so 01:30 comes twice."),
    ],
)
def test_a_time_that_a_change_of_the_clocks_leaves_out_or_doubles_is_refused_and_explained(client, date, sentence):
    page = client.post(reverse("admin:step_entries_stepsession_add"), form_of(closes_at_0=date, closes_at_1="01:30"))

    assert sentence in words_of(page)
    assert StepSession.objects.count() == 0


@pytest.mark.parametrize("time", ["00:59", "02:00"])
def test_the_minutes_beside_the_change_of_the_clocks_are_taken(client, time):
    client.post(reverse("admin:step_entries_stepsession_add"), form_of(closes_at_0="29/03/2099", closes_at_1=time))

    assert f"{StepSession.objects.get().closes_at.astimezone(UK):%H:%M}" == time


def test_every_moment_of_the_form_says_that_it_is_uk_time(client):
    text = client.get(reverse("admin:step_entries_stepsession_add")).text

    assert text.count("UK time: GMT in winter, BST in summer.") == 8  # with the first moments of a paper and a notice


def test_what_staff_change_in_a_session_stays_in_the_history(client, staff):
    client.post(reverse("admin:step_entries_stepsession_add"), form_of())
    session = StepSession.objects.get()

    client.post(page_of(session, "change"), form_of(name="Summer 2099", closes_at_0="05/05/2099"))

    changed, added = history_of(session)
    assert (added.action, added.by, changed.action, changed.by) == (
        "stepsession.added", staff, "stepsession.changed", staff,
    )  # fmt: skip
    assert changed.changes == {
        "name": ["June 2099", "Summer 2099"],
        "closes_at": ["2099-05-04T22:59:00+00:00", "2099-05-05T22:59:00+00:00"],
    }


def test_the_window_of_a_session_that_centres_see_open_is_no_field_for_staff(client, signed_in, session):
    administrator = UserFactory(is_staff=True, is_superuser=True)

    def fields_of(browser, of):
        return browser.get(page_of(of, "change")).context["adminform"].form.fields

    window = {"opens_at", "closes_at", "is_published"}
    coming = SessionFactory(name="June 2098", opens_at=session.closes_at + 300 * DAY)
    late_copy = SessionFactory(name="June 2097", opens_at=session.opens_at, is_published=False)
    assert window & set(fields_of(client, session)) == set()
    assert window <= set(fields_of(client, coming))
    assert window <= set(fields_of(client, late_copy))
    assert window <= set(fields_of(signed_in(administrator), session))


def test_the_page_of_a_session_that_has_opened_shows_its_closing_with_its_zone(client, session):
    page = client.get(page_of(session, "change"))

    assert in_words(session.closes_at) in words_of(page)


# --- copying ----------------------------------------------------------------------------------------------------------


def test_a_session_is_copied_and_the_copy_is_shown_to_be_looked_at(client, session):
    page = client.post(page_of(session, "copy"), follow=True)

    copy = StepSession.objects.exclude(pk=session.pk).get()
    assert page.request["PATH_INFO"] == page_of(copy, "change")
    assert "Look at every date, then tick “Shown to centres” and save." in words_of(page)
    assert not copy.is_published


def test_the_list_of_sessions_has_the_copy_as_an_action(client, session):
    url = reverse("admin:step_entries_stepsession_changelist")
    action = {"action": "copy_to_next_year", "_selected_action": [session.pk]}

    client.post(url, action)
    again = client.post(url, action, follow=True)
    both = client.post(url, action | {"_selected_action": [each.pk for each in StepSession.objects.all()]}, follow=True)

    assert StepSession.objects.count() == 2
    assert "was not made: there is a session" in words_of(again)
    assert "Choose one session to copy." in words_of(both)


def test_looking_at_the_address_of_the_copy_makes_none(client, session):
    assert client.get(page_of(session, "copy")).url == page_of(session, "change")
    assert StepSession.objects.count() == 1


# --- exporting --------------------------------------------------------------------------------------------------------


@pytest.fixture
def entries(session, centre, now):
    shared = {"session": session, "centre": centre, "first_name": "Zoë", "plain_first_name": "Zoe"}
    StepEntryFactory(**shared, number="S00001", status=EntryStatus.CONFIRMED, confirmed_at=now, ucas_id="0123456789")
    StepEntryFactory(**shared, number="S00002")


def test_confirmed_entries_are_what_is_offered_first(client, session, entries):
    page = client.get(page_of(session, "export"))

    assert (page.context["form"]["which"].value(), page.context["form"]["form"].value()) == ("confirmed", "csv")
    assert page.context["counts"] == [
        ("Confirmed entries only", 1),
        ("Confirmed and not yet confirmed entries", 2),
        ("All entries, withdrawn ones too", 2),
    ]


def test_the_csv_has_the_plain_names_and_the_export_stays_in_the_history(client, session, entries, staff):
    file = client.post(page_of(session, "export"), {"which": "live", "form": "csv"})

    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row[:4] for row in rows] == [
        ["Entry number", "Centre number", "First name", "Last name"],
        ["S00001", "61111", "Zoe", StepEntry.objects.get(number="S00001").plain_last_name],
        ["S00002", "61111", "Zoe", StepEntry.objects.get(number="S00002").plain_last_name],
    ]
    assert file.headers["Content-Disposition"].startswith('attachment; filename="step-june-')
    line = history_of(session).get()
    assert (line.by, line.note) == (staff, "2 entries as .csv: Confirmed and not yet confirmed entries")
    assert "Sam Taylor: 2 entries as .csv" in words_of(client.get(page_of(session, "export")))


def test_the_xlsx_has_the_same_cells_as_texts(client, session, entries):
    file = client.post(page_of(session, "export"), {"which": "confirmed", "form": "xlsx"})

    [_, row] = openpyxl.load_workbook(io.BytesIO(file.content)).active.iter_rows()
    assert [(cell.value, cell.data_type) for cell in row][6] == ("0123456789", "s")
    assert {cell.data_type for cell in row} == {"s"}


def test_an_export_of_another_kind_is_refused_and_not_noted(client, session, entries):
    page = client.post(page_of(session, "export"), {"which": "everything", "form": "exe"})

    assert page.status_code == 200
    assert history_of(session).count() == 0


# --- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["extend", "copy", "export"])
@pytest.mark.parametrize("person", ["officer", "colleague", "stranger"])
def test_people_of_centres_reach_none_of_it(signed_in, request, session, name, person):
    browser = signed_in(request.getfixturevalue(person))

    assert browser.post(page_of(session, name), asked(session), follow=True).status_code == 403
    assert StepSession.objects.get().closes_at == session.closes_at
    assert HistoryEntry.objects.count() == SessionExtension.objects.count() == 0


@pytest.mark.parametrize("name", ["extend", "copy", "export", "change"])
def test_staff_without_a_second_factor_see_nothing(client, session, staff, name):
    client.logout()
    client.force_login(staff)

    answer = client.post(page_of(session, name), asked(session))

    assert (answer.status_code, answer.url) == (302, reverse("accounts:second-factor-set-up"))
    assert SessionExtension.objects.count() == 0
    assert StepSession.objects.count() == 1


def test_the_window_of_a_centre_is_asked_for_anew_with_each_request(session, centre, staff, now):
    before = window_of(session, centre)
    extend_window(session=session, centre=centre, closes_at=session.closes_at + DAY, reason="x", by=staff, at=now)

    assert before.deadline != window_of(session, centre).deadline
