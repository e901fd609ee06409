"""What an app above hands in to have its rows uploaded: columns, judge and submit. Plain Python."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from core.refusals import Refusal, Refused


@dataclass(frozen=True)
class Column:
    """One column of a template.

    slug: the name of its cells in answers and refusals. help: its text in the template's help line.
    is_required: whether a file must have it; whether a cell of it may be empty is for the judge.
    choices: the texts that a cell can have, where there are few.
    can_be_same: whether one answer can stand for all rows of a file that does not have the column.
    synonyms: other headings of it, as school systems write them.
    """

    slug: str
    label: str
    help: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    can_be_same: bool = False
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Period:
    """For when the rows of a file are meant, as the app above names it: its key, its title, and its last use."""

    key: str
    title: str
    keep_until: datetime


@dataclass(frozen=True)
class TypedRow:
    """One row as it stands now: its number in the file, its key, and its texts by column."""

    number: int
    key: UUID
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Verdict:
    """What the app above says of a row.

    refusals: everything to mend; their fields are slugs of columns.
    already: the reference under which the row is entered already, or "".
    title: whom or what the row is about. shown: the row in the words of what would be entered, by `UploadKind.shown`.
    """

    refusals: tuple[Refusal, ...] = ()
    already: str = ""
    title: str = ""
    shown: tuple[str, ...] = ()


def nothing_more(refused: Refused, at: datetime) -> None:
    """What is done after a refused Submit where an app needs nothing."""


@dataclass(frozen=True)
class UploadKind:
    """A kind of rows that can be uploaded.

    title: as in "Upload STEP entries spreadsheet". noun, nouns: what one row is, and several.
    shown: the headings of a line on the check page. questions: the labels of ticks that refusals ask for.
    columns(centre); period(centre, at): for which period a file is taken now, None for none;
    refusals(period, centre, at): every reason against entering anything now;
    judge(period, centre, rows, at): a verdict for each row, in their order, by a constant number of queries;
    submit(period, centre, rows, by, at): enters the rows inside the caller's transaction; the reference of each by
    its key. Raises Refused.
    keep_until(period, centres): by the id of a centre, until when contents are kept now; it may have become later.
    after_refusal: done after a refused Submit, outside of its transaction.
    leave_out(centre): headings that are known and hold nothing that is asked for.
    """

    slug: str
    title: str
    noun: str
    nouns: str
    upload_button: str
    home_url: str
    entry_url: str
    shown: tuple[str, ...]
    columns: Callable[[Any], Sequence[Column]]
    period: Callable[[Any, datetime], Period | None]
    refusals: Callable[[str, Any, datetime], list[Refusal]]
    judge: Callable[[str, Any, Sequence[TypedRow], datetime], list[Verdict]]
    submit: Callable[[str, Any, Sequence[TypedRow], Any, datetime], Mapping[UUID, str]]
    keep_until: Callable[[str, Collection[int]], Mapping[int, datetime]]
    after_refusal: Callable[[Refused, datetime], None] = nothing_more
    questions: Mapping[str, str] = field(default_factory=dict)
    leave_out: Callable[[Any], Iterable[str]] = lambda centre: ()


_KINDS: dict[str, UploadKind] = {}


def register(kind: UploadKind) -> None:
    """Make a kind known under its slug."""
    _KINDS[kind.slug] = kind


def kind_of(slug: str) -> UploadKind | None:
    """The kind of this slug; None where no app registered one."""
    return _KINDS.get(slug)
