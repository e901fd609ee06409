"""Demo data, with dates relative to today: an open session and a closed one, two centres, four people."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from centres.enums import CentreKind, Role, Subject
from centres.models import Approval, Centre, Membership
from core.moments import UK, date_in_words
from entries_portal.demo import load_technicals
from requests_forms.enums import Kind
from requests_forms.services import raise_request, send_request, take_up
from step_entries.enums import Combination, Paper
from step_entries.models import Course, Institution, SessionNotice, SessionPaper, StepEntry, StepSession
from step_entries.services import run_due_confirmations, save_step, start_entry, submit_entry

PASSWORD = "step-by-step-demo"  # noqa: S105 (printed at the start; demo users cannot sign in to production)
PEOPLE = [
    # e-mail address, name, what for
    ("officer@demo.example", "Olivia Marsh", "exams officer of Northgate School (internal centre 61111)"),
    ("reader@demo.example", "Rahul Dean", "read-only member of Northgate School"),
    ("open@demo.example", "Gwen Parry", "exams officer of Cardiff Test Centre (open centre 68222)"),
    ("staff@demo.example", "Sam Taylor", "the STEP team, in the administration"),
]
COURSES = [
    # institution, its UCAS code, special consideration, courses (name, UCAS code, usually needs both papers)
    ("University of Cambridge", "C05", True, [("Mathematics", "G100", True), ("Computer Science", "G400", False)]),
    ("University of Warwick", "W20", True, [("Mathematics BSc", "G100", False), ("MORSE", "", False)]),
    ("Imperial College London", "I50", True, [("Mathematics", "G100", False), ("Mathematics MSci", "G103", False)]),
    ("University College London", "U80", False, [("Mathematics", "G100", False)]),
    ("University of Bath", "B16", False, [("Mathematics", "", False)]),
    ("Durham University", "D86", False, [("Mathematics", "G100", False)]),
    ("Lancaster University", "L14", False, [("Mathematics", "", False)]),
]
CANDIDATES = [
    # first name, last name, date of birth, gender, UCAS ID, papers, days ago
    ("Amara", "Okafor", "14/02/2009", "female", "1234567890", Combination.BOTH, 3),
    ("Zoë", "Müller-Søby", "03/11/2008", "female", "", Combination.BOTH, 2),
    ("Liam", "O'Connor", "27/06/2009", "male", "2345678901", Combination.STEP_2, 1),
]


def people_in_words() -> str:
    """The demo sign-ins, one a line."""
    lines = [f"  {email:22} {PASSWORD}   {what}" for email, _, what in PEOPLE]
    return "\n".join(lines)


class Command(BaseCommand):
    help = "Load demo data into an empty database. Refused where demo users may not sign in."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_USERS_MAY_SIGN_IN:
            raise CommandError("Demo data is not for production settings. Use entries_portal.settings.development.")
        if User.objects.exists():
            self.stdout.write("load_demo: the database has users already; nothing was changed.")
            return
        now = timezone.now()
        people = {email: _user(email, name) for email, name, _ in PEOPLE}
        school, _ = _centres(people, now)
        courses = _courses()
        _session(now - timedelta(days=365), courses)
        session = _session(now, courses)
        SessionNotice.objects.create(
            session=session,
            text="This is a demonstration with example dates. No mail leaves this machine.",
            since=now - timedelta(days=1),
        )
        _entries(session, school, people["officer@demo.example"], courses, now)
        _request(session, people, now)
        load_technicals(school, people["staff@demo.example"], now)
        self.stdout.write(f"load_demo: loaded for {date_in_words(now.date())}.")


def _user(email: str, name: str) -> User:
    is_staff = email.startswith("staff")
    return User.objects.create_user(email, PASSWORD, name=name, is_staff=is_staff, is_demo=True)


def _centres(people: dict[str, User], now: datetime) -> list[Centre]:
    centres = []
    for number, name, kind, members in (
        (
            "61111",
            "Northgate School",
            CentreKind.INTERNAL,
            [("officer", Role.EXAMS_OFFICER), ("reader", Role.READ_ONLY)],
        ),
        ("68222", "Cardiff Test Centre", CentreKind.OPEN, [("open", Role.EXAMS_OFFICER)]),
    ):
        officer = people[f"{members[0][0]}@demo.example"]
        centre = Centre.objects.create(number=number, name=name, kind=kind, exams_officer=officer)
        Approval.objects.create(
            centre=centre,
            subject=Subject.STEP,
            since=now.date() - timedelta(days=700),
            until=now.date() + timedelta(days=3 * 365),
        )
        for person, role in members:
            Membership.objects.create(user=people[f"{person}@demo.example"], centre=centre, role=role)
        centres.append(centre)
    return centres


def _courses() -> list[Course]:
    courses = []
    for name, code, is_told, of_institution in COURSES:
        institution = Institution.objects.create(name=name, ucas_code=code, receives_special_consideration=is_told)
        courses += [
            Course(institution=institution, name=course, ucas_code=ucas_code, usually_needs_both_papers=both)
            for course, ucas_code, both in of_institution
        ]
    return Course.objects.bulk_create(courses)


def _session(now: datetime, courses: list[Course]) -> StepSession:
    def day(offset: int, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(now.astimezone(UK).date() + timedelta(days=offset), time(hour, minute), UK)

    def paper_day(offset: int) -> datetime:
        weekday = day(offset, 9).isoweekday()
        return day(offset + (8 - weekday if weekday > 5 else 0), 9)

    session = StepSession.objects.create(
        name=f"{day(90, 9):%B %Y}",
        opens_at=day(-30, 0),
        modified_papers_until=day(20, 23, 59),
        closes_at=day(34, 23, 59),
        results_at=day(150, 9),
        enquiries_until=day(157, 17),
    )
    SessionPaper.objects.create(session=session, paper=Paper.STEP_2, code="9470", starts_at=paper_day(84))
    SessionPaper.objects.create(session=session, paper=Paper.STEP_3, code="9475", starts_at=paper_day(90))
    session.courses.set(courses)
    return session


ARRANGEMENTS = {
    "a_extra-time-25": True,
    "p_extra-time-25": "all",
    "a_word-processor": True,
    "evidence_type": "form-8",
    "is_held": True,
    "is_told": True,
}
"""What is asked for in the demo: answers by field name."""


def _request(session: StepSession, people: dict[str, User], now: datetime) -> None:
    officer, staff = people["officer@demo.example"], people["staff@demo.example"]
    entry = StepEntry.objects.filter(session=session).earliest("created_at")
    kind, asked_at = Kind.ACCESS_ARRANGEMENT, now - timedelta(days=1)
    begun = raise_request(kind=kind, centre=entry.centre, entry=entry, answers=ARRANGEMENTS, by=officer, at=asked_at)
    sent = send_request(request=begun, seen=None, by=officer, at=asked_at)
    take_up(request=sent, version=sent.version, by=staff, at=now - timedelta(hours=3))


def _entries(session: StepSession, centre: Centre, officer: User, courses: list[Course], now: datetime) -> None:
    for first, last, born, gender, ucas_id, papers, days in CANDIDATES:
        at = now - timedelta(days=days)
        details = {"first_name": first, "last_name": last, "auto_capitalise": True, "date_of_birth": born}
        draft = start_entry(session=session, centre=centre, by=officer, at=at)
        for step, answers in (
            ("candidate", details | {"gender": gender, "ucas_id": ucas_id}),
            ("papers", {"papers": papers}),
            ("courses", {"courses": [str(course.pk) for course in courses[:2]]}),
        ):
            draft = save_step(draft=draft, step=step, answers=answers, at=at)
        submit_entry(draft=draft, by=officer, at=at)
    run_due_confirmations(by=None, at=now - timedelta(days=1, hours=12))
    begun = start_entry(session=session, centre=centre, by=officer, at=now)
    save_step(
        draft=begun,
        step="candidate",
        answers={"first_name": "Priya", "last_name": "Shah", "auto_capitalise": True},
        at=now,
    )
