"""Texts as people send them. Plain Python."""

NOT_STORABLE = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def storable(text: str) -> str:
    """The text with a visible mark for each NUL and each half of a surrogate, which no database can hold.

    The rules of names and texts refuse the mark.
    """
    return text.translate(NOT_STORABLE)
