"""What is typed and ticked on the pages of the web form, read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django import forms

from candidates.forms import SELECT, FilterForm
from candidates.models import CandidateGroup

LONGEST_CODE = 20
LONGEST_NUMBER = 15
MOST_NUMBERS = 1000
"""More ticks than a page has are not read."""


class CandidateSearchForm(FilterForm):
    """The search over the centre's candidates, whose pages all have one size here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["size"]


class GroupForm(forms.Form):
    """Which candidate group is to be added whole."""

    use_required_attribute = False

    def __init__(self, *args: Any, groups: Iterable[CandidateGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(group.key), group.name) for group in groups]
        choices = [("", "Choose a group"), *named]
        self.fields["whole_group"] = forms.ChoiceField(
            label="Add every member of a candidate group",
            choices=choices,
            widget=forms.Select(SELECT | {"form": "pick"}),
        )


@dataclass(frozen=True)
class OptionTyped:
    """What stands on the page of entry options. units: numbers of units. entries: the ids of the lines ticked."""

    option: str
    units: list[int]
    entries: set[int]
    is_declared: bool

    @classmethod
    def read(cls, posted: Any) -> Self:
        """What was sent; what is no number is left out."""
        return cls(
            option=posted.get("option", "")[:LONGEST_CODE],
            units=numbers_in(posted.getlist("units")),
            entries=set(numbers_in(posted.getlist("entries"))),
            is_declared=posted.get("is_declared") == "yes",
        )


def numbers_in(typed: Iterable[str]) -> list[int]:
    """The numbers among texts, in their order."""
    found = [int(text) for text in typed if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER]
    return found[:MOST_NUMBERS]


def keys_in(typed: Iterable[str]) -> list[UUID]:
    """The keys of records among texts, in their order."""
    return [key for text in typed if (key := _key(text))]


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
