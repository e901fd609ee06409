"""The STEP team's pages on a session: extend, copy, export; and the clocks in its form."""

import csv
import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from core.history import history_of
from core.models import HistoryEntry
from core.moments import UK, in_words
from step_entries.enums import EntryStatus
from step_entries.models import SessionExtension, StepEntry, StepSession
from step_entries.services import extend_window, window_of
from tests.factories.accounts import UserFactory
from tests.factories.step_entries import DraftFactory, SessionFactory, StepEntryFactory
from tests.reports.test_overview import words_of

pytestmark = pytest.mark.django_db

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


def page_of(session, name, *more):
    return reverse(f"admin:step_entries_stepsession_{name}", args=[session.pk, *more])


def clock(at, field="closes_at"):
    """A date and a time as they are typed."""
    local = at.astimezone(UK)
    return {f"{field}_0": f"{local:%d/%m/%Y}", f"{field}_1": f"{local:%H:%M}"}


def asked(session, **changes):
    """An extension for Northgate to the next day, as it is typed."""
    fields = {"who": "one", "number": "61111", "reason": "Its network is down"}
    return fields | clock(session.closes_at + DAY) | changes


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
        feed = client.get(reverse("step_entries:calendar", args=[centre.calendar_key])).text

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
