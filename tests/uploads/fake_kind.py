"""A made-up kind of rows: parcels. It enters later, all together, asks questions, and says what rows cost."""

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from core.refusals import Refusal, Refused
from uploads.rules import kinds
from uploads.rules.kinds import Column, Later, Period, Preview, TypedRow, UploadKind, Verdict

COLUMNS = (
    Column("name", "Parcel", "What it is called", is_required=True, synonyms=("Box",)),
    Column("size", "Size", "Small or large", choices=("Small", "Large"), is_required=True),
    Column("note", "Note", "Anything"),
    Column("which", "Which is right?", is_question=True),
)
CHOICES = ("The old one", "The new one")
HEADINGS = ["Parcel", "Size", "Note"]


@dataclass
class Told:
    """What the kind was told, in order; and how it answers next."""

    acts: list[tuple[Any, ...]] = field(default_factory=list)
    begins: bool = True
    fails_with: Exception | None = None
    already: dict[str, str] = field(default_factory=dict)
    periods: tuple[str, ...] = ("june",)


def parcels(told: Told, **changes: Any) -> UploadKind:
    """The kind; `changes` are its fields."""

    def submit(batch: Any) -> dict[Any, str]:
        told.acts.append(("submit", [row.number for row in batch.rows], batch.by, batch.at))
        if told.fails_with:
            raise told.fails_with
        return {row.key: f"P{row.number}" for row in batch.rows}

    def begun(upload: Any, at: Any) -> bool:
        told.acts.append(("begun",))
        return told.begins

    later = Later(
        queued=lambda batch: told.acts.append(("queued", [row.number for row in batch.rows])),
        begun=begun,
        refused=lambda upload, refusals, at: told.acts.append(("refused", [r.code for r in refusals])) is None,
        confirmation_url=lambda upload: f"/after/{upload.key}/",
    )
    kind = UploadKind(
        slug="parcels",
        title="Parcels",
        noun="parcel",
        nouns="parcels",
        upload_button="Send the parcels",
        home_url="reports:overview",
        entry_url="step_entries:entry-detail",
        shown=("Parcel", "Size"),
        columns=lambda centre: COLUMNS,
        periods=lambda centre, at: [Period(key, key.title(), at + timedelta(days=30)) for key in told.periods],
        refusals=lambda period, centre, at: [],
        judge=lambda period, centre, rows, at: [_verdict(row, told) for row in rows],
        submit=submit,
        keep_until=lambda period, centres: {},
        questions={},
        all_together=True,
        takes_order_number=True,
        preview=_preview,
        not_taken=lambda file: told.acts.append(("not taken", [refusal.code for refusal in file.refusals], file)),
        later=later,
        prefilled=lambda centre, answers: [[answers.get("of", "Ann"), "Small", ""]],
        period_label="Month",
    )
    return replace(kind, **changes)


@contextmanager
def registered(kind: UploadKind) -> Any:
    """The kind is known as long as this lasts."""
    before = dict(kinds._KINDS)
    kinds.register(kind)
    try:
        yield kind
    finally:
        kinds._KINDS.clear()
        kinds._KINDS.update(before)


def _verdict(row: TypedRow, told: Told) -> Verdict:
    name, size = row.answers.get("name", ""), row.answers.get("size", "")
    refusals = []
    if not name:
        refusals.append(Refusal("PARCEL-A", "A parcel needs a name.", "name"))
    if size not in ("Small", "Large"):
        refusals.append(Refusal("PARCEL-B", "A parcel is Small or Large.", "size"))
    if name == "Twin" and row.answers.get("which") not in CHOICES:
        refusals.append(Refusal("PARCEL-C", "Two parcels have this name. Which is right?", "which", choices=CHOICES))
    return Verdict(
        refusals=tuple(refusals),
        already=told.already.get(name, ""),
        title=name,
        shown=(name, size),
        notices=(("Large parcels travel slowly.",) if size == "Large" else ())
        + (("Dee is known here.",) if name == "Dee" else ()),
        detail=size,
    )


def _preview(verdicts: Any) -> Preview:
    large = sum(verdict.detail == "Large" for verdict in verdicts)
    return Preview(
        lines=(("Large parcel", str(large), "£2.00", f"£{2 * large}.00"),) if large else (),
        total=f"£{2 * large}.00",
        accept=f"I accept £{2 * large}.00 for large parcels" if large else "",
        accept_as=str(2 * large) if large else "",
        notes=("Small parcels cost nothing.",),
    )


def refused() -> Refused:
    return Refused([Refusal("PARCEL-D", "The van is full.")])
