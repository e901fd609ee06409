"""How the words of a search are compared with names: without accents, capitals and blanks."""

import unicodedata
from collections.abc import Iterable

from . import names

IN_NAMES = f"{names.APOSTROPHES}{names.HYPHENS}."


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
