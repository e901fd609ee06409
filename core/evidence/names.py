"""What a file of evidence is called on pages. A name is shown and offered at download, and is never part of a path."""

import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME = 100
LONGEST_SUFFIX = 10
NAMELESS = "file"


def shown_name(file_name: str) -> str:
    """The last part of a path of any system, without characters that cannot be seen, at most 100 characters long.

    A name that is too long loses the end of its stem and keeps its suffix.
    """
    last = file_name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(char for char in unicodedata.normalize("NFC", last) if _is_seen(char))
    name = " ".join(seen.split()) or NAMELESS
    if len(name) <= LONGEST_NAME:
        return name
    end = len(suffix_of(name)) if len(suffix_of(name)) <= LONGEST_SUFFIX else 0
    return name[: LONGEST_NAME - end] + name[len(name) - end :]


def suffix_of(name: str) -> str:
    """The end of a name in lower case with its dot, such as ".pdf"; "" where it has none."""
    return PurePosixPath(name).suffix.lower()


def _is_seen(char: str) -> bool:
    """Neither a control character nor one that turns the direction of reading, nor half of a pair."""
    return unicodedata.category(char)[0] != "C"
