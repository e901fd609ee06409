"""Why an act is refused, in words fit for the person who tried it. Plain Python."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """One reason against an act.

    code: the code of the rule that said no (printed in docs/rulebook.md).
    sentence: what happened and what to do, in plain English.
    field: the name of the form field to mend, or "" when no one field is at fault.
    confirm_with: the name of a checkbox by which the user can say "I am sure"; "" when there is none.
    confirm_as: what that tick would answer; it is posted as the checkbox's value and counts only for the same question.
    about: the number of the entry that the sentence speaks of, so that a page can link to it.
    choices: the texts of which one is to be chosen in the field, where the question has answers of its own.
    """

    code: str
    sentence: str
    field: str = ""
    confirm_with: str = ""
    confirm_as: str = ""
    about: str = ""
    choices: tuple[str, ...] = ()

    @classmethod
    def retold(cls, fields: Mapping[str, Any]) -> "Refusal":
        """A refusal that another process gave, or that was stored, from its fields."""
        return cls(**{**fields, "choices": tuple(fields.get("choices", ()))})


class Refused(Exception):
    """An act was refused; nothing was changed. Carries every reason at once."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(refusal.sentence for refusal in self.refusals))

    def put_onto(self, form: Any) -> None:
        """Add each reason to its field of a form, or to the form as a whole where it has no such field."""
        for refusal in self.refusals:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def all_refusals(rules: Iterable[Callable[..., Refusal | None]], *facts: Any) -> list[Refusal]:
    """What every rule says of these facts, refusals only, in the order of the rules."""
    return [refusal for rule in rules if (refusal := rule(*facts)) is not None]


def raise_if_any(refusals: Iterable[Refusal]) -> None:
    """Raise Refused when there is at least one reason against the act."""
    refusals = tuple(refusals)
    if refusals:
        raise Refused(refusals)
