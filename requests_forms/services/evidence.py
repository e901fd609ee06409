"""Files of evidence: checking, keeping, opening, deleting (decision 0016)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max, Sum

from core.evidence.checking import CheckedFile, check_evidence
from core.history import record
from core.refusals import Refusal, Refused, raise_if_any
from core.rules.evidence import centre_has_room, evidence_has_no_virus, of_file, request_has_few_files
from core.scanning import Verdict, scan

from ..enums import Act, ScanState
from ..models import Evidence, Message, Request
from .locking import lock_request, refuse_unless_it_can_be
from .storing import delete_files


@dataclass(frozen=True)
class ReceivedFile:
    """A file that was checked, and whether it was looked through for viruses."""

    checked: CheckedFile
    is_held: bool


def receive_files(uploads: Iterable[Any]) -> list[ReceivedFile]:
    """What was uploaded, checked by content and for viruses; outside any transaction, because it takes seconds.

    Raises Refused with the reasons of all files, each named.
    """
    uploads = list(uploads)
    raise_if_any(filter(None, [request_has_few_files(len(uploads))]))
    received: list[ReceivedFile] = []
    refusals: list[Refusal] = []
    for upload in uploads:
        try:
            received.append(_received(upload))
        except Refused as refused:
            refusals += refused.refusals
    raise_if_any(refusals)
    return received


def _received(upload: Any) -> ReceivedFile:
    checked = check_evidence(upload.read(), upload.name or "", upload.size)
    verdict = scan(checked.content)
    if refusal := evidence_has_no_virus(verdict is Verdict.INFECTED):
        raise Refused([of_file(checked.name, refusal)])
    return ReceivedFile(checked, verdict is Verdict.HELD)


def keep_files(
    *, request: Request, files: Iterable[ReceivedFile], by: Any, at: datetime, message: Message | None = None
) -> list[Evidence]:
    """Store files with a locked request, inside the caller's transaction; five with a request, five with an answer.

    The same content is kept once. Raises Refused where there are too many, or the centre's room is used up.
    """
    known = set(request.evidence.filter(message=message).values_list("sha256", flat=True))
    files = [
        file for file in {file.checked.sha256: file for file in files}.values() if file.checked.sha256 not in known
    ]
    refusals: list[Refusal | None] = [
        request_has_few_files(len(files) + request.evidence.filter(message=message).count()),
        centre_has_room(_bytes_used(request), sum(len(file.checked.content) for file in files)),
    ]
    raise_if_any(filter(None, refusals))
    return [_keep(request, file, message, by, at) for file in files]


def _bytes_used(request: Request) -> int:
    """What the centre's evidence takes up in the session; files that candidates of an event share count once."""
    session = request.entry.session_id if request.entry else None
    of_centre = Evidence.objects.filter(request__centre=request.centre, request__entry__session=session)
    sizes = of_centre.order_by().values("file").annotate(bytes=Max("size"))
    return sizes.aggregate(total=Sum("bytes"))["total"] or 0


def _keep(request: Request, file: ReceivedFile, message: Message | None, by: Any, at: datetime) -> Evidence:
    kept = Evidence(
        request=request,
        message=message,
        name=file.checked.name,
        content_type=file.checked.content_type,
        size=len(file.checked.content),
        sha256=file.checked.sha256,
        scan_state=ScanState.HELD if file.is_held else ScanState.CLEAN,
        added_by=by,
        added_at=at,
    )
    kept.file.save(file.checked.name, ContentFile(file.checked.content), save=False)
    kept.save()
    record(by=by, at=at, action="evidence.added", subjects=[request], note=f"Evidence {kept.pk}")
    return kept


@transaction.atomic
def add_evidence(*, request: Request, files: Iterable[ReceivedFile], by: Any, at: datetime) -> list[Evidence]:
    """Add files to a draft. Raises Refused where it was sent meanwhile, or the files are too many."""
    request = lock_request(request)
    refuse_unless_it_can_be(request, Act.SAVE, by=by, at=at)
    return keep_files(request=request, files=files, by=by, at=at)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: Any, at: datetime) -> None:
    """Take a file off a draft. Raises Refused where it was sent meanwhile."""
    request = lock_request(evidence.request)
    refuse_unless_it_can_be(request, Act.SAVE, by=by, at=at)
    record(by=by, at=at, action="evidence.removed", subjects=[request], note=f"Evidence {evidence.pk}")
    delete_files(request.evidence.filter(pk=evidence.pk))


def open_evidence(*, evidence: Evidence, by: Any, at: datetime) -> Any:
    """The file for reading; that this person opened it goes into the history first. Raises FileNotFoundError."""
    record(by=by, at=at, action="evidence.opened", subjects=[evidence.request], note=f"Evidence {evidence.pk}")
    return evidence.file.open("rb")
