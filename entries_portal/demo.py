"""Cambridge Technicals in the demo: the shipped catalogue, example prices, dates and routes, one school's entries."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps

from accounts.models import User
from candidates.models import Candidate
from candidates.services.grouping import add_members, create_group
from centres.models import Centre
from core.moments import uk_date
from core.tabular.writing import FORMS
from requests_forms.enums import CorrectionReason, Kind
from requests_forms.services import raise_request, send_request
from technicals.codecs.template import COLUMNS, row_of
from technicals.enums import EntryOption, Level, Suite, WithdrawalReason
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.management.commands.load_catalogue import shipped_files
from technicals.models import Approval, EntryDraft, Qualification, Registration, Series
from technicals.services.catalogue import load_catalogue
from technicals.services.drafts import add_candidates, apply_option, start_draft
from technicals.services.forming import judge_draft, submit_draft
from technicals.services.invoicing import preview_invoices, run_invoices
from technicals.services.series import add_next_academic_year
from technicals.services.withdrawing import withdraw_registration
from uploads.services import enter_queued, judge, receive_upload, submit_upload

APPROVED_FOR = [
    ("Business", Level.LEVEL_3, Suite.OF_2016),
    ("IT", Level.LEVEL_3, Suite.OF_2016),
    ("Engineering", Level.LEVEL_3, Suite.OF_2016),
    ("IT", Level.LEVEL_3, Suite.OF_2012),
]
ENDED = ("Health and Social Care", Level.LEVEL_3, Suite.OF_2016)
LEAST_OPEN = timedelta(days=30)
SAMPLE_ROUTES = "sample_routes.csv"
CERTIFICATE, EXTENDED, TOP_UP, MOVING_DOWN, IT_OF_2012 = "05834", "05835", "99991", "99994", "05347"
CLASS = [
    # first name, last name, date of birth, gender, scheme code, units
    ("Amelia", "Hughes", "12/09/2009", "Female", CERTIFICATE, "1 2"),
    ("Ben", "Carter", "30/11/2009", "Male", CERTIFICATE, "1"),
    ("Chloe", "Nwosu", "05/02/2010", "Female", CERTIFICATE, ""),
    ("Dylan", "Price", "21/06/2010", "Male", EXTENDED, "1 2 3"),
    ("Esme", "Kaya", "17/03/2010", "Female", EXTENDED, ""),
    ("Finn", "O'Neill", "08/01/2010", "Male", EXTENDED, "1"),
    ("Grace", "Zhang", "25/10/2009", "Female", IT_OF_2012, ""),
    ("Harvey", "Lindqvist", "14/04/2010", "Other / not stated", "05838", ""),
]
GROUPS = {
    "Business, year 12": ["Hughes", "Carter", "Nwosu", "Price", "Kaya", "O'Neill"],
    "IT, year 12": ["Zhang", "Lindqvist", "Kaya"],
}
LEFT, WRONGLY_BORN, RIGHT_BIRTHDAY = "Lindqvist", "Zhang", "25/11/2009"
ACCOUNTS = {"accounts_contact": "Northgate finance office", "accounts_email": "finance@demo.example"}


def load_technicals(school: Centre, staff: User, now: datetime) -> None:
    """Load the catalogue with examples of prices and routes, two academic years, and what the school has done so far.

    It has entered a class from a spreadsheet, for which it has an invoice; then topped up one candidate, moved one
    down, and begun a web form. It has asked for one withdrawal, and for one date of birth to be corrected.
    """
    files = shipped_files(with_sample_prices=True)
    contents = {name: path.read_bytes() for name, path in files.items()}
    load_catalogue(contents=contents, by=None, at=now, dry_run=False)
    routes = Path(apps.get_app_config("technicals").path) / "data" / SAMPLE_ROUTES
    load_catalogue(contents={"qualifications": routes.read_bytes()}, by=None, at=now, dry_run=False)
    for _ in range(2):
        add_next_academic_year(by=None, at=now)
    series = _open_the_next_series(now)
    _approvals(school, now)
    Centre.objects.filter(pk=school.pk).update(**ACCOUNTS)
    _enter_a_class(school, series, now)
    _group(school, now)
    _invoice(staff, now)
    _change_sizes(school, series, now)
    _begin_a_form(school, series, now)
    _ask_to_withdraw(school, now)
    _ask_to_correct(school, now)


def _open_the_next_series(now: datetime) -> Series:
    """A demo takes unit entries on any day of the year: the next series without a late charge has opened already."""
    today = uk_date(now)
    series: Series = Series.objects.of_exams().filter(entry_deadline__gte=today)[0]
    if series.opens_on > today - LEAST_OPEN:
        series.opens_on = today - LEAST_OPEN
        series.save(update_fields=["opens_on"])
    return series


def _approvals(school: Centre, now: datetime) -> None:
    today = uk_date(now)
    days = {"since": today - timedelta(days=700), "until": today + timedelta(days=3 * 365)}
    ended = {"since": today - timedelta(days=700), "until": today - timedelta(days=60)}
    Approval.objects.bulk_create(
        Approval(centre=school, subject=subject, level=level, suite=suite, **of)
        for (subject, level, suite), of in [*((family, days) for family in APPROVED_FOR), (ENDED, ended)]
    )


def _enter_a_class(school: Centre, series: Series, now: datetime) -> None:
    """Upload a spreadsheet with registrations and units, submit it and have it processed."""
    kind, officer = TECHNICALS_ENTRIES, school.exams_officer
    period = next(each for each in kind.periods(school, now) if each.key == str(series.pk))
    rows = [row for person in CLASS for row in _rows_of(*person)]
    write, _ = FORMS["csv"]
    upload = receive_upload(
        kind=kind,
        period=period,
        centre=school,
        file_name="business-and-it.csv",
        content=write("Entries", [heading for _, heading, _ in COLUMNS], rows),
        by=officer,
        at=now,
        order_number="PO 4471",
    )
    judgement = judge(upload=upload, kind=kind, at=now)
    submit_upload(upload=upload, kind=kind, by=officer, at=now, seen=judgement.fingerprint)
    enter_queued(upload_pk=upload.pk, at=now)


def _rows_of(first: str, last: str, born: str, gender: str, code: str, units: str) -> list[list[str]]:
    """A row for the registration, and another for the units where there are any."""
    who = {"first_name": first, "last_name": last, "date_of_birth": born, "gender": gender, "scheme_code": code}
    named = {f"unit_{place}": number for place, number in enumerate(units.split(), start=1)}
    return [row_of(who), *([row_of(who | named)] if units else [])]


def _group(school: Centre, now: datetime) -> None:
    for name, members in GROUPS.items():
        group = create_group(centre=school, name=name, by=school.exams_officer, at=now)
        add_members(group=group, candidates=_candidates(school, members), by=school.exams_officer, at=now)


def _invoice(staff: User, now: datetime) -> None:
    """Invoice what was charged so far; what is charged later is not invoiced yet."""
    until = uk_date(now)
    run_invoices(until=until, seen=preview_invoices(until=until).fingerprint, by=staff, at=now)


def _ask_to_withdraw(school: Centre, now: datetime) -> None:
    """A candidate has left: the registration's withdrawal waits for the board."""
    registration = Registration.objects.get(centre=school, candidate__last_name=LEFT)
    withdraw_registration(
        registration=registration, reason=WithdrawalReason.LEFT, note="", by=school.exams_officer, at=now
    )


def _ask_to_correct(school: Centre, now: datetime) -> None:
    """A date of birth was typed wrongly: the board is asked for another, and the proof will follow."""
    [candidate] = _candidates(school, [WRONGLY_BORN])
    answers = {
        "first_name": candidate.first_name,
        "middle_names": candidate.middle_names,
        "last_name": candidate.last_name,
        "date_of_birth": RIGHT_BIRTHDAY,
        "reason": CorrectionReason.TYPING,
        "will_follow": True,
    }
    begun = raise_request(
        kind=Kind.CANDIDATE_CORRECTION,
        centre=school,
        candidate=candidate,
        answers=answers,
        by=school.exams_officer,
        at=now,
    )
    send_request(request=begun, seen=None, by=school.exams_officer, at=now)


def _change_sizes(school: Centre, series: Series, now: datetime) -> None:
    """Top up one candidate and move one down, by a web form each."""
    for code, last_name, is_declared in ((TOP_UP, "Nwosu", False), (MOVING_DOWN, "Kaya", True)):
        draft = _form(school, code, series, [last_name], now)
        _apply(draft, [last_name], now, option=EntryOption.FULL, is_declared=is_declared)
        submit_draft(
            key=draft.key,
            centre=school,
            seen=judge_draft(draft, now).fingerprint,
            accepted="",
            order_number="PO 4502",
            by=school.exams_officer,
            at=now,
        )


def _begin_a_form(school: Centre, series: Series, now: datetime) -> None:
    """A form that waits: one candidate has units, the other no option yet."""
    draft = _form(school, CERTIFICATE, series, ["Nwosu", "Carter"], now)
    _apply(draft, ["Carter"], now, option=EntryOption.UNITS, units=[2])


def _form(school: Centre, code: str, series: Series, last_names: Sequence[str], now: datetime) -> EntryDraft:
    qualification = Qualification.objects.get(code=code)
    draft = start_draft(centre=school, qualification=qualification, series=series, by=school.exams_officer, at=now)
    add_candidates(draft=draft, candidates=_candidates(school, last_names), at=now)
    return draft


def _apply(draft: EntryDraft, last_names: Sequence[str], now: datetime, **option: Any) -> None:
    lines = draft.entries.filter(candidate__last_name__in=last_names).values_list("pk", flat=True)
    apply_option(draft=draft, entries=list(lines), at=now, **option)


def _candidates(school: Centre, last_names: Sequence[str]) -> list[Candidate]:
    return list(Candidate.objects.filter(centre=school, last_name__in=last_names))
