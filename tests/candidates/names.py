"""Names by the thousand, and the rules that judge them."""

from hypothesis import settings
from hypothesis import strategies as st

from candidates.rules.names import (
    name_has_letters_of_names_only,
    name_has_no_hidden_character,
    name_is_short_enough,
    name_starts_with_a_letter,
)

ANY_TEXT = st.text(max_size=60)
LIKE_A_NAME = st.text(alphabet="abcdMmOoDdQß éłﬁǆǅ'’ʼ‘-‐‑.\u0301\u0332\u200b\u00a0\x00=+@1,😀", max_size=45)
TEXTS = st.one_of(ANY_TEXT, LIKE_A_NAME)
RULES = (
    name_is_short_enough,
    name_starts_with_a_letter,
    name_has_no_hidden_character,
    name_has_letters_of_names_only,
)
EVERY_TIME = settings(deadline=None, database=None)


def codes_of(name):
    """The codes of all rules that refuse this name."""
    return [refusal.code for rule in RULES if (refusal := rule("last_name", "Last Name", name))]
