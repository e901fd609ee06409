"""How the words of a search are compared with names."""

import pytest

from candidates.rules.searching import folded, has_words


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("Müller", "muller"),
        ("MÜLLER", "muller"),
        ("O\u2019Brien", "obrien"),
        ("Mary-Ann", "mary ann"),
        ("St.", "st"),
        ("Søby", "soby"),
        ("u\u0308", "u"),
        ("S00001", ""),
        ("a*b", ""),
        ("%", ""),
        ("_", ""),
        ("\\", ""),
        ("李", ""),
        ("-", ""),
    ],
)
def test_a_word_is_folded_as_names_are_and_not_where_no_name_could_have_it(word, plain):
    assert folded(word) == plain


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["zoe"], True),
        (["MÜLLER", "zoë"], True),
        (["muller-soby"], True),
        (["soby", "ann"], False),
        (["%"], False),
        (["*"], False),
    ],
)
def test_a_draft_is_found_by_all_its_words(words, found):
    assert has_words("Zoë Müller-Søby", words) is found
