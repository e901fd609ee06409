"""UCI, ULN, OCR number and candidate number: what is read from what is typed, and what is refused."""

import pytest

from candidates.rules.identifiers import (
    LETTERS,
    candidate_number_has_its_form,
    ocr_number_has_its_form,
    read_candidate_number,
    read_ocr_number,
    read_uci,
    read_uln,
    uci_has_its_form,
    uci_letter,
    uci_letter_can_be_added,
    uci_letter_is_right,
    uln_digit,
    uln_digit_is_right,
    uln_has_its_form,
    uln_is_no_placeholder,
)
from core.refusals import Refused


def refused(read, typed):
    """The codes and fields of the refusals, and their sentence."""
    with pytest.raises(Refused) as raised:
        read(typed)
    [refusal] = raised.value.refusals
    return refusal.code, refusal.field, refusal.sentence


# --- UCI --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("   ", ""),
        ("689990980001D", "689990980001D"),
        ("681990012058G", "681990012058G"),
        ("689990980001", "689990980001D"),
        ("68199 0 01 2058 G", "681990012058G"),
        ("  689990980001d\u00a0", "689990980001D"),
        ("61234A140001", "61234A140001" + LETTERS[(6*16+1*15+2*14+3*13+4*12+1*11+1*10+4*9+0+0+0+5) % 17]),
        ("61234P140001", "61234P140001" + LETTERS[(6*16+1*15+2*14+3*13+4*12+16*11+1*10+4*9+0+0+0+5) % 17]),
        ("61234Q140001A", "61234Q140001A"),
        ("61234z140001y", "61234Z140001Y"),
    ],
)  # fmt: skip
def test_a_uci_is_read_without_blanks_in_capitals_and_with_its_letter(typed, read):
    assert read_uci(typed) == read


@pytest.mark.parametrize(("uci", "letter"), [("689990980001", "D"), ("681990012058", "G"), ("999990140001", "B")])
def test_the_check_letter_is_that_of_the_vectors(uci, letter):
    assert uci_letter(uci) == letter


def test_every_letter_is_the_check_letter_of_some_uci():
    letters = {uci_letter(f"6123400900{serial:02}") for serial in range(1, 100)}

    assert letters == set(LETTERS)


@pytest.mark.parametrize(
    "typed",
    [
        "68999098000",
        "689990980001DD",
        "68999?980001D",
        "6899909800O1D",
        "689990980000A",
        "6899909800011",
        "TBC",
        "6.8999E+11",
        "６89990980001D",
        "68999\u200b0980001D",
    ],
)
def test_uci_01_something_else_than_a_uci_is_refused(typed):
    code, field, sentence = refused(read_uci, typed)

    assert (code, field) == ("UCI-01", "uci")
    assert sentence.startswith("UCI must be 12 digits and a letter, for example 689990980001D")
    assert sentence.endswith("Leave it empty if the candidate has none.")


def test_uci_01_what_was_typed_is_quoted_where_it_can_be_read():
    assert "You entered “tbc”." in refused(read_uci, "tbc")[2]
    assert "You entered" not in refused(read_uci, "x" * 21)[2]
    assert "You entered" not in refused(read_uci, "a\u200bb")[2]


def test_uci_01_a_uci_of_thirteen_or_twelve_characters_has_its_form():
    assert [uci_has_its_form(uci, uci) for uci in ("689990980001D", "689990980001", "61234Z149999")] == [None] * 3


@pytest.mark.parametrize("char", "QZ")
def test_uci_02_a_letter_that_cannot_be_known_is_not_added(char):
    assert refused(read_uci, f"61234{char}140001") == (
        "UCI-02",
        "uci",
        f"Type the UCI 61234{char}140001 with its last letter: for a UCI with “{char}” we cannot add it.",
    )


def test_uci_02_a_letter_that_is_there_or_can_be_known_is_not_asked_for():
    assert [uci_letter_can_be_added(uci) for uci in ("61234Q140001A", "61234P140001", "689990980001")] == [None] * 3


def test_uci_03_a_wrong_letter_is_told_with_the_right_one():
    assert refused(read_uci, "689990980001X") == (
        "UCI-03",
        "uci",
        "UCI 689990980001X has a wrong character: for 689990980001 the last letter would be D, not X. "
        "Check every digit and the letter.",
    )


def test_uci_03_a_letter_that_ends_no_uci_is_told_with_the_right_one_too():
    code, _, sentence = refused(read_uci, "689990980001I")

    assert (code, "would be D, not I" in sentence) == ("UCI-03", True)


def test_uci_01_a_letter_that_ends_no_uci_is_refused_where_the_right_one_is_not_known():
    assert refused(read_uci, "61234Q140001I")[0] == "UCI-01"


@pytest.mark.parametrize("char", "0123456789ABCDEFGHIJKLMNOP")
def test_uci_03_the_letter_is_checked_up_to_p(char):
    start = f"61234{char}140001"
    wrong = next(letter for letter in LETTERS if letter != uci_letter(start))

    assert refused(read_uci, start + wrong)[0] == "UCI-03"


def test_uci_03_the_letter_is_not_checked_from_q_on_nor_where_it_was_left_off():
    ucis = ("61234Q140001A", "61234Q140001B", "61234Z140001A", "689990980001")

    assert [uci_letter_is_right(uci) for uci in ucis] == [None] * 4


@pytest.mark.parametrize("place", range(12))
def test_uci_03_every_mistyped_digit_is_found(place):
    right = "689990980001D"
    others = [right[:place] + digit + right[place + 1 :] for digit in "0123456789" if digit != right[place]]

    assert {refused(read_uci, uci)[0] for uci in others} - {"UCI-01"} == {"UCI-03"}


# --- ULN --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        (" ", ""),
        ("1234567899", "1234567899"),
        ("1000000051", "1000000051"),
        ("10000 00051", "1000000051"),
        ("\u00a01234567899 ", "1234567899"),
    ],
)
def test_a_uln_is_read_without_blanks(typed, read):
    assert read_uln(typed) == read


@pytest.mark.parametrize(
    ("uln", "digit"), [("123456789", "9"), ("100000005", "1"), ("200000001", ""), ("000000004", "2")]
)
def test_the_check_digit_is_that_of_the_vectors(uln, digit):
    assert uln_digit(uln) == digit


@pytest.mark.parametrize(
    "typed", ["9999999999", "9999 999 999", "0000000000", "1111111111", "99999", "1234567890", "TBC", "n/a", "-"]
)
def test_uln_01_a_placeholder_is_refused(typed):
    assert refused(read_uln, typed) == (
        "ULN-01",
        "uln",
        f"Leave ULN empty until the candidate's own ULN is known; a placeholder is not one. You entered “{typed}”.",
    )


def test_uln_01_a_number_is_no_placeholder():
    assert [uln_is_no_placeholder(uln, uln) for uln in ("1234567899", "1000000051", "12")] == [None] * 3


@pytest.mark.parametrize("typed", ["123456789", "12345678999", "12345678A9", "0000000042", "1.23E+09", "１234567899"])
def test_uln_02_something_else_than_ten_digits_is_refused(typed):
    assert refused(read_uln, typed) == (
        "ULN-02",
        "uln",
        f"ULN must be 10 digits and not begin with 0. You entered “{typed}”. Leave it empty if the candidate has none.",
    )


def test_uln_02_ten_digits_have_its_form():
    assert uln_has_its_form("1234567899", "") is None


def test_uln_03_a_wrong_digit_is_told_with_the_right_one():
    assert refused(read_uln, "1234567891") == (
        "ULN-03",
        "uln",
        "ULN 1234567891 has a wrong digit: for 123456789 the last digit would be 9, not 1. Check every digit.",
    )


@pytest.mark.parametrize("last", "0123456789")
def test_uln_03_nine_digits_that_begin_no_uln_are_told(last):
    assert refused(read_uln, f"200000001{last}") == (
        "ULN-03",
        "uln",
        f"ULN 200000001{last} has a wrong digit: no ULN begins with 200000001. Check every digit.",
    )


def test_uln_03_a_right_digit_is_taken():
    assert [uln_digit_is_right(uln) for uln in ("1234567899", "1000000051")] == [None, None]


# --- OCR number and candidate number ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "read"), [("", ""), ("01234567", "01234567"), (" 1234 5678 ", "12345678")])
def test_an_ocr_number_is_read_without_blanks(typed, read):
    assert read_ocr_number(typed) == read


@pytest.mark.parametrize("typed", ["1234567", "123456789", "1234567A", "00000000", "TBC", "１2345678"])
def test_ocr_01_something_else_than_eight_digits_is_refused(typed):
    assert refused(read_ocr_number, typed) == (
        "OCR-01",
        "ocr_number",
        f"OCR number must be 8 digits, with its zeros. You entered “{typed}”. "
        "Leave it empty if OCR has not issued one yet.",
    )
    assert ocr_number_has_its_form("12345678", "") is None


@pytest.mark.parametrize(
    ("typed", "read"), [("", ""), ("1", "0001"), ("0001", "0001"), (" 42 ", "0042"), ("9999", "9999")]
)
def test_a_candidate_number_is_read_with_its_zeros(typed, read):
    assert read_candidate_number(typed) == read


@pytest.mark.parametrize("typed", ["0", "0000", "10000", "12a", "-1", "1.5", "１"])
def test_number_01_something_else_than_0001_to_9999_is_refused(typed):
    assert refused(read_candidate_number, typed) == (
        "NUMBER-01",
        "candidate_number",
        f"Candidate number must be between 0001 and 9999. You entered “{typed}”. "
        "Leave it empty if the candidate has none.",
    )
    assert candidate_number_has_its_form("1", "") is None
