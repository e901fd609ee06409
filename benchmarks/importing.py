"""Validating beside the dry run of django-import-export: the same file, the same rules, the same verdicts."""

from django.utils import timezone

from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import Submission
from uploads.models import Upload
from uploads.services import judge

from .database import empty
from .files import errors_in, workbook
from .import_export_peer import FAST, USUAL, Way, dry_run
from .measuring import Bound, Figure, in_seconds, seconds, tell
from .school import School
from .validating import staged

AGAINST_PEER = Bound(limit=30, aim=50, is_floor=True)


def figures(school: School, rows: int, ours: float) -> list[Figure]:
    """The lines of the table about django-import-export, each way once. ours: what the portal took, in seconds."""
    content = workbook(rows, with_errors=True)
    expected = _refused_by_portal(school, content)
    if len(expected) != errors_in(rows):
        raise AssertionError(f"The portal refuses {len(expected)} rows.")
    usual, fast = (_time_of(school, content, way, expected) for way in (USUAL, FAST))
    return [
        Figure(
            "the same against the dry run of django-import-export, as usual",
            in_seconds(ours),
            in_seconds(usual),
            usual / ours,
            AGAINST_PEER,
        ),
        Figure("the same against its dry run with its fast settings", in_seconds(ours), in_seconds(fast), fast / ours),
    ]


def _refused_by_portal(school: School, content: bytes) -> dict[int, list[str]]:
    empty([Upload, Submission])
    judgement = judge(upload=staged(school, content), kind=TECHNICALS_ENTRIES, at=timezone.now())
    empty([Upload])
    return {row.row.number: sorted({r.sentence for r in row.verdict.refusals}) for row in judgement.to_mend}


def _time_of(school: School, content: bytes, way: Way, expected: dict[int, list[str]]) -> float:
    refused: dict[int, list[str]] = {}
    taken = seconds(lambda: refused.update(dry_run(school, content, way)))
    tell(f"django-import-export, {way.name}: {taken:.2f}")
    if {number: sorted(set(sentences)) for number, sentences in refused.items()} != expected:
        raise AssertionError("django-import-export and the portal refuse different rows.")
    return taken
