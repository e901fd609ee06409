"""Uploads, from the choice of a file to their confirmation."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from step_entries.kinds import STEP_CANDIDATES
from step_entries.models import StepSession
from tests.browser.pages import press
from tests.browser.states.world import World, state
from tests.factories.step_entries import StepEntryFactory
from tests.factories.uploads import HEADINGS, candidate_row, sheet, upload_of
from uploads.models import Upload
from uploads.services import judge, save_rows, submit_upload

WRONG = [
    {"first_name": "=Ann", "date_of_birth": "3/27/07"},
    {"gender": "", "papers": "STEP 9", "ucas_id": "123"},
    {"date_of_birth": "01/01/1990"},
    {"courses": "Oxbridge"},
]


def uploaded(world: World, rows: list[list[str]], **layout: Any) -> Upload:
    return upload_of(rows, centre=world.centre, by=world.officer, at=timezone.now(), **layout)


def open_page(world: World, page: str, upload: Upload, *arguments: Any, person: str = "officer") -> None:
    world.open(reverse(f"uploads:{page}", args=[upload.key, *arguments]), person=person)


def submitted(world: World, upload: Upload) -> Upload:
    at = timezone.now()
    seen = judge(upload=upload, kind=STEP_CANDIDATES, at=at).fingerprint
    return submit_upload(upload=upload, kind=STEP_CANDIDATES, by=world.officer, at=at, seen=seen)


def ready(count: int) -> list[list[str]]:
    return [candidate_row(number) for number in range(count)]


def to_mend() -> list[list[str]]:
    return [candidate_row(50 + number, **wrong) for number, wrong in enumerate(WRONG)]


@state
def upload_empty(world: World) -> None:
    world.open(reverse("uploads:upload", args=["step"]))


@state
def upload_with_earlier_ones(world: World) -> None:
    submitted(world, uploaded(world, ready(2)))
    uploaded(world, to_mend())
    world.open(reverse("uploads:upload", args=["step"]))


@state
def upload_closed(world: World) -> None:
    world.close_registration()
    world.open(reverse("uploads:upload", args=["step"]))


@state
def upload_without_session(world: World) -> None:
    StepSession.objects.all().delete()
    world.open(reverse("uploads:upload", args=["step"]))


@state
def upload_refused(world: World) -> None:
    world.open(reverse("uploads:upload", args=["step"]))
    world.page.set_input_files("#id_file", {"name": "step.xlsx", "mimeType": "", "buffer": b"MZ" * 100})
    press(world.page, "Upload the spreadsheet")


@state
def upload_of_the_same_file(world: World) -> None:
    uploaded(world, ready(2))
    world.open(reverse("uploads:upload", args=["step"]))
    world.page.set_input_files("#id_file", {"name": "again.csv", "mimeType": "", "buffer": sheet(ready(2))})
    press(world.page, "Upload the spreadsheet")


@state
def upload_headings(world: World) -> None:
    headings = ["Nick name", *HEADINGS[:2], "Born on", "Gender", "Ref", "Surname"]
    rows = [["Annie", "Ann", "Smith", "04/03/2009", "F", "77", "Smith"]]
    open_page(world, "headings", uploaded(world, rows, headings=headings))


@state
def upload_headings_anew(world: World) -> None:
    open_page(world, "headings", uploaded(world, ready(2)))


@state
def upload_headings_of_a_file_without_any(world: World) -> None:
    open_page(world, "headings", uploaded(world, ready(2), headings=candidate_row(2)))


@state
def upload_mend_alike(world: World) -> None:
    open_page(world, "mend", uploaded(world, [candidate_row(number, courses="Oxbridge") for number in range(3)]))


@state
def upload_confirmation_entered_already(world: World) -> None:
    submitted(world, uploaded(world, ready(2)))
    open_page(world, "confirmation", submitted(world, uploaded(world, ready(3))))


@state
def upload_headings_error(world: World) -> None:
    upload_headings(world)
    world.next()


@state
def upload_mend(world: World) -> None:
    rows = [*ready(3), candidate_row(1), *to_mend()]
    upload = uploaded(world, rows)
    save_rows(upload=upload, kind=STEP_CANDIDATES, cells={}, aside={2, 9}, by=world.officer, at=timezone.now())
    open_page(world, "mend", upload)


@state
def upload_mend_many(world: World) -> None:
    rows = [candidate_row(number, ucas_id="1") for number in range(60)]
    open_page(world, "mend", uploaded(world, rows))


@state
def upload_mend_nothing(world: World) -> None:
    world.open(reverse("uploads:mend", args=[uploaded(world, ready(2)).key]) + "?rows=to-mend")


@state
def upload_mend_twins(world: World) -> None:
    open_page(world, "mend", uploaded(world, [candidate_row(1, ucas_id=""), candidate_row(1, ucas_id="")]))


@state
def upload_row(world: World) -> None:
    open_page(world, "row", uploaded(world, to_mend()), 2)


@state
def upload_row_entered_already(world: World) -> None:
    StepEntryFactory(
        session=world.session,
        centre=world.centre,
        candidate__first_name="Ann",
        candidate__last_name="Smitha",
        candidate__date_of_birth="2009-03-04",
        candidate__person_key="annsmitha",
    )
    open_page(world, "row", uploaded(world, ready(2)), 2)


@state
def upload_check(world: World) -> None:
    world.entries(1)
    rows = [*ready(4), candidate_row(9, last_name="Müller-Søby", ucas_id=""), *to_mend()]
    open_page(world, "check", uploaded(world, rows))


@state
def upload_check_entered_already(world: World) -> None:
    submitted(world, uploaded(world, ready(2)))
    open_page(world, "check", uploaded(world, ready(4)))


@state
def upload_check_many(world: World) -> None:
    open_page(world, "check", uploaded(world, ready(250)))


@state
def upload_check_closed(world: World) -> None:
    upload = uploaded(world, ready(2))
    world.close_registration()
    open_page(world, "check", upload)


@state
def upload_check_nothing_ready(world: World) -> None:
    open_page(world, "check", uploaded(world, to_mend()))


@state
def upload_check_changed(world: World) -> None:
    upload = uploaded(world, ready(3))
    open_page(world, "check", upload)
    upload.rows.filter(number=2).update(mended={"first_name": "Zoe"})
    press(world.page, "Submit")


@state
def upload_confirmation(world: World) -> None:
    open_page(world, "confirmation", submitted(world, uploaded(world, ready(3))))


@state
def upload_confirmation_partly(world: World) -> None:
    open_page(world, "confirmation", submitted(world, uploaded(world, [*ready(3), *to_mend()])))


@state
def upload_confirmation_read_only(world: World) -> None:
    world.centre.email_alerts = False
    world.centre.save()
    upload = submitted(world, uploaded(world, [*ready(1), *to_mend()]))
    open_page(world, "confirmation", upload, person="colleague")


@state
def upload_list(world: World) -> None:
    submitted(world, uploaded(world, [*ready(2), *to_mend()]))
    uploaded(world, to_mend(), name="The file of the whole sixth form for June, second version (final).csv")
    world.open(reverse("uploads:list"))


@state
def upload_list_empty(world: World) -> None:
    world.open(reverse("uploads:list"), person="colleague")


@state
def upload_discard(world: World) -> None:
    open_page(world, "discard", uploaded(world, ready(1)))
