"""Who decides what: the STEP team, or for Cambridge Technicals OCR (decision 0019)."""

from ..enums import OF_TECHNICALS

STEP_TEAM, OCR = "the STEP team", "OCR"


def team_of(kind: str) -> str:
    """Who looks at requests of a kind and decides them, as within a sentence."""
    return OCR if kind in OF_TECHNICALS else STEP_TEAM


def at_the_beginning(team: str) -> str:
    """The same as the first words of a sentence."""
    return team[0].upper() + team[1:]
