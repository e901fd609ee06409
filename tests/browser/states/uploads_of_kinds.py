"""Uploads behind the page, and what kinds of rows can ask of their pages."""

from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils import timezone

from step_entries.kinds import STEP_CANDIDATES
from tests.browser.pages import press
from tests.browser.states.uploads import open_page, ready, submitted, to_mend, uploaded
from tests.browser.states.world import World, state
from tests.factories.uploads import candidate_row, sheet
from tests.uploads import fake_kind
from tests.uploads.fake_kind import Told, parcels
from uploads.enums import UploadState
from uploads.models import Upload
from uploads.rules.kinds import UploadKind, register
from uploads.rules.rows import file_has_rows
from uploads.services import receive_upload, save_rows


def of_parcels(world: World, rows: list[tuple[str, str]], **told: Any) -> Upload:
    """An upload of a made-up kind, which asks what STEP never asks."""
    kind, at = known_parcels(**told), timezone.now()
    content = sheet([[*row, ""] for row in rows], headings=fake_kind.HEADINGS)
    [period, *_] = kind.periods(world.centre, at)
    return receive_upload(
        kind=kind,
        period=period,
        centre=world.centre,
        file_name="parcels.csv",
        content=content,
        by=world.officer,
        at=at,
    )


def known_parcels(**told: Any) -> UploadKind:
    kind = parcels(Told(**told))
    register(kind)
    return kind


def in_state(upload: Upload, state: UploadState, **fields: Any) -> Upload:
    Upload.objects.filter(pk=upload.pk).update(state=state, **fields)
    return upload


@state
def upload_with_periods_and_order_number(world: World) -> None:
    known_parcels(periods=("june", "january"))
    world.open(reverse("uploads:upload", args=["parcels"]))


@state
def upload_being_read(world: World) -> None:
    upload = in_state(uploaded(world, ready(2)), UploadState.RECEIVED, progress="Reading the file")
    open_page(world, "progress", upload)


@state
def upload_not_taken(world: World) -> None:
    refusals = [asdict(file_has_rows(0, "candidates", "candidate"))]
    open_page(world, "progress", in_state(uploaded(world, ready(2)), UploadState.NOT_TAKEN, refusals=refusals))


@state
def upload_list_of_all_kinds(world: World) -> None:
    for number, each in enumerate(UploadState.values):
        in_state(uploaded(world, [candidate_row(number)], name=f"{each}.csv"), each)
    world.open(reverse("uploads:list"))


@state
def upload_mend_question(world: World) -> None:
    open_page(world, "mend", of_parcels(world, [("Twin", "Large"), ("Twin", "Large"), ("", "Huge")]))


@state
def upload_mend_all_rows(world: World) -> None:
    upload = submitted(world, uploaded(world, [*ready(3), candidate_row(1), *to_mend()]))
    save_rows(upload=upload, kind=STEP_CANDIDATES, cells={}, aside={9}, by=world.officer, at=timezone.now())
    world.open(reverse("uploads:mend", args=[upload.key]) + "?rows=all")


@state
def upload_row_question(world: World) -> None:
    open_page(world, "row", of_parcels(world, [("Twin", "Large"), ("Twin", "Large")]), 2)


@state
def upload_check_with_fees_to_accept(world: World) -> None:
    open_page(world, "check", of_parcels(world, [("Ann", "Large"), ("Bea", "Small"), ("Cy", "Large")]))


@state
def upload_check_fees_not_accepted(world: World) -> None:
    upload_check_with_fees_to_accept(world)
    press(world.page, "Submit")


@state
def upload_check_waits_for_rows_to_mend(world: World) -> None:
    open_page(world, "check", of_parcels(world, [("Ann", "Large"), ("Bea", "Huge")]))
