"""What a password that somebody chooses must not be. Each refusal has its own sentence."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator as StockCommonPasswordValidator
from django.core.exceptions import ValidationError

from .rules import LONGEST_PASSWORD, shortest_password
from .services.one_time import normalised

PRODUCT_WORDS = ("entries portal", "entriesportal", "step mathematics", "cambridge technicals")


class _Validator:
    """Django asks every validator for a help text; the form's hint says it all."""

    def get_help_text(self) -> str:
        return ""


class LengthValidator(_Validator):
    """At least 15 characters, 12 with a second factor; at most 128; no other rule of composition."""

    def validate(self, password: str, user: Any = None) -> None:
        shortest = shortest_password(bool(user and user.pk and user.has_second_factor))
        if len(password) < shortest:
            raise ValidationError(
                f"The new password must have {shortest} characters or more. It has {len(password)}. "
                "Three or four words are easy to remember."
            )
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(f"The new password must have {LONGEST_PASSWORD} characters or fewer.")


class OwnWordsValidator(_Validator):
    """Not the own name or address, the centre's name or number, or the product's: those are guessed first."""

    def validate(self, password: str, user: Any = None) -> None:
        found = next((word for word in _own_words(user) if word.lower() in password.lower()), None)
        if found:
            raise ValidationError(
                f"The new password must not contain “{found}”: your own names, and those of your centre and of the "
                "portal, are guessed first."
            )


def _own_words(user: Any) -> Iterable[str]:
    yield from PRODUCT_WORDS
    if user is None or not user.pk:
        return
    local, _, domain = user.email.partition("@")
    centres = user.memberships.filter(ended_at=None).select_related("centre")
    centre_words = [word for membership in centres for word in (membership.centre.name, membership.centre.number)]
    yield from (word for word in [local, domain, user.name, *user.name.split(), *centre_words] if len(word) >= 4)


class CommonPasswordValidator(StockCommonPasswordValidator):
    """Not one of Django's list of common passwords."""

    def validate(self, password: str, user: Any = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError(
                "This password is on the lists that guessers try first. Choose another one."
            ) from None


class MailedFormValidator(_Validator):
    """Not a mailed password, nor one of its form: it would be looked for among the mailed ones and never be right."""

    def validate(self, password: str, user: Any = None) -> None:
        if normalised(password):
            raise ValidationError(
                "The new password must not be one that was mailed, or have its form of 20 letters and digits. "
                "Add a word to it."
            )


class BreachedPasswordValidator(_Validator):
    """Not in the file of breached passwords that BREACHED_HASHES_FILE names (SHA-1 in hex, one a line, sorted)."""

    def validate(self, password: str, user: Any = None) -> None:
        if not settings.BREACHED_HASHES_FILE:
            return
        wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        if _is_listed(Path(settings.BREACHED_HASHES_FILE), wanted):
            raise ValidationError("This password became known in a theft of data elsewhere. Choose another one.")


def _is_listed(path: Path, wanted: str) -> bool:
    """Whether a line begins with the hash; the file is sorted, so a few reads find out however long it is."""
    with path.open("rb") as lines:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            lines.seek(max(0, middle - 1))
            if middle:
                lines.readline()
            line = lines.readline().decode().strip().upper()
            if line and line[:40] < wanted:
                low = middle + 1
            else:
                high = middle
        lines.seek(max(0, low - 1))
        if low:
            lines.readline()
        return lines.readline().decode().strip().upper()[:40] == wanted
