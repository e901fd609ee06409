"""From an address to what it asks of a list, and back into words. Plain Python."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from candidates.rules import names
from step_entries.enums import Combination

from .enums import ReportRows, Shown, UcasIds

SORTS = ("number", "candidate", "papers", "created", "modified", "status")
DEFAULT_SORT = "-created"
PAGE_SIZES = ("25", "50", "100")
REPORT_PAGE_SIZES = ("100", "500", "1000")
LONGEST_SEARCH = 100
IN_NAMES = f"{names.APOSTROPHES}{names.HYPHENS}."
UNSEEN = {"Cc", "Cf"}
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True)
class Asked:
    """What a person asks of a list of entries; as it stands here, all current ones are shown."""

    search: str = ""
    status: str = Shown.CURRENT
    papers: str = ""
    ucas_id: str = UcasIds.ALL
    sort: str = DEFAULT_SORT
    size: int = 25
    page: int = 1

    @property
    def words(self) -> list[str]:
        """The words of the search, each once; an entry has to have all of them."""
        return list(dict.fromkeys(self.search.split()))

    @property
    def is_withdrawn(self) -> bool:
        """Whether withdrawn entries are asked for, which stand in no list of current ones."""
        return self.status == Shown.WITHDRAWN

    @property
    def filters_in_words(self) -> str:
        """What is chosen beside the search, for example "CONFIRMED, STEP 2, without a UCAS ID"; empty for nothing."""
        return ", ".join(
            [
                *([] if self.status == Shown.CURRENT else [Shown(self.status).label]),
                *([Combination(self.papers).label] if self.papers else []),
                *(["without a UCAS ID"] if self.ucas_id == UcasIds.MISSING else []),
            ]
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but all current entries is asked for."""
        return bool(self.search or self.filters_in_words)

    @property
    def in_words(self) -> str:
        """Search and filters, for example "“ann smith”, CONFIRMED"."""
        return ", ".join(part for part in (f"“{self.search}”" if self.search else "", self.filters_in_words) if part)

    @property
    def nothing_found(self) -> str:
        """What to say, and how to go on, where no entry is as asked for."""
        if not self.search:
            return f"No entry of your centre is as asked for: {self.filters_in_words}."
        asked_for = f"“{self.search}”" if len(self.words) == 1 else f"all words of “{self.search}”"
        only = (
            f" Only entries with these filters were searched: {self.filters_in_words}." if self.filters_in_words else ""
        )
        return (
            f"No candidates have {asked_for} in their first name, last name or entry number.{only} "
            "Type the beginning, or another part, of a first name, last name or entry number."
        )


def read_asked(parameters: Mapping[str, Sequence[str]]) -> Asked:
    """What an address asks of the list of entries; the first of several values counts, and nonsense is left out."""
    sort = _first(parameters, "sort")
    return Asked(
        search=_search(_first(parameters, "search")),
        status=_among(Shown.values, _first(parameters, "status")) or Shown.CURRENT,
        papers=_among(Combination.values, _first(parameters, "papers")),
        ucas_id=_among(UcasIds.values, _first(parameters, "ucas_id")) or UcasIds.ALL,
        sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
        size=int(_among(PAGE_SIZES, _first(parameters, "size")) or PAGE_SIZES[0]),
        page=_page(parameters),
    )


@dataclass(frozen=True)
class ReportAsked:
    """What a person asks of the report."""

    rows: str = ReportRows.INSTITUTIONS
    size: int = 100
    page: int = 1


def read_report_asked(parameters: Mapping[str, Sequence[str]]) -> ReportAsked:
    """What an address asks of the report, read like `read_asked`."""
    return ReportAsked(
        rows=_among(ReportRows.values, _first(parameters, "rows")) or ReportRows.INSTITUTIONS,
        size=int(_among(REPORT_PAGE_SIZES, _first(parameters, "size")) or REPORT_PAGE_SIZES[0]),
        page=_page(parameters),
    )


def folded(word: str) -> str:
    """A word as plain names have it, in lower case; "" for one that cannot be part of a name."""
    is_of_a_name = all(
        char.isalpha() or unicodedata.combining(char) or char in IN_NAMES for char in unicodedata.normalize("NFD", word)
    )
    return names.plain_form_or_empty(word).lower() if is_of_a_name else ""


def joined(folded_word: str) -> str:
    """A folded word without its blanks, as it stands in person keys."""
    return folded_word.replace(" ", "")


def has_words(name: str, words: Iterable[str]) -> bool:
    """Whether every word is somewhere in a name, whatever its accents, capitals and blanks."""
    key = joined(folded(joined(name)))
    keys = {word: joined(folded(word)) for word in words}
    return all(word.lower() in name.lower() or (keys[word] and keys[word] in key) for word in keys)


def _first(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(parameters.get(name, ())), "")


def _among(values: Iterable[str], asked: str) -> str:
    return asked if asked in values else ""


def _search(typed: str) -> str:
    """What was typed, with one blank for needless blanks and for characters that nobody can see."""
    seen = "".join(" " if unicodedata.category(char) in UNSEEN else char for char in typed[: 2 * LONGEST_SEARCH])
    return " ".join(unicodedata.normalize("NFC", seen).split())[:LONGEST_SEARCH].strip()


def _page(parameters: Mapping[str, Sequence[str]]) -> int:
    asked = _first(parameters, "page")
    return int(asked) if PAGE_NUMBER.fullmatch(asked) else 1
