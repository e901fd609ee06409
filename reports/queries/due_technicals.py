"""What is due for Cambridge Technicals: deadlines of series, and what of the entries has to be looked at."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse

from core.moments import UK, date_in_words, time_between, uk_date
from core.windows import Window
from technicals.enums import SubmissionStatus, Watched
from technicals.models import Series
from technicals.queries.watching import Watch, last_day_of_year

from ..enums import TechnicalsReport
from .due import Due

UNITS_ARE_DUE = timedelta(days=28)
"""How long before a deadline a registration without a unit entry is told of (a value of the portal's own)."""
PROCESSING_IS_DUE = timedelta(days=7)
LAST_MINUTE = time(23, 59)
WAITS_FOR_OCR = "Waits for OCR"

Closing = tuple[Series, Window]
"""A series that takes entries, and the window that closes next: the one without a late charge, or the one with it."""


def due_of_technicals(watch: Watch, at: datetime) -> list[Due]:
    """What a centre has to do for Cambridge Technicals, what is missing before what is to come; it asks no query."""
    closing = [(series, _closes_next(series, at)) for series in watch.series]
    return [
        *_about_registrations(watch, closing, at),
        *_about_submissions(watch, closing, at),
        *_about_what_was_begun(watch, closing),
        *_about_withdrawals(watch.withdrawing),
        *(_closes(*each, at) for each in closing if watch.is_approved),
    ]


def _closes_next(series: Series, at: datetime) -> Window:
    return series.window if series.window.is_open(at) else series.window_with_late


def _within(closing: list[Closing], wait: timedelta, at: datetime) -> Closing | None:
    """The series that closes next, where it does so within this time."""
    soonest = min(closing, key=lambda each: each[1].ends_at, default=None)
    return soonest if soonest and time_between(at, soonest[1].ends_at) <= wait else None


def _soonest(closing: list[Closing]) -> Window | None:
    return min((window for _, window in closing), key=lambda window: window.ends_at, default=None)


def _closes(series: Series, window: Window, at: datetime) -> Due:
    is_late = not series.window.is_open(at)
    example = " (an example date)" if series.is_sample else ""
    if is_late:
        remedy = "Each is charged as late. After it no unit can be entered for this series."
    elif series.late_until:
        remedy = f"Enter late joiners by then; later entries cost a charge, until {date_in_words(series.late_until)}."
    else:
        remedy = "Enter late joiners by then. After it no unit can be entered for this series."
    return Due(
        what=f"{series}: {'late entries' if is_late else 'entries'} for examined units close{example}.",
        remedy=remedy,
        until=window,
        link=reverse("technicals:home"),
        link_text="Make entries",
    )


def _about_registrations(watch: Watch, closing: list[Closing], at: datetime) -> Iterator[Due]:
    if count := watch.no_registration:
        yield _watched(
            Watched.NO_REGISTRATION,
            f"{_number(count, 'unit entry stands', 'unit entries stand')} without a registration.",
            "Register the candidate again, or withdraw the unit entry.",
        )
    if count := watch.past_completion:
        yield _watched(
            Watched.PAST_COMPLETION,
            f"{_number(count, 'registration is', 'registrations are')} past the estimated completion.",
            "Change the date, or withdraw the registration.",
        )
    if watch.no_units and (soon := _within(closing, UNITS_ARE_DUE, at)):
        series, window = soon
        yield _watched(
            Watched.NO_UNITS,
            f"{_number(watch.no_units, 'registration has', 'registrations have')} no unit entry.",
            f"Enter examined units for {series}, or for a later series.",
            window,
        )
    if count := watch.completing:
        last_day = datetime.combine(last_day_of_year(uk_date(at)), LAST_MINUTE, UK)
        yield _watched(
            Watched.COMPLETING,
            f"{_number(count, 'registration completes', 'registrations complete')} this academic year without a unit "
            "entry.",
            "Enter the units, change the date, or withdraw the registration.",
            Window(at, last_day),
        )


def _watched(reason: Watched, what: str, remedy: str, until: Window | None = None) -> Due:
    link = reverse("reports:technicals-report", args=[TechnicalsReport.WATCH])
    return Due(what=what, remedy=remedy, until=until, link=f"{link}?reason={reason}", link_text="Show the candidates")


def _about_submissions(watch: Watch, closing: list[Closing], at: datetime) -> Iterator[Due]:
    """Of what was submitted and is not entered; what only waits is told when a deadline is near."""
    if count := watch.rejected:
        yield _submissions(
            SubmissionStatus.READ_AND_REJECTED,
            f"{_number(count, 'submission was', 'submissions were')} read and rejected: nothing of it is entered.",
            "Mend the rows and submit them again.",
            _soonest(closing),
        )
    if not (soon := _within(closing, PROCESSING_IS_DUE, at)):
        return
    if count := watch.handled:
        yield _submissions(
            SubmissionStatus.OCR_HANDLING_THIS,
            f"OCR is handling {_number(count, 'submission', 'submissions')}: nothing of it is entered yet.",
            "Read OCR's note. Where you do not hear in time, contact OCR with the submission number.",
            soon[1],
        )
    if count := watch.waiting:
        yield _submissions(
            "",
            f"{_number(count, 'submission is', 'submissions are')} not processed yet.",
            "Look again in some minutes that it is complete: units can be entered once registrations are processed.",
            soon[1],
        )


def _submissions(status: str, what: str, remedy: str, until: Window | None) -> Due:
    link = reverse("technicals:submissions") + (f"?status={status}" if status else "")
    return Due(what=what, remedy=remedy, until=until, link=link, link_text="Show the submissions")


def _about_what_was_begun(watch: Watch, closing: list[Closing]) -> Iterator[Due]:
    """Web forms and files without Submit, and rows that were left out of entered files."""
    begun = [
        (
            watch.web_forms,
            f"{_number(watch.web_forms, 'web form is', 'web forms are')} not submitted.",
            "Nobody on it is entered. Go on and press Submit entries, or cancel it.",
            "Show the web forms",
        ),
        (
            watch.files,
            f"{_number(watch.files, 'entries spreadsheet is', 'entries spreadsheets are')} not submitted.",
            "Nothing in it is entered. Go on and press Submit, or discard it.",
            "Show the spreadsheets",
        ),
        (
            watch.rows_aside,
            f"{_number(watch.rows_aside, 'row', 'rows')} of entries spreadsheets "
            f"{'is' if watch.rows_aside == 1 else 'are'} set aside or not submitted.",
            "Mend and submit what is still needed.",
            "Show the spreadsheets",
        ),
    ]
    for count, what, remedy, link_text in begun:
        if count:
            link = reverse("technicals:home")
            yield Due(what=what, remedy=remedy, until=_soonest(closing), link=link, link_text=link_text)


def _about_withdrawals(count: int) -> Iterator[Due]:
    if count:
        yield Due(
            what=f"The withdrawal of {_number(count, 'registration is', 'registrations are')} pending.",
            remedy="Nothing is entered under it meanwhile. It can be undone until OCR has processed it.",
            link=f"{reverse('reports:technicals-report', args=[TechnicalsReport.WATCH])}?reason={Watched.WITHDRAWING}",
            link_text="Show the candidates",
            waits_for=WAITS_FOR_OCR,
        )


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
