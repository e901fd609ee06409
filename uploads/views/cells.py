"""Rows as the pages show them: boxes for cells, with what is said of each and the questions that it asks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.refusals import Refusal

from ..forms import shown_text
from ..models import Upload
from ..rules.kinds import Column, UploadKind
from ..rules.rows import Change
from ..services import JudgedRow

Typed = Mapping[str, Change]


@dataclass(frozen=True)
class Tick:
    """A question that a refusal asks, or asked, and the answer that its tick gives."""

    name: str
    label: str
    answer: str
    is_ticked: bool


@dataclass(frozen=True)
class Cell:
    """A box for one cell of a row: what it holds, what was shown in it, and what is said of it.

    choices: the texts that it can have, where there are few; those of a question are the refusal's own.
    alike: how many other rows have the same text there to mend, where one answer is offered for all of them.
    """

    name: str
    column: Column
    value: str
    shown: str
    refusals: tuple[Refusal, ...]
    ticks: tuple[Tick, ...]
    choices: tuple[str, ...] = ()
    alike: int = 0

    @property
    def is_choice(self) -> bool:
        """Whether it is chosen from texts, and not typed."""
        return bool(self.choices) or self.column.is_question

    @property
    def options(self) -> list[str]:
        """The texts to choose from, with the one that stands there now where it is none of them."""
        return list(dict.fromkeys([self.value, "", *self.choices]))


@dataclass(frozen=True)
class ShownRow:
    """A row on a page. in_file: what the file has. refusals: what no cell is at fault for. answered: ticks given."""

    judged: JudgedRow
    cells: tuple[Cell, ...]
    in_file: tuple[tuple[str, str], ...]
    refusals: tuple[Refusal, ...]
    answered: tuple[Tick, ...]

    @property
    def state(self) -> str:
        """Where the row stands, in a word."""
        return "entered already" if self.judged.is_already_entered else "to mend" if self.judged.is_to_mend else "ready"

    @property
    def first_failing(self) -> str:
        """The box of its first error; "" where no box is at fault."""
        return next((cell.name for cell in self.cells if cell.refusals), "")

    @property
    def summary(self) -> list[dict[str, str]]:
        """The lines of the row in the error summary, each with the box that it leads to."""
        row = f"Row {self.judged.row.number}: "
        cells = [(refusal, cell.name) for cell in self.cells for refusal in cell.refusals]
        return [
            {"sentence": row + refusal.sentence, "target": target, "about": refusal.about}
            for refusal, target in [*cells, *((refusal, f"row-{self.judged.row.number}") for refusal in self.refusals)]
        ]


Alike = dict[tuple[str, str, tuple[str, ...]], list[int]]
"""The numbers of rows that have the same to mend: by column, text, and the choices where it is a question."""


def failing_cells(judged: JudgedRow, *, upload: Upload, kind: UploadKind, typed: Typed, alike: Alike) -> ShownRow:
    """The row with boxes for the cells that have something to mend.

    alike: what `alike_rows` found; one answer for all is offered at the first of them, and then no more.
    """
    at_fault = {refusal.field for refusal in judged.verdict.refusals}
    columns = [column for column in kind.columns(upload.centre) if column.slug in at_fault]
    row = _shown(judged, columns, upload=upload, kind=kind, typed=typed)
    cells = [replace(cell, alike=len(alike.pop(_likeness(cell), [1])) - 1) for cell in row.cells]
    return replace(row, cells=tuple(cells))


def alike_rows(rows: Iterable[JudgedRow], columns: Iterable[Column]) -> Alike:
    """The rows that have the same text to mend, where few texts are possible."""
    alike: Alike = defaultdict(list)
    offered = [column for column in columns if column.choices or column.can_be_same or column.is_question]
    for judged in rows:
        at_fault = {refusal.field for refusal in judged.verdict.refusals}
        for column in offered:
            if column.slug in at_fault:
                alike[_likeness(_cell(judged, column, {}, {}))].append(judged.row.number)
    return alike


def spread(typed: Mapping[int, Typed], chosen: Iterable[tuple[int, str]], alike: Alike) -> dict[int, dict[str, Change]]:
    """What was typed, with the cells that were meant for all rows that say the same put into those rows too.

    A row in which something else was typed keeps that.
    """
    spread = {number: dict(changes) for number, changes in typed.items()}
    for number, slug in chosen:
        if change := typed.get(number, {}).get(slug):
            for other in _others_like(number, slug, change.shown, alike):
                own = typed.get(other, {}).get(slug)
                if own is None or own.typed == own.shown:
                    spread.setdefault(other, {})[slug] = change
    return spread


def _others_like(number: int, slug: str, shown: str, alike: Alike) -> list[int]:
    groups = (numbers for (of, text, _), numbers in alike.items() if (of, text) == (slug, shown))
    return next((numbers for numbers in groups if number in numbers), [])


def _likeness(cell: Cell) -> tuple[str, str, tuple[str, ...]]:
    return cell.column.slug, cell.shown, cell.choices if cell.column.is_question else ()


def all_cells(judged: JudgedRow, *, upload: Upload, kind: UploadKind, typed: Typed) -> ShownRow:
    """The row with a box for every cell, and the questions that it asks or that were answered before."""
    asked = {refusal.field for refusal in judged.verdict.refusals} | set(judged.typed.answers)
    columns = [column for column in kind.columns(upload.centre) if not column.is_question or column.slug in asked]
    return _shown(judged, columns, upload=upload, kind=kind, typed=typed)


def _shown(judged: JudgedRow, columns: Iterable[Column], *, upload: Upload, kind: UploadKind, typed: Typed) -> ShownRow:
    all_columns = kind.columns(upload.centre)
    in_file = judged.row.as_in_file(upload.mapping)
    asked = {refusal.confirm_with for refusal in judged.verdict.refusals}
    answered = {name: answer for name in kind.questions if (answer := judged.typed.answers.get(name))}
    return ShownRow(
        judged=judged,
        cells=tuple(_cell(judged, column, kind.questions, typed) for column in columns),
        in_file=tuple((column.label, in_file[column.slug]) for column in all_columns if in_file.get(column.slug)),
        refusals=tuple(r for r in judged.verdict.refusals if r.field not in {column.slug for column in all_columns}),
        answered=tuple(
            _tick(judged, name, answer, kind.questions, typed) for name, answer in answered.items() if name not in asked
        ),
    )


def _cell(judged: JudgedRow, column: Column, questions: Mapping[str, str], typed: Typed) -> Cell:
    shown = shown_text(judged.typed.answers.get(column.slug, ""))
    refusals = tuple(refusal for refusal in judged.verdict.refusals if refusal.field == column.slug)
    asked = {refusal.confirm_with: refusal.confirm_as for refusal in refusals if refusal.confirm_with in questions}
    own = (choice for refusal in refusals for choice in refusal.choices if column.is_question)
    return Cell(
        name=f"cell-{judged.row.number}-{column.slug}",
        column=column,
        value=typed[column.slug].typed if column.slug in typed else shown,
        shown=shown,
        refusals=refusals,
        ticks=tuple(_tick(judged, name, answer, questions, typed) for name, answer in asked.items()),
        choices=tuple(dict.fromkeys([*column.choices, *own])),
    )


def _tick(judged: JudgedRow, name: str, answer: str, questions: Mapping[str, str], typed: Typed) -> Tick:
    now = typed[name].typed if name in typed else judged.typed.answers.get(name, "")
    return Tick(f"cell-{judged.row.number}-{name}", questions[name], answer, now == answer)
