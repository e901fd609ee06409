"""What the STEP team carries out for a centre by a request: amending and withdrawing, also after closing."""

from datetime import date, timedelta

import pytest

from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from step_entries.models import StepEntry
from step_entries.services import (
    answers_of_entry,
    confirm_entries,
    grant_amendment,
    preview_amendment,
    withdraw_entry,
)
from tests.factories.step_entries import StepEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def after(session):
    """A moment some days after closing."""
    return session.closes_at + timedelta(days=3)


@pytest.fixture
def grant(staff, after):
    def act(entry, *, by=staff, at=after, **answers):
        return grant_amendment(entry=entry, answers=answers, by=by, at=at)

    return act


def refusals_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return [refusal.code for refusal in refused.value.refusals]


def everything():
    rows = StepEntry.objects.order_by("pk").values(), HistoryEntry.objects.values(), OutgoingEmail.objects.values()
    return [list(each) for each in rows]


def test_fields_of_all_steps_are_amended_at_once_after_closing(entry, grant, staff, officer, session, after):
    _, second = session.courses.all()

    granted = grant(entry, last_name="Smyth", date_of_birth="05/03/2009", papers="step-3", courses=[str(second.pk)])

    granted.refresh_from_db()
    assert (granted.name, granted.date_of_birth, granted.papers) == ("Ann Smyth", date(2009, 3, 5), "step-3")
    assert list(granted.courses.all()) == [second]
    assert (granted.version, granted.modified_at) == (2, after)
    line = HistoryEntry.objects.get(action="step-entry.amended")
    assert (line.by, set(line.changes)) == (
        staff,
        {"last_name", "plain_last_name", "date_of_birth", "papers", "courses"},
    )
    [mail] = OutgoingEmail.objects.filter(key__startswith="step-entry-amended")
    assert mail.to == [officer.email]
    assert "Last Name, Date of birth, Papers, Courses and institutions." in mail.text


def test_what_is_not_named_stays(entry, grant):
    before = answers_of_entry(entry)

    granted = grant(entry, last_name="Smyth")

    assert answers_of_entry(granted) == before | {"last_name": "Smyth"}


def test_a_confirmed_entry_is_to_be_confirmed_anew_where_its_details_change_and_not_for_its_courses(entry, grant, now):
    confirm_entries(entries=StepEntry.objects.all(), by=None, at=now)

    assert grant(entry, has_other_course=True).status == "confirmed"
    assert grant(entry, first_name="Anna").status == "not-yet-confirmed"


def test_where_nothing_differs_nothing_is_written(entry, grant):
    before = everything()

    granted = grant(entry, **answers_of_entry(entry))

    assert granted.version == 1
    assert everything() == before


def test_a_version_that_the_centre_did_not_see_is_no_reason_against_it(entry, grant):
    grant(entry, first_name="Anna")

    assert grant(entry, last_name="Smyth").name == "Anna Smyth"


@pytest.mark.parametrize("who", ["officer", "priya", "colleague", "officer_elsewhere", "stranger"])
def test_amend_01_nobody_but_staff_is_let_through_after_closing(entry, grant, who, request):
    person, before = request.getfixturevalue(who), everything()

    assert "AMEND-01" in refusals_of(grant, entry, by=person, last_name="Smyth")
    assert everything() == before


@pytest.mark.parametrize("who", ["officer", "colleague", "officer_elsewhere", "stranger"])
def test_withdraw_01_nobody_but_staff_withdraws_after_closing(entry, after, who, request):
    person, before = request.getfixturevalue(who), everything()
    act = {"entry": entry, "version": None, "by": person, "at": after}

    assert "WITHDRAW-01" in refusals_of(withdraw_entry, **act, is_granted=True)
    assert everything() == before


def test_withdraw_01_staff_withdraw_after_closing_only_what_a_centre_asked_for(entry, staff, after):
    act = {"entry": entry, "version": None, "by": staff, "at": after}

    assert refusals_of(withdraw_entry, **act) == ["WITHDRAW-01"]
    assert withdraw_entry(**act, is_granted=True).is_withdrawn


def test_the_mail_of_a_withdrawal_after_closing_offers_no_way_back(entry, staff, officer, after):
    withdraw_entry(entry=entry, version=None, by=staff, at=after, is_granted=True)

    [mail] = OutgoingEmail.objects.filter(key__startswith="step-entry-withdrawn")
    assert mail.to == [officer.email]
    for text in (mail.text, mail.html):
        assert "Registration has closed, so the candidate cannot be entered again." in text
        assert "undo" not in text.lower()


def test_the_mail_of_a_withdrawal_before_closing_says_how_to_undo_it(entry, officer, now):
    withdraw_entry(entry=entry, version=1, by=officer, at=now)

    [mail] = OutgoingEmail.objects.filter(key__startswith="step-entry-withdrawn")
    for text in (mail.text, mail.html):
        assert "Undo withdrawal" in text
        assert "Registration has closed" not in text


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"last_name": ""}, "NAME-01"),
        ({"papers": "step-1"}, "STEP-03"),
        ({"courses": []}, "STEP-04"),
        ({"ucas_id": "9876543210"}, "STEP-06"),
    ],
)
def test_the_rules_of_entries_judge_what_is_granted(entry, grant, session, centre, answers, code):
    StepEntryFactory(session=session, centre=centre, ucas_id="9876543210")
    before = everything()

    assert refusals_of(grant, entry, **answers) == [code]
    assert everything() == before


def test_amend_02_an_entry_that_is_withdrawn_is_not_amended_by_a_request_either(entry, grant, now):
    StepEntry.objects.update(status="withdrawn", withdrawn_at=now)

    assert refusals_of(grant, entry, last_name="Smyth") == ["AMEND-02"]


def test_a_preview_tells_what_would_change_and_changes_nothing(entry, officer, after):
    before = everything()

    preview = preview_amendment(entry=entry, answers={"last_name": "Smyth", "papers": "step-2"}, by=officer, at=after)

    assert everything() == before
    assert preview.changes == {
        "last_name": ["Smith", "Smyth"],
        "plain_last_name": ["Smith", "Smyth"],
        "papers": ["step-2-and-3", "step-2"],
    }
    assert (preview.facts.papers, preview.refusals) == ("step-2", [])


def test_a_preview_tells_what_the_fields_have_against_it_and_not_that_registration_is_closed(entry, officer, after):
    answers = {"last_name": "", "date_of_birth": "31/02/2009", "gender": "x", "papers": "", "courses": []}

    preview = preview_amendment(entry=entry, answers=answers, by=officer, at=after)

    assert [(each.code, each.field) for each in preview.refusals] == [
        ("DOB-01", "date_of_birth"),
        ("NAME-01", "last_name"),
        ("GENDER-01", "gender"),
        ("STEP-03", "papers"),
        ("STEP-04", "courses"),
    ]


def test_a_preview_of_what_stands_already_tells_no_change(entry, officer, after):
    preview = preview_amendment(entry=entry, answers=answers_of_entry(entry), by=officer, at=after)

    assert (preview.changes, preview.refusals) == ({}, [])
