"""From the address of the list of requests to what it asks, and back into words. Plain Python."""

from dataclasses import dataclass

from core.addresses import Parameters, among, first, page_in, search_in, words_of

from .enums import Kind, Status

SORTS = ("reference", "kind", "candidate", "sent", "status", "changed")
DEFAULT_SORT = "-changed"
ASKED_OPEN, ASKED_ALL = "open", "all"
SHOWN = {ASKED_OPEN: "Open", ASKED_ALL: "All"} | {status.value: status.label for status in Status}
"""Which requests a list shows, by where they stand; open ones were sent and wait for an end."""


@dataclass(frozen=True)
class RequestsAsked:
    """What a person asks of the list of requests; as it stands here, all open ones are shown.

    session: the name of a session; empty for all sessions.
    """

    search: str = ""
    kind: str = ""
    status: str = ASKED_OPEN
    session: str = ""
    sort: str = DEFAULT_SORT
    page: int = 1

    @property
    def words(self) -> list[str]:
        """The words of the search, each once; a request has to have all of them."""
        return words_of(self.search)

    @property
    def in_words(self) -> str:
        """Search and filters, for example "“smith”, Withdrawal, Open"; empty where all requests are asked for."""
        search = f"“{self.search}”" if self.search else ""
        kind = Kind(self.kind).label if self.kind else ""
        session = f"STEP {self.session}" if self.session else ""
        status = "" if self.status == ASKED_ALL else SHOWN[self.status]
        return ", ".join(part for part in (search, kind, status, session) if part)


def read_requests_asked(parameters: Parameters) -> RequestsAsked:
    """What an address asks of the list; the first of several values counts, and nonsense is left out."""
    sort = first(parameters, "sort")
    return RequestsAsked(
        search=search_in(parameters),
        kind=among(Kind.values, first(parameters, "kind")),
        status=among(SHOWN, first(parameters, "status")) or ASKED_OPEN,
        session=_session_in(parameters),
        sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
        page=page_in(parameters),
    )


def _session_in(parameters: Parameters) -> str:
    """The name of a session; nothing where it has characters that no name and no database holds."""
    asked = first(parameters, "session")
    return asked if asked.isprintable() else ""
