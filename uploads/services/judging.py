"""What stands against each row of an upload now. It is worked out whenever it is shown, and stored nowhere."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from core.refusals import Refusal

from ..enums import RowState
from ..models import Upload, UploadRow
from ..rules.kinds import Preview, TypedRow, UploadKind, Verdict
from ..rules.rows import cell_has_no_formula
from .memory import without_collector


@dataclass(frozen=True)
class JudgedRow:
    """An open row with its texts and what is said of it."""

    row: UploadRow
    typed: TypedRow
    verdict: Verdict

    @property
    def is_already_entered(self) -> bool:
        """Whether what it would enter stands entered."""
        return bool(self.verdict.already)

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands against entering it."""
        return not self.verdict.refusals and not self.is_already_entered

    @property
    def is_to_mend(self) -> bool:
        """Whether somebody has to look at it."""
        return bool(self.verdict.refusals) and not self.is_already_entered


@dataclass(frozen=True)
class Judgement:
    """All rows of an upload, and the reasons against entering any of them now."""

    open_rows: tuple[JudgedRow, ...]
    set_aside: tuple[UploadRow, ...]
    entered: tuple[UploadRow, ...]
    refusals: tuple[Refusal, ...]

    @cached_property
    def ready(self) -> list[JudgedRow]:
        return [row for row in self.open_rows if row.is_ready]

    @cached_property
    def to_mend(self) -> list[JudgedRow]:
        return [row for row in self.open_rows if row.is_to_mend]

    @cached_property
    def already_entered(self) -> list[JudgedRow]:
        return [row for row in self.open_rows if row.is_already_entered]

    @cached_property
    def with_notices(self) -> list[JudgedRow]:
        """Rows that are ready, and of which the person is told something."""
        return [row for row in self.ready if row.verdict.notices]

    @cached_property
    def notices(self) -> list[tuple[str, list[JudgedRow]]]:
        """What is told of those rows: each sentence once, with its rows; what is told of few stands first."""
        rows_told: dict[str, list[JudgedRow]] = {}
        for row in self.with_notices:
            for sentence in dict.fromkeys(row.verdict.notices):
                rows_told.setdefault(sentence, []).append(row)
        return sorted(rows_told.items(), key=lambda told: len(told[1]))

    @property
    def left_count(self) -> int:
        """How many rows stand entered neither from this file nor otherwise."""
        return len(self.ready) + len(self.to_mend) + len(self.set_aside)

    @property
    def count(self) -> int:
        """How many rows the file has."""
        return len(self.open_rows) + len(self.set_aside) + len(self.entered)

    @cached_property
    def fingerprint(self) -> str:
        """Differs where a row that is ready, or its cost, differs: what was shown, and Submit must find again."""
        rows = [[str(row.typed.key), row.typed.answers, row.verdict.cost] for row in self.ready]
        return sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


@without_collector()
def judge(*, upload: Upload, kind: UploadKind, at: datetime) -> Judgement:
    """Judge every open row of an upload at this moment, by a constant number of queries; changes nothing."""
    rows = list(UploadRow.objects.filter(upload_id=upload.pk).order_by("number"))
    return Judgement(
        open_rows=_judged([row for row in rows if row.state == RowState.OPEN], upload, kind, at),
        set_aside=tuple(row for row in rows if row.state == RowState.SET_ASIDE),
        entered=tuple(row for row in rows if row.state == RowState.ENTERED),
        refusals=tuple(kind.refusals(upload.period, upload.centre, at)),
    )


@without_collector()
def judge_left(*, upload: Upload, kind: UploadKind, at: datetime) -> tuple[JudgedRow, ...]:
    """Judge every row that is not entered as if those that are set aside were brought back; changes nothing."""
    rows = UploadRow.objects.filter(upload_id=upload.pk).exclude(state=RowState.ENTERED).order_by("number")
    return _judged(list(rows), upload, kind, at)


def _judged(rows: Sequence[UploadRow], upload: Upload, kind: UploadKind, at: datetime) -> tuple[JudgedRow, ...]:
    typed = [TypedRow(row.number, row.key, row.answers(upload.mapping, upload.same_for_all)) for row in rows]
    verdicts = kind.judge(upload.period, upload.centre, typed, at)
    labels = {column.slug: column.label for column in kind.columns(upload.centre)}
    return tuple(
        JudgedRow(row, as_typed, _with_formulas(upload, row, verdict, labels))
        for row, as_typed, verdict in zip(rows, typed, verdicts, strict=True)
    )


def preview_of(kind: UploadKind, judgement: Judgement) -> Preview | None:
    """What the rows that are ready would cost, all together; None where the kind says nothing of it."""
    if kind.preview is None or not judgement.ready:
        return None
    return kind.preview([row.verdict for row in judgement.ready])


def _with_formulas(upload: Upload, row: UploadRow, verdict: Verdict, labels: Mapping[str, Any]) -> Verdict:
    """A cell with a formula is told as that, whatever else there would be to say of its emptiness."""
    slugs = [slug for slug in row.formula_columns(upload.mapping) if slug in labels]
    if not slugs:
        return verdict
    others = [refusal for refusal in verdict.refusals if refusal.field not in slugs]
    formulas = [cell_has_no_formula(row.number, slug, labels[slug]) for slug in slugs]
    return replace(verdict, refusals=(*formulas, *others), already="")
