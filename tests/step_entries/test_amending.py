"""Amending an entry: what is written, told and mailed, and what is left alone."""

from datetime import date, timedelta

import pytest
import time_machine

from centres.enums import Role
from core.models import HistoryEntry
from core.refusals import Refused
from outbox.enums import EmailStatus
from outbox.models import OutgoingEmail
from step_entries.enums import Combination, EntryStatus
from step_entries.models import StepEntry
from step_entries.rules import amending
from step_entries.services import (
    amend_entry,
    answers_of_entry,
    compare_versions,
    confirm_entries,
    hold_entries,
    submit_entry,
)
from step_entries.services import amending as amending_service
from step_entries.steps import STEPS
from tests.factories.step_entries import CourseFactory, DraftFactory, StepEntryFactory

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=7)


@pytest.fixture
def amend(officer, now):
    """Amend a step with some answers changed and the others as they stand."""

    def act(entry, step="candidate", *, by=officer, at=now + LATER, version=None, **changes):
        answers = {name: value for name, value in answers_of_entry(entry).items() if name in fields_of(step)}
        version = entry.version if version is None else version
        return amend_entry(entry=entry, step=step, answers=answers | changes, version=version, by=by, at=at)

    return act


def fields_of(step):
    return next(each.fields for each in STEPS if each.slug == step)


def refusals_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return [refusal.code for refusal in refused.value.refusals]


def confirmed(entry, now):
    confirm_entries(entries=StepEntry.objects.filter(pk=entry.pk), by=None, at=now)
    entry.refresh_from_db()
    return entry


def last_change():
    return HistoryEntry.objects.filter(action="step-entry.amended").first()


def mails_of_amendments():
    return list(OutgoingEmail.objects.filter(key__startswith="step-entry-amended").order_by("pk"))


def everything():
    rows = StepEntry.objects.order_by("pk").values(), HistoryEntry.objects.values(), OutgoingEmail.objects.values()
    return [list(each) for each in rows]


def test_an_amendment_writes_the_entry_the_history_and_a_mail(entry, amend, officer, now):
    amended = amend(entry, last_name="smyth", ucas_id="")

    entry.refresh_from_db()
    assert amended == entry
    assert (entry.name, entry.plain_last_name, entry.person_key, entry.ucas_id) == (
        "Ann Smyth",
        "Smyth",
        "annsmyth",
        "",
    )
    assert (entry.version, entry.modified_at, entry.created_at) == (2, now + LATER, now)
    assert (last_change().by, last_change().at) == (officer, now + LATER)
    assert last_change().changes == {
        "last_name": ["Smith", "Smyth"],
        "plain_last_name": ["Smith", "Smyth"],
        "ucas_id": ["1234567890", ""],
    }
    [mail] = mails_of_amendments()
    assert (mail.key, mail.to, mail.cc) == (f"step-entry-amended:{entry.number}:2", [officer.email], [])
    assert mail.subject == f"Entries Portal: STEP entry {entry.number} is changed"


@pytest.mark.parametrize(
    ("step", "answers"),
    [
        ("candidate", {}),
        ("candidate", {"ucas_id": " 123-456-7890 ", "date_of_birth": "4 March 2009"}),
        ("papers", {}),
        ("courses", {}),
        ("courses", {"other_course": "  "}),
    ],
)
def test_where_nothing_differs_nothing_is_written(entry, amend, step, answers):
    before = everything()

    amended = amend(entry, step, **answers)

    assert amended.version == 1
    assert everything() == before


def test_the_same_amendment_sent_twice_is_one(entry, amend):
    amend(entry, last_name="Smyth")

    again = amend(entry, version=1, last_name="Smyth")

    assert again.version == 2
    assert HistoryEntry.objects.filter(action="step-entry.amended").count() == len(mails_of_amendments()) == 1


def test_papers_are_amended(entry, amend):
    amend(entry, "papers", papers="step-3")

    assert StepEntry.objects.get().papers == Combination.STEP_3
    assert last_change().changes == {"papers": ["step-2-and-3", "step-3"]}


def test_courses_are_amended_and_told_by_name(entry, amend, session):
    first, second = session.courses.all()

    amend(entry, "courses", courses=[str(second.pk)], has_other_course=True, other_course="Bath")

    amended = StepEntry.objects.get()
    assert list(amended.courses.all()) == [second]
    assert (amended.has_other_course, amended.other_course) == (True, "Bath")
    assert last_change().changes == {
        "courses": [[str(first)], [str(second)]],
        "has_other_course": [False, True],
        "other_course": ["", "Bath"],
    }


def test_a_course_that_the_session_offers_no_more_stays_on_its_entry(entry, amend, session):
    gone = entry.courses.get()
    session.courses.remove(gone)

    amend(entry, "courses", courses=[str(gone.pk)], has_other_course=True)

    assert list(StepEntry.objects.get().courses.all()) == [gone]


def test_a_course_that_is_not_offered_is_not_taken(entry, amend):
    assert refusals_of(amend, entry, "courses", courses=[str(CourseFactory().pk)]) == ["STEP-04"]


@pytest.mark.parametrize(
    ("step", "answers"),
    [
        ("candidate", {"first_name": "Anna"}),
        ("candidate", {"last_name": "Smyth"}),
        ("candidate", {"plain_last_name": "Smithe"}),
        ("candidate", {"date_of_birth": "05/03/2009"}),
        ("candidate", {"gender": "other"}),
        ("candidate", {"ucas_id": ""}),
        ("papers", {"papers": "step-2"}),
    ],
)
def test_a_confirmed_entry_is_to_be_confirmed_anew_where_its_details_change(entry, amend, now, step, answers):
    confirmed(entry, now)

    amended = amend(entry, step, **answers)

    amended.refresh_from_db()
    assert (amended.status, amended.confirmed_at) == (EntryStatus.NOT_YET_CONFIRMED, None)
    assert (amended.unconfirmed_since, amended.version) == (now + LATER, 3)
    assert last_change().changes["status"] == ["confirmed", "not-yet-confirmed"]
    assert "shows as NOT YET CONFIRMED again" in mails_of_amendments()[0].text


def test_a_confirmed_entry_stays_so_where_its_courses_or_its_candidates_school_change(entry, amend, now):
    confirmed(entry, now)

    amend(entry, "courses", has_other_course=True)
    entry.refresh_from_db()
    amended = amend(entry, own_school="Hillside School")

    amended.refresh_from_db()
    assert (amended.status, amended.confirmed_at, amended.modified_at) == ("confirmed", now, now + LATER)
    assert amended.own_school == "Hillside School"
    assert not any("NOT YET CONFIRMED" in mail.text for mail in mails_of_amendments())


def test_an_entry_that_waits_for_confirmation_goes_on_waiting_and_a_held_one_stays_held(entry, amend, now):
    hold_entries(entries=[entry], reason="Two entries", by=None, at=now)

    amended = amend(entry, first_name="Anna")

    assert (amended.unconfirmed_since, amended.held_reason) == (now, "Two entries")


def test_a_stale_version_is_refused_and_nothing_is_written_over(entry, amend, priya):
    amend(entry, by=priya, last_name="Smyth")
    before = everything()

    with pytest.raises(Refused) as refused:
        amend(entry, version=1, last_name="Smithe")

    [refusal] = refused.value.refusals
    assert refusal.code == "AMEND-04"
    assert refusal.sentence.startswith("Priya Shah changed this entry at ")
    assert everything() == before


def test_twin_without_the_version_a_colleagues_change_is_written_over_silently(entry, amend, priya, monkeypatch):
    monkeypatch.setattr(amending, "amended_entry_is_as_seen", lambda facts: None)
    amend(entry, by=priya, last_name="Smyth")

    amend(entry, version=1, last_name="Smithe")

    assert StepEntry.objects.get().last_name == "Smithe"


@pytest.mark.long
def test_of_two_people_with_one_version_one_alone_writes(entry, amend, priya, staff, officer, is_long):
    """The form of an officer against a colleague's, or against staff: no change is lost unseen."""
    names, steps = ["Smith", "Smyth", "Smithe"], ["candidate", "papers", "courses"]
    answers = {
        "candidate": [{"last_name": name} for name in names],
        "papers": [{"papers": papers} for papers in Combination.values],
        "courses": [{"has_other_course": has_other} for has_other in (True, False)],
    }
    lost = refused = 0
    for pair in range(500 if is_long else 40):
        entry.refresh_from_db()
        seen = entry.version
        theirs, mine = steps[pair % 3], steps[pair // 3 % 3]
        first = amend(entry, theirs, by=(priya, staff)[pair % 2], **answers[theirs][pair % len(answers[theirs])])
        before = everything()
        try:
            second = amend(entry, mine, version=seen, **answers[mine][(pair + 1) % len(answers[mine])])
        except Refused:
            refused += 1
            assert everything() == before
        else:
            lost += second.version > first.version > seen

    assert lost == 0
    assert refused > 15


def test_an_entry_that_was_confirmed_meanwhile_is_another_version(entry, amend, now):
    confirmed(entry, now)

    with pytest.raises(Refused) as refused:
        amend(entry, version=1, last_name="Smyth")

    assert refused.value.refusals[0].sentence.startswith("The portal confirmed this entry at ")


def test_who_sent_it_from_another_window_is_told_you(entry, amend):
    amend(entry, last_name="Smyth")

    with pytest.raises(Refused) as refused:
        amend(entry, version=1, last_name="Smithe")

    assert refused.value.refusals[0].sentence.startswith("You changed this entry at ")


def test_one_of_the_staff_is_not_named_to_a_centre(entry, amend, staff):
    amend(entry, by=staff, last_name="Smyth")

    with pytest.raises(Refused) as refused:
        amend(entry, version=1, last_name="Smithe")

    assert refused.value.refusals[0].sentence.startswith("The STEP team changed this entry at ")


@pytest.mark.parametrize("change", [{"role": Role.READ_ONLY}, {"ended": True}])
def test_who_lost_the_right_is_refused_at_the_moment_of_the_act(entry, amend, priya, now, change):
    priya.memberships.update(role=change.get("role", Role.EXAMS_OFFICER), ended_at=now if change.get("ended") else None)
    before = everything()

    assert refusals_of(amend, entry, by=priya, last_name="Smyth") == ["AMEND-03"]
    assert everything() == before


def test_an_officer_of_another_centre_is_refused(entry, amend, officer_elsewhere):
    assert refusals_of(amend, entry, by=officer_elsewhere, last_name="Smyth") == ["AMEND-03"]


@pytest.mark.long
def test_an_amendment_counts_by_its_arrival_to_the_end_of_the_closing_minute(entry, amend, session, is_long):
    """Arrivals from two seconds before the closing instant to two after it, all worked on five seconds after it."""
    ends_at = session.window.ends_at
    half = 500 if is_long else 25
    outcomes = []
    with time_machine.travel(ends_at + timedelta(seconds=5)):
        for number in range(-half, half):
            entry.refresh_from_db()
            at = ends_at + number * timedelta(seconds=2) / half
            try:
                amend(entry, at=at, last_name=("Smyth", "Smith")[number % 2])
                outcomes.append("taken")
            except Refused as refused:
                outcomes.append(refused.refusals[0].code)

    assert outcomes == ["taken"] * half + ["AMEND-01"] * half


def test_what_is_wrong_in_the_step_is_said_at_once_and_nothing_is_written(entry, amend):
    before = everything()

    codes = refusals_of(amend, entry, last_name="", date_of_birth="31/02/2009", gender="x", ucas_id="12")

    assert codes == ["DOB-01", "UCAS-01", "NAME-01", "GENDER-01"]
    assert everything() == before


def test_what_another_step_would_have_to_mend_is_no_reason(entry, amend, session):
    session.papers.all().delete()

    amended = amend(entry, last_name="Smyth")

    assert amended.version == 2
    assert refusals_of(amend, amended, "papers", papers="step-2") == ["STEP-03"]


def test_an_unusual_age_is_asked_about_only_where_the_date_changes(entry, amend):
    StepEntry.objects.update(date_of_birth=date(1990, 1, 1))
    entry.refresh_from_db()

    assert amend(entry, last_name="Smyth").version == 2
    entry.refresh_from_db()
    assert refusals_of(amend, entry, date_of_birth="02/01/1990") == ["DOB-04"]
    assert amend(entry, date_of_birth="02/01/1990", age_is_right="1990-01-02").date_of_birth == date(1990, 1, 2)


@pytest.fixture
def namesake(session, centre, entry, officer, now):
    """Another Ann Smith of the same date of birth, declared a different person from the first."""
    candidate = {"ucas_id": "", "is_different_person": f"{entry.number} annsmith"}
    return submit_entry(draft=DraftFactory(session=session, centre=centre, candidate=candidate), by=officer, at=now)


@pytest.mark.parametrize("which", ["entry", "namesake"])
def test_a_declared_difference_stays_while_name_and_date_of_birth_do(entry, namesake, amend, which):
    amending_one = {"entry": entry, "namesake": namesake}[which]
    was = amending_one.is_different_person

    amended = amend(amending_one, gender="other", last_name="SMITH")

    assert amended.version == 2
    assert amended.is_different_person == was


def test_an_entry_amended_into_a_namesake_is_asked_about_it(entry, session, centre, amend):
    other = StepEntryFactory(session=session, centre=centre, candidate__last_name="Smyth")
    other.courses.add(session.courses.first())

    assert refusals_of(amend, other, last_name="Smith") == ["STEP-05"]
    declared = amend(other, last_name="Smith", is_different_person=f"{entry.number} annsmith")
    assert declared.is_different_person
    assert not amend(declared, last_name="Smyth").is_different_person


def test_a_ucas_id_of_another_entry_is_refused_and_its_own_is_not(entry, session, centre, amend):
    other = StepEntryFactory(session=session, centre=centre, ucas_id="9876543210")

    assert refusals_of(amend, entry, ucas_id="987 654 3210") == ["STEP-06"]
    assert amend(other, gender="other").version == 2


def test_a_colleague_who_wins_the_race_to_a_constraint_is_named_by_the_rules(
    entry, session, centre, amend, monkeypatch
):
    other = StepEntryFactory(session=session, centre=centre, ucas_id="9876543210")
    real, calls = amending_service.refusals_to_amend, []

    def blind_at_first(*facts):
        calls.append(facts)
        return real(*facts) if len(calls) > 1 else []

    monkeypatch.setattr(amending_service, "refusals_to_amend", blind_at_first)

    with pytest.raises(Refused) as refused:
        amend(entry, ucas_id=other.ucas_id)

    assert [(refusal.code, refusal.about) for refusal in refused.value.refusals] == [("STEP-06", other.number)]


def test_the_candidates_own_record_and_other_entries_are_left_alone(entry, amend, session, centre):
    beside = StepEntryFactory(session=session, centre=centre)
    before = StepEntry.objects.filter(pk=beside.pk).values().get()

    amend(entry, last_name="Smyth", date_of_birth="05/03/2009", ucas_id="")

    entry.candidate.refresh_from_db()
    candidate = entry.candidate
    assert (candidate.last_name, candidate.date_of_birth, candidate.ucas_id) == (
        "Smith",
        date(2009, 3, 4),
        "1234567890",
    )
    assert StepEntry.objects.filter(pk=beside.pk).values().get() == before


def test_after_a_correction_the_name_is_free_for_somebody_else(entry, amend, session, centre, officer, now):
    amend(entry, last_name="Smyth")
    draft = DraftFactory(session=session, centre=centre, candidate={"ucas_id": ""})

    other = submit_entry(draft=draft, by=officer, at=now + LATER)

    assert (other.name, other.is_different_person) == ("Ann Smith", False)
    assert other.candidate != entry.candidate


def test_the_mail_names_what_changed_and_never_the_year_of_birth(entry, amend, priya, officer, settings):
    amend(entry, by=priya, last_name="Müller", date_of_birth="04/03/2008")

    [mail] = mails_of_amendments()
    assert (mail.to, mail.cc) == ([priya.email], [officer.email])
    for text in (mail.text, mail.html):
        assert "Last Name, Plain form of the last name, Date of birth." in text
        assert "Müller" in text
        assert "4 March" in text
        assert "2008" not in text
    assert "Müller" not in mail.subject


def test_the_mail_is_withheld_where_alerts_are_off(entry, amend, centre):
    centre.email_alerts = False
    centre.save()

    amend(entry, last_name="Smyth")

    assert mails_of_amendments()[0].status == EmailStatus.WITHHELD


def test_what_staff_change_is_mailed_to_the_exams_officer(entry, amend, staff, officer):
    amend(entry, by=staff, last_name="Smyth")

    [mail] = mails_of_amendments()
    assert (mail.to, mail.cc) == ([officer.email], [])


def test_two_versions_stand_side_by_side(entry, amend, now):
    amend(entry, last_name="Smyth", ucas_id="")
    entry.refresh_from_db()
    typed = answers_of_entry(entry) | {"first_name": "anna", "date_of_birth": "31/02/2009", "last_name": "Smith"}

    rows = compare_versions(entry=entry, step="candidate", answers=typed, at=now)

    assert [(row.label, row.theirs, row.yours, row.differs) for row in rows] == [
        ("First Name", "Ann", "Anna", True),
        ("Last Name", "Smyth", "Smith", True),
        ("Date of birth", "4 March 2009", "31/02/2009", True),
        ("Gender", "Female", "Female", False),
    ]
