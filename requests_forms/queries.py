"""What pages show of many requests. Reads everything, writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from candidates.rules.searching import folded, joined
from step_entries.enums import Combination
from step_entries.models import StepSession

from .codecs import ASKED_ALL, ASKED_OPEN, RequestsAsked
from .enums import ENDED, OF_TECHNICALS, OPEN, Kind, Status
from .models import Request
from .querysets import RequestQuerySet

SORT_COLUMNS = {
    "reference": ["reference"],
    "kind": ["kind", "-changed_at"],
    "candidate": ["about_last_name", "about_first_name", "invoice__number", "-changed_at"],
    "sent": ["sent_at", "changed_at"],
    "status": ["status", "-changed_at"],
    "changed": ["changed_at", "pk"],
}


def requests_shown(*, centre: Any, user: Any, asked: RequestsAsked) -> QuerySet[Request]:
    """The requests of a centre that are as asked for."""
    shown = _with_status(_own(centre, user), asked.status)
    if asked.kind:
        shown = shown.filter(kind=asked.kind)
    if asked.session:
        shown = shown.filter(entry__session__name=asked.session)
    for word in asked.words:
        shown = shown.filter(_has_word(word))
    columns = SORT_COLUMNS[asked.sort.removeprefix("-")]
    shown = shown.annotate(
        about_last_name=Coalesce("entry__plain_last_name", "candidate__plain_last_name"),
        about_first_name=Coalesce("entry__plain_first_name", "candidate__plain_first_name"),
    )
    return shown.for_list().order_by(*(_turned(columns) if asked.sort.startswith("-") else columns))


def has_requests(*, centre: Any, user: Any) -> bool:
    """Whether a centre ever began a request."""
    return _own(centre, user).exists()


def sessions_asked_about(*, centre: Any, user: Any) -> QuerySet[StepSession]:
    """The sessions in which the centre asked for something, the latest first."""
    return StepSession.objects.filter(pk__in=_own(centre, user).values("entry__session"))


@dataclass(frozen=True)
class OfEntry:
    """What was asked for one entry, counted. drafts: begun and not sent. withdrawals: open requests for withdrawal."""

    open: int
    more_information: int
    drafts: int
    ended: int
    withdrawals: int

    @property
    def in_words(self) -> str:
        """The most pressing of it: "More information needed", "2 open", "1 not sent", "1 ended"."""
        if self.more_information:
            return Status.MORE_INFORMATION.label
        counted = ((self.open, "open"), (self.drafts, "not sent"), (self.ended, "ended"))
        return next(f"{count} {words}" for count, words in counted if count)


def asked_for() -> Subquery:
    """For a query of entries: what was asked for each, as the fields of OfEntry; None where nothing was."""
    counts = {
        "open": Q(status__in=OPEN),
        "more_information": Q(status=Status.MORE_INFORMATION),
        "drafts": Q(status=Status.DRAFT),
        "ended": Q(status__in=ENDED),
        "withdrawals": Q(status__in=OPEN, kind=Kind.WITHDRAWAL),
    }
    counted = JSONObject(**{name: Count("pk", filter=condition) for name, condition in counts.items()})
    of_entry = Request.objects.filter(entry=OuterRef("pk")).order_by().values("entry")
    return Subquery(of_entry.annotate(counts=counted).values("counts"))


@dataclass(frozen=True)
class NotSent:
    """Requests of one kind for entries of one combination of papers, begun and not sent."""

    kind: Kind
    papers: Combination
    count: int


@dataclass(frozen=True)
class Waiting:
    """What waits among the requests of a centre; not_sent is of one session.

    open, more_information: of all kinds. technicals_not_sent: drafts about Cambridge Technicals, of no session.
    technicals_more_information: those of more_information that are about Cambridge Technicals.
    """

    open: int = 0
    more_information: int = 0
    not_sent: Sequence[NotSent] = ()
    technicals_not_sent: int = 0
    technicals_more_information: int = 0


def requests_waiting(*, session: StepSession | None, centre: Any, user: Any) -> Waiting:
    """Open requests counted, and those for entries of a session that were not sent; in one query."""
    waiting = _own(centre, user).filter(status__in=[Status.DRAFT, *OPEN]).order_by()
    groups = waiting.values_list("status", "kind", "entry__papers", "entry__session").annotate(Count("pk"))
    found = list(groups.order_by("kind", "entry__papers"))
    return Waiting(
        open=sum(count for status, *_, count in found if status != Status.DRAFT),
        more_information=sum(count for status, *_, count in found if status == Status.MORE_INFORMATION),
        not_sent=[
            NotSent(Kind(kind), Combination(papers), count)
            for status, kind, papers, of_session, count in found
            if status == Status.DRAFT and session and of_session == session.pk
        ],
        technicals_not_sent=_of_technicals(found, Status.DRAFT),
        technicals_more_information=_of_technicals(found, Status.MORE_INFORMATION),
    )


def _of_technicals(found: Sequence[Sequence[Any]], status: Status) -> int:
    return sum(count for of_status, kind, *_, count in found if of_status == status and kind in OF_TECHNICALS)


def _own(centre: Any, user: Any) -> RequestQuerySet:
    return Request.objects.visible_to(user).filter(centre=centre)


def _with_status(requests: RequestQuerySet, status: str) -> RequestQuerySet:
    if status == ASKED_ALL:
        return requests
    return requests.open() if status == ASKED_OPEN else requests.filter(status=status)


def _has_word(word: str) -> Q:
    """A word somewhere in the reference, the number of entry or invoice, or the name of the candidate or user."""
    of_candidate = ("entry__first_name", "entry__last_name", "candidate__first_name", "candidate__last_name")
    fields = ("reference", "entry__number", "invoice__number", "person__name", *of_candidate)
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    if plain := folded(word):
        for about in ("entry", "candidate"):
            found |= Q(**{f"{about}__plain_first_name__icontains": plain})
            found |= Q(**{f"{about}__plain_last_name__icontains": plain})
            found |= Q(**{f"{about}__person_key__contains": joined(plain)})
    return found


def _turned(columns: Sequence[str]) -> list[str]:
    return [column[1:] if column.startswith("-") else f"-{column}" for column in columns]
