"""UCI, ULN, OCR number and candidate number: their forms and check characters (decision 0018)."""

import re

from core.refusals import Refusal, Refused

from .names import is_hidden, tidy

LETTERS = "ABCDEFGHKLMRTVWXY"
"""The check letters of UCIs, by the remainder."""
UCI_WEIGHTS = tuple(range(16, 4, -1))
ULN_WEIGHTS = tuple(range(10, 1, -1))
VALUES = {char: ord(char) - ord("0") for char in "0123456789"} | {
    char: place for place, char in enumerate("ABCDEFGHIJKLMNOP", 1)
}
"""What a character of a UCI counts. Sources differ on the letters Q to Z, so those are not counted at all."""

UCI = re.compile(r"[0-9]{5}[0-9A-Z][0-9]{6}[A-Z]?")
ULN = re.compile(r"[1-9][0-9]{9}")
OCR_NUMBER = re.compile(r"[0-9]{8}")
CANDIDATE_NUMBER = re.compile(r"[0-9]{1,4}")
SAME_DIGITS = re.compile(r"([0-9])\1+")
COUNTED_UP = "1234567890"
LEAVE_EMPTY = "Leave it empty if the candidate has none."
LONGEST_QUOTED = 20


def read_uci(typed: str) -> str:
    """A UCI from what was typed: 13 characters, the check letter added where it was left off, or "" for nothing.

    Blanks in it are ignored and letters are raised. Raises Refused.
    """
    uci = _compact(typed).upper()
    if not uci:
        return ""
    if refusal := uci_has_its_form(uci, typed) or uci_letter_can_be_added(uci) or uci_letter_is_right(uci):
        raise Refused([refusal])
    return uci if len(uci) == 13 else uci + uci_letter(uci)


def uci_letter(uci: str) -> str:
    """The check letter for the first twelve characters of a UCI; "" where the sixth is one of Q to Z."""
    if uci[5] > "P":
        return ""
    total = sum(VALUES[char] * weight for char, weight in zip(uci, UCI_WEIGHTS, strict=False))
    return LETTERS[total % 17]


def uci_has_its_form(uci: str, typed: str) -> Refusal | None:
    """UCI-01: A UCI has 13 characters: 5 digits, a digit or letter, 6 digits and a letter, which may be left off.

    The last four of the digits, a candidate's number, are not all zeros. The centre that they begin with can be any.
    """
    if UCI.fullmatch(uci) and uci[8:12] != "0000" and (len(uci) == 12 or uci[12] in LETTERS or uci_letter(uci)):
        return None
    return Refusal(
        "UCI-01",
        "UCI must be 12 digits and a letter, for example 689990980001D; the sixth character may be a letter too."
        f"{_entered(typed)} {LEAVE_EMPTY}",
        "uci",
    )


def uci_letter_can_be_added(uci: str) -> Refusal | None:
    """UCI-02: Where the sixth character of a UCI is one of the letters Q to Z, its last letter is typed too."""
    if len(uci) == 13 or uci[5] <= "P":
        return None
    return Refusal(
        "UCI-02", f"Type the UCI {uci} with its last letter: for a UCI with “{uci[5]}” we cannot add it.", "uci"
    )


def uci_letter_is_right(uci: str) -> Refusal | None:
    """UCI-03: The last letter of a UCI belongs to its other characters; that of one with Q to Z is not checked."""
    right = uci_letter(uci)
    if len(uci) == 12 or not right or uci[12] == right:
        return None
    return Refusal(
        "UCI-03",
        f"UCI {uci} has a wrong character: for {uci[:12]} the last letter would be {right}, not {uci[12]}. "
        "Check every digit and the letter.",
        "uci",
    )


def read_uln(typed: str) -> str:
    """A ULN from what was typed: ten digits, or "" for nothing; blanks in it are ignored. Raises Refused."""
    uln = _compact(typed)
    if not uln:
        return ""
    if refusal := uln_is_no_placeholder(uln, typed) or uln_has_its_form(uln, typed) or uln_digit_is_right(uln):
        raise Refused([refusal])
    return uln


def uln_digit(uln: str) -> str:
    """The check digit for the first nine digits of a ULN; "" where no ULN begins with them."""
    rest = sum(int(char) * weight for char, weight in zip(uln, ULN_WEIGHTS, strict=False)) % 11
    return str(10 - rest) if rest else ""


def uln_is_no_placeholder(uln: str, typed: str) -> Refusal | None:
    """ULN-01: Ten nines, other repeated or counted digits, and words such as TBC are no ULN."""
    is_made_up = bool(SAME_DIGITS.fullmatch(uln)) or uln == COUNTED_UP
    if uln and not is_made_up and any(char.isdigit() for char in uln):
        return None
    return Refusal(
        "ULN-01",
        f"Leave ULN empty until the candidate's own ULN is known; a placeholder is not one.{_entered(typed)}",
        "uln",
    )


def uln_has_its_form(uln: str, typed: str) -> Refusal | None:
    """ULN-02: A ULN has ten digits, of which the first is not 0."""
    if ULN.fullmatch(uln):
        return None
    return Refusal("ULN-02", f"ULN must be 10 digits and not begin with 0.{_entered(typed)} {LEAVE_EMPTY}", "uln")


def uln_digit_is_right(uln: str) -> Refusal | None:
    """ULN-03: The last digit of a ULN belongs to its other digits; some beginnings belong to no ULN at all."""
    right = uln_digit(uln)
    if uln[9:] == right:
        return None
    why = f"for {uln[:9]} the last digit would be {right}, not {uln[9:]}" if right else f"no ULN begins with {uln[:9]}"
    return Refusal("ULN-03", f"ULN {uln} has a wrong digit: {why}. Check every digit.", "uln")


def read_ocr_number(typed: str) -> str:
    """An OCR number from what was typed: eight digits, or "" for nothing; blanks in it are ignored. Raises Refused."""
    number = _compact(typed)
    if refusal := ocr_number_has_its_form(number, typed):
        raise Refused([refusal])
    return number


def ocr_number_has_its_form(number: str, typed: str) -> Refusal | None:
    """OCR-01: An OCR number has eight digits, not all zeros; it is empty until OCR has issued one."""
    if not number or (OCR_NUMBER.fullmatch(number) and number.strip("0")):
        return None
    return Refusal(
        "OCR-01",
        f"OCR number must be 8 digits, with its zeros.{_entered(typed)} Leave it empty if OCR has not issued one yet.",
        "ocr_number",
    )


def read_candidate_number(typed: str) -> str:
    """A candidate number from what was typed: four digits, zeros put before it, or "" for nothing. Raises Refused."""
    number = _compact(typed)
    if refusal := candidate_number_has_its_form(number, typed):
        raise Refused([refusal])
    return number and f"{number:0>4}"


def candidate_number_has_its_form(number: str, typed: str) -> Refusal | None:
    """NUMBER-01: A candidate number is one of 0001 to 9999; zeros before it may be left off."""
    if not number or (CANDIDATE_NUMBER.fullmatch(number) and number.strip("0")):
        return None
    return Refusal(
        "NUMBER-01",
        f"Candidate number must be between 0001 and 9999.{_entered(typed)} {LEAVE_EMPTY}",
        "candidate_number",
    )


def _compact(typed: str) -> str:
    """What was typed without blanks, and without invisible characters at its ends."""
    return "".join((typed if typed.isascii() else tidy(typed)).split())


def _entered(typed: str) -> str:
    """What was typed, quoted where it can be read at a glance."""
    text = tidy(typed)
    return "" if len(text) > LONGEST_QUOTED or any(map(is_hidden, text)) else f" You entered “{text}”."
