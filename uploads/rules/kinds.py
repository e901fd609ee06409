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
    is_question: it is no column of a file; its box is shown where a refusal names it, with the refusal's own choices.
    """

    slug: str
    label: str
    help: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    can_be_same: bool = False
    synonyms: tuple[str, ...] = ()
    is_question: bool = False


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
    title: whom or what the row is about. shown: the row in the words of what would be entered, by `UploadKind.shown`;
    or what makes them, because a page shows few of many rows.
    notices: what the person is told of a row and need not mend.
    cost: what it would cost, and what that hangs on; rows are entered only for what was shown.
    detail: what the app above wants to find again in `preview` and `submit`; uploads do not look into it.
    """

    refusals: tuple[Refusal, ...] = ()
    already: str = ""
    title: str = ""
    shown: tuple[str, ...] | Callable[[], tuple[str, ...]] = ()
    notices: tuple[str, ...] = ()
    cost: str = ""
    detail: Any = None

    @property
    def in_words(self) -> tuple[str, ...]:
        """What `shown` says, made now where it is not made yet."""
        return self.shown() if callable(self.shown) else self.shown


@dataclass(frozen=True)
class Batch:
    """Rows that are ready, handed to the app above to be entered.

    at: when the Submit arrived. entered_at: when they are entered, later where that is done behind the page.
    upload: the row of the upload that they come from, not to be changed.
    verdicts: what was said of the rows just now, under the locks of the transaction, in their order.
    """

    period: str
    centre: Any
    rows: Sequence[TypedRow]
    by: Any
    at: datetime
    upload: Any
    verdicts: Sequence[Verdict] = ()
    entered_at: datetime | None = None


@dataclass(frozen=True)
class Preview:
    """What the check page says of the rows that are ready, all together.

    lines: of the fees, as (what, how many, each, together). total: in words.
    accept: what has to be ticked before Submit, or "". accept_as: what that tick answers; only this answer counts.
    notes: sentences beside it.
    """

    lines: tuple[tuple[str, str, str, str], ...] = ()
    total: str = ""
    accept: str = ""
    accept_as: str = ""
    notes: tuple[str, ...] = ()


def nothing_more(refused: Refused, at: datetime) -> None:
    """What is done after a refused Submit where an app needs nothing."""


@dataclass(frozen=True)
class Later:
    """What an app above does whose rows are entered behind the page, by a worker or at once where they are few.

    queued(batch): inside the transaction of Submit, before any row is entered.
    begun(upload, at): in a transaction of its own, each time that the work is begun; False where it must wait.
    refused(upload, refusals, at): after rows were refused, in a transaction of its own; whether the upload is to be
    open again, or waits for somebody else.
    confirmation_url(upload): the page that tells what became of it.
    """

    queued: Callable[[Batch], None]
    begun: Callable[[Any, datetime], bool]
    refused: Callable[[Any, Sequence[Refusal], datetime], bool]
    confirmation_url: Callable[[Any], str]


@dataclass(frozen=True)
class FileNotTaken:
    """A file that was refused: told to the app above, whose history may have a line for it.

    earlier: the upload by which the same bytes were taken before, or None.
    """

    period: Period
    centre: Any
    file_name: str
    refusals: Sequence[Refusal]
    by: Any
    at: datetime
    order_number: str = ""
    earlier: Any = None


@dataclass(frozen=True)
class UploadKind:
    """A kind of rows that can be uploaded.

    title: as in "Upload STEP entries spreadsheet". noun, nouns: what one row is, and several.
    shown: the headings of a line on the check page. questions: the labels of ticks that refusals ask for.
    columns(centre); periods(centre, at): for which periods a file is taken now, the usual one first;
    refusals(period, centre, at): every reason against entering anything now;
    judge(period, centre, rows, at): a verdict for each row, in their order, by a constant number of queries;
    lock(centre): waits, inside the transaction of Submit and before the rows are judged, for others who enter there;
    submit(batch): enters the rows inside the caller's transaction; the reference of each by its key. Raises Refused.
    keep_until(period, centres): by the id of a centre, until when contents are kept now; it may have become later.
    after_refusal: done after a refused Submit, outside of its transaction.
    leave_out(centre): headings that are known and hold nothing that is asked for.
    all_together: Submit waits until no row has anything to mend; otherwise the rows that are ready can go first.
    takes_order_number: whether the upload page asks for an order number or reference.
    preview(verdicts): what rows would cost, by what was said of each; None where nothing is said of it.
    not_taken(file): told of each file that is refused, outside of its transaction.
    prefilled(centre, answers): the rows of a template with the centre's own people in it; None where not offered.
    lists(centre, at): the texts that the template offers in a column, by its slug, beyond the choices of columns.
    help_section: the section of Help that the pages lead to. period_label: what a period is called where one is chosen.
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
    periods: Callable[[Any, datetime], Sequence[Period]]
    refusals: Callable[[str, Any, datetime], list[Refusal]]
    judge: Callable[[str, Any, Sequence[TypedRow], datetime], list[Verdict]]
    submit: Callable[[Batch], Mapping[UUID, str]]
    keep_until: Callable[[str, Collection[int]], Mapping[int, datetime]]
    lock: Callable[[Any], None] = lambda centre: None
    after_refusal: Callable[[Refused, datetime], None] = nothing_more
    questions: Mapping[str, str] = field(default_factory=dict)
    leave_out: Callable[[Any], Iterable[str]] = lambda centre: ()
    all_together: bool = False
    takes_order_number: bool = False
    preview: Callable[[Sequence[Verdict]], Preview] | None = None
    not_taken: Callable[[FileNotTaken], object] = lambda file: None
    later: Later | None = None
    prefilled: Callable[[Any, Mapping[str, str]], Sequence[Sequence[str]]] | None = None
    lists: Callable[[Any, datetime], Mapping[str, Sequence[str]]] = lambda centre, at: {}
    help_section: str = "many-candidates-at-once"
    period_label: str = "Session"

    def columns_of_files(self, centre: Any) -> list[Column]:
        """The columns that a file can have: all but the questions."""
        return [column for column in self.columns(centre) if not column.is_question]


_KINDS: dict[str, UploadKind] = {}


def register(kind: UploadKind) -> None:
    """Make a kind known under its slug."""
    _KINDS[kind.slug] = kind


def kind_of(slug: str) -> UploadKind | None:
    """The kind of this slug; None where no app registered one."""
    return _KINDS.get(slug)
