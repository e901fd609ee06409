"""Cambridge Technicals: what is looked up, a spreadsheet on its way, and what became of those submitted."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from technicals.enums import SeriesKind, SubmissionStatus
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import Approval, Submission
from tests.browser.pages import press
from tests.browser.states.world import World, state
from tests.browser.technicals_world import OF_PEOPLE, Planted, planted, rows, set_up, with_sample_prices
from tests.factories.candidates import GroupFactory
from tests.factories.technicals import exam_series, today
from tests.factories.technicals_files import answers, upload_of
from uploads.models import Upload
from uploads.services import enter_queued, judge, preview_of, submit_upload

MANY = 2_000


def page_of(world: World, name: str, *arguments: Any, person: str = "officer", query: str = "") -> None:
    world.open(reverse(f"technicals:{name}", args=arguments) + query, person=person)


def uploaded(world: World, rows_: list[dict[str, str]], name: str = "entries.csv", order: str = "PO 17") -> Upload:
    return upload_of(rows_, centre=world.centre, by=world.officer, at=timezone.now(), name=name, order=order)


def open_upload(world: World, page: str, upload: Upload, *arguments: Any, query: str = "") -> None:
    world.open(reverse(f"uploads:{page}", args=[upload.key, *arguments]) + query)


def queued(world: World, upload: Upload) -> Submission:
    """The submission of an upload that is submitted and waits for the worker."""
    at = timezone.now()
    judgement = judge(upload=upload, kind=TECHNICALS_ENTRIES, at=at)
    preview = preview_of(TECHNICALS_ENTRIES, judgement)
    submit_upload(
        upload=upload,
        kind=TECHNICALS_ENTRIES,
        by=world.officer,
        at=at,
        seen=judgement.fingerprint,
        accepted=preview.accept_as if preview else "",
    )
    return Submission.objects.filter(upload=upload).latest("pk")


def entered(world: World, upload: Upload) -> Submission:
    submission = queued(world, upload)
    enter_queued(upload_pk=upload.pk, at=timezone.now())
    submission.refresh_from_db()
    return submission


def put_at(submission: Submission, status: SubmissionStatus, **fields: Any) -> Submission:
    """The submission at this status, however it came there."""
    for name, value in {"status": status, **fields}.items():
        setattr(submission, name, value)
    submission.save()
    return submission


def few(**changes: Any) -> Planted:
    return planted(40, **changes)


@state
def technicals_home(world: World) -> None:
    set_up(world.centre, is_late=True)
    exam_series(SeriesKind.JUNE, is_sample=True)
    uploaded(world, few().rows, name="The file of the whole sixth form for January, second version (final).csv")
    page_of(world, "home")


@state
def technicals_home_not_approved(world: World) -> None:
    page_of(world, "home")


@state
def technicals_entry_codes(world: World) -> None:
    set_up(world.centre)
    page_of(world, "entry-codes", query="?search=Business")


@state
def technicals_fees(world: World) -> None:
    with_sample_prices()
    page_of(world, "fees")


@state
def technicals_key_dates(world: World) -> None:
    set_up(world.centre)
    exam_series(SeriesKind.JUNE, is_sample=True, opens_on=today() + timedelta(days=90))
    page_of(world, "key-dates")


@state
def technicals_entry_rules(world: World) -> None:
    page_of(world, "entry-rules")


@state
def technicals_upload(world: World) -> None:
    set_up(world.centre)
    exam_series(SeriesKind.JUNE)
    uploaded(world, few().rows)
    world.open(reverse("uploads:upload", args=["technicals"]))
    world.page.get_by_label("Order number or reference").fill("=PO 17")
    press(world.page, "Submit entries spreadsheet")


@state
def technicals_mend_two_thousand_rows(world: World) -> None:
    set_up(world.centre)
    open_upload(world, "mend", uploaded(world, planted(MANY).rows))


@state
def technicals_row_with_a_question(world: World) -> None:
    set_up(world.centre)
    file = few(of_people=OF_PEOPLE[:1], known=1)
    (asked,) = file.asked
    open_upload(world, "row", uploaded(world, file.rows), asked - 2)


@state
def technicals_check_late(world: World) -> None:
    set_up(world.centre, is_late=True)
    with_notices = answers(99, scheme_code="5835", date_of_birth="04/03/1950")
    open_upload(world, "check", uploaded(world, [*rows(40), with_notices]))
    press(world.page, "Submit")


@state
def technicals_history(world: World) -> None:
    set_up(world.centre)
    GroupFactory(centre=world.centre, name="Year 12 Business")
    first = entered(world, uploaded(world, rows(8), name="The file of the whole sixth form for January (final).csv"))
    for place, status in enumerate(SubmissionStatus.values[:-1]):
        waiting = queued(world, uploaded(world, [answers(100 + place)], name=f"file {place}.csv", order=""))
        put_at(waiting, SubmissionStatus(status), duplicate_of=first if status == "duplicate-file" else None)
    page_of(world, "submissions")


@state
def technicals_history_empty(world: World) -> None:
    page_of(world, "submissions", person="colleague")


@state
def technicals_history_nothing_found(world: World) -> None:
    set_up(world.centre)
    entered(world, uploaded(world, rows(4)))
    page_of(world, "submissions", query="?search=Nobody&status=duplicate-file")


@state
def technicals_submission(world: World) -> None:
    set_up(world.centre, is_late=True)
    with_sample_prices()
    submission = entered(world, uploaded(world, rows(150)))
    page_of(world, "submission", submission.number)


@state
def technicals_submission_waiting(world: World) -> None:
    set_up(world.centre)
    queued(world, uploaded(world, rows(4)))
    second = queued(world, uploaded(world, [answers(100)], name="second.csv"))
    page_of(world, "submission", second.number)


@state
def technicals_submission_rejected(world: World) -> None:
    set_up(world.centre)
    upload = uploaded(world, rows(8))
    submission = queued(world, upload)
    Approval.objects.update(until=today() - timedelta(days=1))
    enter_queued(upload_pk=upload.pk, at=timezone.now())
    page_of(world, "submission", submission.number)


@state
def technicals_submission_duplicate(world: World) -> None:
    set_up(world.centre)
    first = entered(world, uploaded(world, rows(4)))
    second = uploaded(world, [answers(100)], name="again.csv")
    put_at(queued(world, second), SubmissionStatus.DUPLICATE_FILE, duplicate_of=first)
    page_of(world, "submission", Submission.objects.latest("pk").number)
