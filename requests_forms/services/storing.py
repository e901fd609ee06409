"""Files of evidence after they are kept: scanned again, deleted, and none left behind (decision 0016)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction

from core.history import record
from core.scanning import Verdict, scan
from outbox.services import raise_alert

from ..enums import ScanState
from ..models import Evidence, evidence_storage

LEFT_BEHIND = timedelta(days=1)
"""After this time a stored file without a row was left behind by something that failed."""


def delete_files(evidence: Iterable[Evidence]) -> int:
    """Delete rows of evidence, and after the commit those of their files that no other row has; how many rows.

    A file that the storage does not delete then is left to `delete_files_left_behind`.
    """
    rows = list(evidence)
    names = {str(row.file.name) for row in rows}
    Evidence.objects.filter(pk__in=[row.pk for row in rows]).delete()
    transaction.on_commit(lambda: _delete_unused(names), robust=True)
    return len(rows)


def _delete_unused(names: Iterable[str]) -> None:
    names = set(names)
    used = set(Evidence.objects.filter(file__in=names).values_list("file", flat=True))
    for name in names - used:
        evidence_storage().delete(name)


def delete_files_left_behind(*, at: datetime) -> int:
    """Delete stored files that are a day old and that no row names, or only one whose file was to go; how many."""
    storage = evidence_storage()
    old = [name for name in _stored(storage, "") if storage.get_modified_time(name) < at - LEFT_BEHIND]
    used = set(Evidence.objects.exclude(scan_state=ScanState.INFECTED).values_list("file", flat=True))
    orphans = [name for name in old if name not in used]
    for name in orphans:
        storage.delete(name)
    return len(orphans)


def _stored(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in files)
    for name in folders:
        yield from _stored(storage, prefix + name)


def scan_held_evidence(*, at: datetime) -> int:
    """Ask the scanner again about the files that are held; how many can be opened now.

    One in which a virus is found is deleted; its row says so, and staff are told.
    """
    released = 0
    for name in list(Evidence.objects.held().order_by().values_list("file", flat=True).distinct()):
        verdict = _verdict_on(name)
        if verdict is Verdict.HELD:
            continue
        released += _settle(name, verdict, at)
    return released


def _verdict_on(name: str) -> Verdict:
    """What the scanner says; of a file that was deleted for its virus, while a copy of its row was made, the same."""
    try:
        with evidence_storage().open(name) as file:
            return scan(file.read())
    except FileNotFoundError:
        was_infected = Evidence.objects.filter(file=name, scan_state=ScanState.INFECTED).exists()
        return Verdict.INFECTED if was_infected else Verdict.HELD


@transaction.atomic
def _settle(name: str, verdict: Verdict, at: datetime) -> int:
    rows = list(Evidence.objects.held().select_for_update().filter(file=name).select_related("request"))
    is_clean = verdict is Verdict.CLEAN
    Evidence.objects.filter(pk__in=[row.pk for row in rows]).update(
        scan_state=ScanState.CLEAN if is_clean else ScanState.INFECTED
    )
    requests: list[Any] = [row.request for row in rows]
    record(by=None, at=at, action="evidence.released" if is_clean else "evidence.infected", subjects=requests)
    if is_clean:
        return len(rows)
    for request in requests:
        raise_alert(
            key=f"evidence-infected:{request.reference}:{name}",
            sentence=f"A virus was found in evidence of the request {request.reference}. The file was deleted: ask the "
            "centre for another one.",
            at=at,
        )
    transaction.on_commit(lambda: evidence_storage().delete(name), robust=True)
    return 0
