"""Where our time goes: the stages of validating and of Submit, each with the functions that cost most."""

import cProfile
import gc
import pstats
import sysconfig
from dataclasses import dataclass
from functools import partial
from unittest.mock import patch

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.tabular.reading import read_sheet
from technicals.kinds import TECHNICALS_ENTRIES
from uploads.models import Upload, UploadRow
from uploads.services import judge
from uploads.services.reading import keep_rows, lay_out

from .database import empty
from .files import workbook
from .measuring import Act, Way, seconds
from .school import School
from .submitting import Submitting
from .validating import staged

LIBRARY = sysconfig.get_path("stdlib")
MOST = 8
"""How many functions are told of each stage."""


@dataclass(frozen=True)
class Cost:
    """A function, how often it was called, and the share of its stage that was spent in it alone."""

    name: str
    calls: int
    share: float


@dataclass(frozen=True)
class Stage:
    """A part of a job: how long it takes, how long without garbage collection, and what the latter is spent on."""

    name: str
    seconds: float
    without_collection: float
    costs: list[Cost]


def stages(school: School, rows: int) -> list[Stage]:
    """Each stage for a file of so many rows."""
    submitting = Submitting(school, workbook(rows, with_errors=False))
    entering = stage_of("Entering: every row judged under the lock, and written", submitting.ours)
    return [*_of_validating(school, workbook(rows, with_errors=True)), entering]


def stage_of(name: str, make_ready: Way) -> Stage:
    """A stage, timed with garbage collection and without, then profiled."""
    taken = seconds(make_ready())
    gc.disable()  # its pauses fall on whatever function is at work just then
    try:
        without = seconds(make_ready())
        profile, act = cProfile.Profile(), make_ready()
        profile.runcall(act)
    finally:
        gc.enable()
    return Stage(name, taken, without, _costs(pstats.Stats(profile)))


def _of_validating(school: School, content: bytes) -> list[Stage]:
    empty([Upload])
    upload = staged(school, content)
    read = partial(read_sheet, content, upload.file_name)
    ask = partial(judge, upload=upload, kind=TECHNICALS_ENTRIES, at=timezone.now())
    sheet, judgement = read(), ask()

    def open_page() -> None:
        with patch("uploads.services.judge", return_value=judgement):
            school.client.get(reverse("uploads:mend", args=[upload.key]))

    def keeping() -> Act:
        empty([UploadRow])
        return transaction.atomic(partial(keep_rows, lay_out(upload, TECHNICALS_ENTRIES, sheet)))

    return [
        stage_of("Rendering: the first page of errors, of rows that are judged", lambda: open_page),
        stage_of("Reading: looked through and read by the guarded child process", lambda: read),
        stage_of(
            "Reading: headings matched, rows laid out", lambda: partial(lay_out, upload, TECHNICALS_ENTRIES, sheet)
        ),
        stage_of("Staging: rows kept", keeping),
        stage_of("Judging: facts, then every row", lambda: ask),
    ]


def _costs(stats: pstats.Stats) -> list[Cost]:
    own = {key: (calls, alone) for key, (_, calls, alone, _, _) in stats.stats.items()}  # type: ignore[attr-defined] # not in the stubs
    total = sum(alone for _, alone in own.values())
    most = sorted(own, key=lambda key: own[key][1], reverse=True)[:MOST]
    return [Cost(_name(*key), own[key][0], own[key][1] / total) for key in most]


def _name(path: str, line: int, function: str) -> str:
    """A function as it is found again: its file from the root of the project or of the packages, and its name."""
    if path == "~":
        return function
    for root in ("/site-packages/", f"{settings.BASE_DIR}/", f"{LIBRARY}/"):
        if root in path:
            return f"{path.partition(root)[2]} {function}"
    return f"{path} {function}"
