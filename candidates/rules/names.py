"""Names: what may be in them, how they are capitalised, and their plain form (guide 4.2, decision 0004)."""

import re
import unicodedata

from core.refusals import Refusal

MAX_LENGTH = 40
APOSTROPHES = "'\u2019\u2018\u02bc\u02bb"
LETTER_APOSTROPHES = "\u02bc\u02bb"
HYPHENS = "-\u2010\u2011"
HIDDEN_CATEGORIES = {"Cc", "Cf", "Co", "Cs", "Cn", "So", "Me", "Zl", "Zp"}
FILLERS = "\u115f\u1160\u3164\uffa0"
SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
PLAIN_LETTERS = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D",
    "ŋ": "ng", "Ŋ": "Ng", "ı": "i", "ĸ": "k", "ə": "e", "Ə": "E", "ǝ": "e", "Ǝ": "E", "ɛ": "e", "Ɛ": "E",
    "ɔ": "o", "Ɔ": "O", "ɣ": "g", "Ɣ": "G", "ĳ": "ij", "Ĳ": "IJ", "ŉ": "n", "ſ": "s",
}  # fmt: skip
PLAIN_NAME = re.compile(r"[A-Za-z]+( [A-Za-z]+)*")
_EASY_NAME = re.compile(r"[A-Za-z][A-Za-z '.\-]{0,39}")
"""Names of which every rule has nothing to say; most are, and the rules take ten times as long."""
_ASCII_PLAIN = {code: None for code in range(128) if not chr(code).isalpha()} | dict.fromkeys(
    map(ord, "- \t\n\r\x0b\x0c"), " "
)
_LATIN = re.compile(r"LATIN (?:CAPITAL|SMALL) LETTER (?:DOTLESS )?([A-Z])(?: WITH .+)?")


def tidy(typed: str) -> str:
    """The name in composed Unicode, without blanks and invisible characters at its ends; nothing else changed."""
    if typed.isascii():
        return typed.strip()
    name = unicodedata.normalize("NFC", typed)
    begin, end = 0, len(name)
    while begin < end and _is_blank(name[begin]):
        begin += 1
    while end > begin and _is_blank(name[end - 1]):
        end -= 1
    return name[begin:end]


def single_spaced(name: str) -> str:
    """The name with one space wherever several stand together."""
    return re.sub(" {2,}", " ", name)


def capitalise(name: str) -> str:
    """The name with capitals raised, as Auto Capitalize Name does (guide 4.2).

    Raised are the first letter of each word and the letter after Mac, Mc, O', D' and a hyphen.
    No letter is ever lowered, and one whose capital is two letters (ß) stays as it is.
    """
    word_starts = re.sub(r"(?:^|(?<=[\s.\-\u2010\u2011]))\w", lambda match: _raised(match[0]), name)
    return re.sub(rf"(?<!\w)(Mac|Mc|[OD][{APOSTROPHES}])(\w)", lambda match: match[1] + _raised(match[2]), word_starts)


def plain_form(name: str) -> str:
    """The name in the letters A to Z and single spaces, for systems that hold no more.

    Accents are folded, apostrophes and full stops dropped, hyphens become spaces.
    A character without a plain letter is left out (NAME-07 then asks for the plain form).
    """
    if name.isascii():
        return " ".join(name.translate(_ASCII_PLAIN).split())
    letters = "".join(_plain_letter(char) for char in unicodedata.normalize("NFD", name))
    return " ".join(letters.split())


def has_plain_form(name: str) -> bool:
    """Whether every letter of the name has a plain one."""
    if name.isascii():
        return True
    letters = (char for char in unicodedata.normalize("NFD", name) if char.isalpha() and char not in APOSTROPHES)
    return all(_plain_letter(char) for char in letters)


def plain_form_or_empty(name: str) -> str:
    """The plain form of a name, or "" where a letter of it has none, so that nobody's name loses a letter unseen."""
    return plain_form(name) if has_plain_form(name) else ""


TICK_ONE_NAME = ' Where the candidate has one legal name, leave it empty and tick "one legal name".'


def name_is_given(
    field: str, label: str, name: str, may_be_blank: bool = False, remedy: str = TICK_ONE_NAME
) -> Refusal | None:
    """NAME-01: First and last name are needed; the first may be left blank by ticking "one legal name".

    remedy: what is said of a first name that does not exist, where there is no such tick.
    """
    if name or may_be_blank:
        return None
    return Refusal("NAME-01", f"Enter the {label}.{remedy if field == 'first_name' else ''}", field)


def refusals_of_characters(field: str, label: str, name: str) -> list[Refusal]:
    """Everything that is wrong with the characters of a name, and with its length."""
    if _EASY_NAME.fullmatch(name):
        return []
    rules = (
        name_is_short_enough,
        name_has_no_hidden_character,
        name_starts_with_a_letter,
        name_has_letters_of_names_only,
    )
    return [refusal for rule in rules if (refusal := rule(field, label, name))]


def one_name_is_the_last_name(first_name: str, has_one_name: bool) -> Refusal | None:
    """NAME-08: Where "one legal name" is ticked, there is no first name beside it."""
    if not (first_name and has_one_name):
        return None
    return Refusal(
        "NAME-08",
        "Where the candidate has one legal name, leave First Name empty and type the name as Last Name. "
        'Where there is a first name, untick "one legal name".',
        "first_name",
    )


def name_is_short_enough(field: str, label: str, name: str) -> Refusal | None:
    """NAME-02: A name has at most 40 characters."""
    if len(name) <= MAX_LENGTH:
        return None
    return Refusal("NAME-02", f"{label} must be {MAX_LENGTH} characters or fewer. It has {len(name)}.", field)


def name_starts_with_a_letter(field: str, label: str, name: str) -> Refusal | None:
    """NAME-03: A name starts with a letter, so that no export of it can become a formula."""
    if not name or name.lstrip(LETTER_APOSTROPHES)[:1].isalpha() or is_hidden(name[0]):
        return None
    return Refusal("NAME-03", f"{label} must start with a letter. It starts with “{name[0]}”.", field)


def name_has_no_hidden_character(field: str, label: str, name: str) -> Refusal | None:
    """NAME-04: A name has no hidden or unusual characters: control characters, zero-width characters, emoji."""
    place = next((place for place, char in enumerate(name) if is_hidden(char)), None)
    if place is None:
        return None
    where = f"after “{name[max(0, place - 20) : place]}”" if place else "at its beginning"
    return Refusal(
        "NAME-04", f"{label} contains a hidden or unusual character {where}. Delete it and type the name again.", field
    )


def name_has_letters_of_names_only(field: str, label: str, name: str) -> Refusal | None:
    """NAME-05: A name has Latin letters (accents too), spaces, hyphens, apostrophes and full stops only.

    Its first character is not told again where NAME-03 has told it.
    """
    rest = name[1:] if name_starts_with_a_letter(field, label, name) else name
    wrong = sorted({char for char in rest if not _belongs_in_a_name(char) and not is_hidden(char)})
    if not wrong:
        return None
    shown = " ".join(f"“{char}”" for char in wrong[:5])
    return Refusal(
        "NAME-05",
        f"{label} can have letters, spaces, hyphens, apostrophes and full stops. Take out {shown}.",
        field,
    )


def name_is_plain(field: str, label: str, name: str) -> Refusal | None:
    """NAME-06: Where NAMES_PLAIN_ONLY is set, a name has letters A to Z and spaces (the guide's strict reading)."""
    if not name or PLAIN_NAME.fullmatch(name):
        return None
    return Refusal(
        "NAME-06",
        f"{label} can only have letters A to Z and single spaces. For “{name}” you can use “{plain_form(name)}”: "
        "check that it matches the UCAS form as closely as possible.",
        field,
    )


def plain_name_is_plain(field: str, label: str, plain: str, name: str) -> Refusal | None:
    """NAME-07: The plain form of a name has letters A to Z and single spaces, at most 40 characters.

    It is empty exactly where the name is.
    """
    if (PLAIN_NAME.fullmatch(plain) and len(plain) <= MAX_LENGTH) if name else not plain:
        return None
    if not name:
        return Refusal("NAME-07", f"Leave the plain form of the {label.lower()} empty: there is no {label}.", field)
    return Refusal(
        "NAME-07",
        f"Plain form of the {label.lower()} must have letters A to Z and single spaces only, "
        f"and {MAX_LENGTH} characters or fewer. Type it as closely to “{name}” as you can.",
        field,
    )


def _raised(letter: str) -> str:
    raised = letter.title() if letter.islower() else letter
    return raised if len(raised) == 1 else letter


def _plain_letter(char: str) -> str:
    if char in APOSTROPHES or char == "." or unicodedata.combining(char):
        return ""
    if char in PLAIN_LETTERS:
        return PLAIN_LETTERS[char]
    if latin := _LATIN.fullmatch(unicodedata.name(char, "")):
        return latin[1] if char.isupper() else latin[1].lower()
    return " " if char in HYPHENS or char.isspace() else ""


def _belongs_in_a_name(char: str) -> bool:
    if char in f" .{APOSTROPHES}{HYPHENS}":
        return True
    name = unicodedata.name(char, "")
    return (char.isalpha() and name.startswith("LATIN")) or _is_accent(char)


def _is_accent(char: str) -> bool:
    return "\u0300" <= char <= "\u036f" and char != "\u034f"  # the block of accents, less its joiner


def is_hidden(char: str) -> bool:
    """Whether a character cannot be seen, or is no writing: control and zero-width characters, odd blanks, emoji."""
    is_mark = unicodedata.category(char) == "Mn" and not _is_accent(char)
    is_odd_blank = char in FILLERS or (char.isspace() and char != " ")
    return is_mark or is_odd_blank or char in SKIN_TONES or unicodedata.category(char) in HIDDEN_CATEGORIES


def _is_blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) == "Cf"
