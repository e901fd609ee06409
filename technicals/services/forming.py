"""The web form judged and submitted, by the same rules and the same acts as spreadsheets."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from candidates.enums import Gender
from candidates.models import Candidate
from candidates.rules.people import academic_year
from candidates.services.correcting import person_of
from core.history import record
from core.moments import uk_date
from core.refusals import Refusal, Refused, raise_if_any
from uploads.rules.kinds import Preview, Verdict
from uploads.rules.rows import amount_is_accepted, order_number_can_be_quoted

from ..enums import UNIT_COLUMNS, Channel, EntryOption, SubmissionStatus
from ..models import DraftEntry, EntryDraft, Series, Submission
from ..rules.charges import NO_CHARGE
from ..rules.costs import preview_of_rows
from ..rules.form import (
    candidates_are_chosen,
    every_candidate_has_an_option,
    form_is_there,
    nobody_has_anything_to_mend,
    on_the_form,
    something_is_new,
    summary_is_as_seen,
)
from ..rules.judging import judge_file
from ..rules.planning import Row
from ..rules.reading import read_code
from ..rules.registering import DECLARED
from .entering import enter_judged, wait_for_others
from .facts import facts_for
from .moving import MOVED
from .numbers import take_submission_numbers
from .uploading import refusals_to_enter_rows, verdict_on

GENDERS = dict(Gender.choices)
NO_SERIES = "0"


@dataclass(frozen=True)
class JudgedLine:
    """One candidate of a web form, and what the laws say; row and verdict are None where no option is chosen yet."""

    entry: DraftEntry
    row: Row | None = None
    verdict: Verdict | None = None

    @property
    def refusals(self) -> Sequence[Refusal]:
        """Everything to mend."""
        return self.verdict.refusals if self.verdict else ()

    @property
    def is_already_entered(self) -> bool:
        """Whether all of it stands entered: it is not entered again, and costs nothing."""
        return bool(self.verdict and self.verdict.already)


@dataclass(frozen=True)
class JudgedForm:
    """A web form as it stands: its lines in the order of their names, and why nothing at all can be entered now."""

    lines: Sequence[JudgedLine]
    blocked: Sequence[Refusal]

    @property
    def ready(self) -> list[Row]:
        """The rows that Submit would enter."""
        return [line.row for line in self.lines if line.row and not line.refusals and not line.is_already_entered]

    @property
    def without_option(self) -> list[JudgedLine]:
        return [line for line in self.lines if line.row is None]

    @property
    def to_mend(self) -> list[JudgedLine]:
        return [line for line in self.lines if line.refusals]

    @property
    def already(self) -> list[JudgedLine]:
        return [line for line in self.lines if line.is_already_entered]

    @property
    def preview(self) -> Preview:
        """What it would cost, and what has to be accepted."""
        preview = preview_of_rows(self.ready)
        return preview if any(row.charges for row in self.ready) else replace(preview, total=NO_CHARGE)

    @property
    def refusals(self) -> list[Refusal]:
        """Every reason why it cannot be submitted as it stands, but for what is accepted on the page."""
        told = (
            candidates_are_chosen(len(self.lines)),
            every_candidate_has_an_option([str(line.entry.candidate) for line in self.without_option]),
            nobody_has_anything_to_mend(len(self.to_mend)),
            something_is_new(len(self.ready) + len(self.to_mend) + len(self.without_option), bool(self.lines)),
        )
        return [*self.blocked, *(refusal for refusal in told if refusal)]

    @property
    def fingerprint(self) -> str:
        """Differs where a candidate, an entry or a fee differs: what the summary showed and Submit must find again."""
        lines = [
            (line.entry.candidate_id, line.verdict.cost, line.verdict.already, list(line.verdict.in_words))
            for line in self.lines
            if line.verdict
        ]
        return sha256(json.dumps(lines).encode()).hexdigest()


def judge_draft(draft: EntryDraft, at: datetime) -> JudgedForm:
    """What the laws say of each candidate of a web form, by a constant number of queries."""
    entries = list(draft.entries.select_related("candidate"))
    year = academic_year(uk_date(at))
    chosen = {number: entry for number, entry in enumerate(entries, start=1) if entry.option}
    answers = {number: _answers(draft, entry, year) for number, entry in chosen.items()}
    period = str(draft.series_id or NO_SERIES)
    facts = facts_for(centre=draft.centre, at=at, period=period, rows=answers.values())
    people = {number: entry.candidate.merged_into_id or entry.candidate_id for number, entry in chosen.items()}
    rows = {row.number: row for row in judge_file(answers.items(), facts, chosen=people)}
    lines = [_line(entry, rows.get(number)) for number, entry in enumerate(entries, start=1)]
    return JudgedForm(lines, [on_the_form(refusal) for refusal in refusals_to_enter_rows(period, draft.centre, at)])


def refusals_of_code(*, centre: Any, typed: str, at: datetime) -> list[Refusal]:
    """Why nothing can be entered under an entry code: it is unknown, or the centre is not approved for it."""
    facts = facts_for(centre=centre, at=at, period=NO_SERIES, rows=[])
    _, refusals, _ = read_code(typed, facts)
    return [replace(on_the_form(refusal), field="assessment") for refusal in refusals]


def submit_draft(
    *, key: UUID, centre: Any, seen: str, accepted: str, order_number: str, by: Any, at: datetime
) -> Submission:
    """Submit entries: make everything that the form asks for, in one transaction, and delete the form.

    seen: the fingerprint of the summary. accepted: what its tick answered, where there was a late charge to accept.
    The same form sent twice makes one submission: the second click gets the first one's. Raises Refused with every
    reason, and then nothing is entered and the form is kept.
    """
    with transaction.atomic():
        forms = EntryDraft.objects.select_for_update(of=("self",)).select_related("qualification", "series", "centre")
        draft = forms.visible_to(by).filter(key=key, centre=centre).first()
        if draft is None:
            return _submitted_before(key, centre, by)
        wait_for_others(centre)
        judged = judge_draft(draft, at)
        raise_if_any(_reasons(judged, seen, accepted, order_number.strip()))
        submission = _submission(draft, _series_of(draft, judged), order_number.strip(), by, at)
        counts = enter_judged(judged.ready, submission=submission, by=by, at=at)
        submission.counts = counts | {"rows": len(judged.lines), "already": len(judged.already)}
        submission.save(update_fields=["counts"])
        draft.delete()
    return submission


def _answers(draft: EntryDraft, entry: DraftEntry, year: int) -> dict[str, str]:
    """A line of the form as a row of the spreadsheet has it."""
    units = dict(zip(UNIT_COLUMNS, map(str, entry.units if entry.option == EntryOption.UNITS else []), strict=False))
    declared = {DECLARED: entry.declared} if entry.declared else {}
    return _of_person(entry.candidate, year) | {"scheme_code": draft.qualification.code} | units | declared


def _of_person(candidate: Candidate, year: int) -> dict[str, str]:
    person = vars(person_of(candidate, year))
    born = f"{candidate.date_of_birth:%d/%m/%Y}"
    return person | {"date_of_birth": born, "gender": GENDERS.get(candidate.gender, "")}


def _line(entry: DraftEntry, row: Row | None) -> JudgedLine:
    if row is None:
        return JudgedLine(entry)
    verdict = verdict_on(row)
    return JudgedLine(entry, row, replace(verdict, refusals=tuple(map(on_the_form, verdict.refusals))))


def _submitted_before(key: UUID, centre: Any, by: Any) -> Submission:
    submission = Submission.objects.visible_to(by).filter(form_key=key, centre=centre).first()
    if submission is None:
        raise Refused([form_is_there()])
    return submission


def _reasons(judged: JudgedForm, seen: str, accepted: str, order_number: str) -> list[Refusal]:
    """The reasons against this Submit; that something changed is told alone, because the rest was judged of another."""
    if changed := summary_is_as_seen(seen, judged.fingerprint):
        return [changed]
    preview = judged.preview
    told = [
        order_number_can_be_quoted(order_number),
        amount_is_accepted(accepted, preview.accept_as, preview.accept) if preview.accept else None,
    ]
    return [*judged.refusals, *(refusal for refusal in told if refusal)]


def _series_of(draft: EntryDraft, judged: JudgedForm) -> Series | None:
    """The series of the form, where a unit is entered in it."""
    entered_in = {entry.series.id for row in judged.ready for entry in row.unit_entries}
    return draft.series if draft.series_id in entered_in else None


def _submission(draft: EntryDraft, series: Series | None, order_number: str, by: Any, at: datetime) -> Submission:
    [number] = take_submission_numbers(1)
    submission = Submission.objects.create(
        number=number,
        centre=draft.centre,
        channel=Channel.WEB_FORM,
        status=SubmissionStatus.SUBMITTED,
        series=series,
        order_number=order_number,
        submitted_by=by,
        submitted_at=at,
        processed_at=at,
        form_key=draft.key,
    )
    changes = {"entry status": [None, submission.status]}
    record(by=by, at=at, action=MOVED, subjects=[submission], changes=changes)
    return submission
