"""From the address of the entry codes to what it asks. Plain Python."""

from dataclasses import dataclass

from core.addresses import Parameters, among, first, search_in, words_of

from ..enums import Level, Suite

ALL, APPROVED = "all", "approved"


@dataclass(frozen=True)
class CodesAsked:
    """What a person asks of the entry codes; as it stands here, every code is shown."""

    search: str = ""
    shown: str = ALL
    subject: str = ""
    level: str = ""
    suite: str = ""

    @property
    def words(self) -> list[str]:
        """The words of the search, folded, each once; a row has to have all of them."""
        return words_of(self.search.casefold())

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but every code is asked for."""
        return self != CodesAsked()


def read_codes_asked(parameters: Parameters) -> CodesAsked:
    """What an address asks of the entry codes; the first of several values counts, and nonsense is left out."""
    return CodesAsked(
        search=search_in(parameters),
        shown=among((ALL, APPROVED), first(parameters, "shown")) or ALL,
        subject=first(parameters, "subject")[:60],
        level=among([str(level) for level in Level.values], first(parameters, "level")),
        suite=among(Suite.values, first(parameters, "suite")),
    )
