"""What the address of a list asks: its search, its filters, its order and its page. Plain Python."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

Parameters = Mapping[str, Sequence[str]]
LONGEST_SEARCH = 100
UNSEEN = {"Cc", "Cf"}
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


def first(parameters: Parameters, name: str) -> str:
    """The first of the values that an address has for a name; empty where it has none."""
    return next(iter(parameters.get(name, ())), "")


def among(values: Iterable[str], asked: str) -> str:
    """What is asked for, where it can be; empty for anything else."""
    return asked if asked in values else ""


def search_in(parameters: Parameters) -> str:
    """What was typed to be searched for, with one blank for needless blanks and for characters that nobody can see."""
    typed = first(parameters, "search")
    seen = "".join(" " if unicodedata.category(char) in UNSEEN else char for char in typed[: 2 * LONGEST_SEARCH])
    return " ".join(unicodedata.normalize("NFC", seen).split())[:LONGEST_SEARCH].strip()


def words_of(search: str) -> list[str]:
    """The words of a search, each once."""
    return list(dict.fromkeys(search.split()))


def page_in(parameters: Parameters) -> int:
    """The number of the page asked for; 1 for anything that is none."""
    asked = first(parameters, "page")
    return int(asked) if PAGE_NUMBER.fullmatch(asked) else 1


def column(heading: str, key: str, sort: str) -> dict[str, str]:
    """A column heading, the sort that its link asks for, and how the table is sorted by it now."""
    now = {key: "ascending", f"-{key}": "descending"}.get(sort, "") if key else ""
    return {"heading": heading, "link": f"-{key}" if now == "ascending" else key, "now": now}
