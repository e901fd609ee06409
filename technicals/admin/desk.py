"""What one of the staff posts on the page of a submission, and what is done with it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from uploads import tasks

from ..enums import SubmissionStatus
from ..models import Submission
from ..rules.handling import ACTS, LONGEST_NOTE, NEEDS_NOTE, Act
from ..services.handling import put_back, reject, take_over

WORDS = {
    Act.TAKE_OVER: "Take over: OCR handling this",
    Act.PUT_BACK: "Put back into the queue",
    Act.REJECT: "Reject: the centre mends it",
}
"""What each button says."""


class NoteForm(forms.Form):
    """What staff tell the centre when they take a submission over or reject it."""

    note = forms.CharField(
        label="Note to the centre",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="The centre reads it on the page of the submission and in a mail: what is looked into, or what to "
        f"change. At most {LONGEST_NOTE} characters; no candidate's name.",
    )


class Desk:
    """The buttons that the status of a submission allows, and the note that goes with them."""

    def __init__(self, submission: Submission, data: QueryDict | None = None) -> None:
        self.submission, self.form = submission, NoteForm(data)
        self.act = data.get("act", "") if data else ""

    @property
    def offered(self) -> list[tuple[str, str]]:
        """What can be done with the submission as it stands: the value of each button and its words."""
        return [(act.value, WORDS[act]) for act in self.acts]

    @property
    def acts(self) -> tuple[Act, ...]:
        return ACTS.get(SubmissionStatus(self.submission.status), ())

    @property
    def needs_note(self) -> bool:
        """Whether something can be done that the centre is told of."""
        return any(act in NEEDS_NOTE for act in self.acts)

    @property
    def is_ready(self) -> bool:
        """Whether a button was pressed that there is, and what was typed is text."""
        return self.act in DOERS and self.form.is_valid()

    def do(self, *, by: Any, at: datetime) -> Submission:
        """Do what was asked; the submission as it stands then. Raises Refused."""
        return DOERS[self.act](self, {"submission": self.submission, "by": by, "at": at})


def _take_over(desk: Desk, given: Mapping[str, Any]) -> Submission:
    return take_over(note=desk.form.cleaned_data["note"], **given)


def _put_back(desk: Desk, given: Mapping[str, Any]) -> Submission:
    submission = put_back(**given)
    tasks.ring(tasks.enter_upload, upload_pk=submission.upload_id)
    return submission


def _reject(desk: Desk, given: Mapping[str, Any]) -> Submission:
    return reject(note=desk.form.cleaned_data["note"], **given)


DOERS: dict[str, Callable[[Desk, Mapping[str, Any]], Submission]] = {
    Act.TAKE_OVER: _take_over,
    Act.PUT_BACK: _put_back,
    Act.REJECT: _reject,
}
"""What each button does."""
