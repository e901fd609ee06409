"""What staff do with a session: extend its window, and copy it to the next year."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record
from core.moments import same_time_next_year, uk_date
from core.refusals import raise_if_any
from core.windows import Window

from ..models import SessionExtension, SessionPaper, StepSession
from ..rules import ExtensionFacts, name_in_the_next_year, reason_is_given, refusals_to_extend, year_has_no_session
from .facts import window_of


@transaction.atomic
def extend_window(
    *, session: StepSession, centre: Any, closes_at: datetime, reason: str, by: Any, at: datetime
) -> None:
    """Let registration close later, for all centres (centre is None) or for one centre alone.

    A centre's extension that stands already is moved. The history of the session, and of the centre, keeps the reason
    with the old and the new closing; nothing else changes. Raises Refused with every reason against it.
    """
    session = StepSession.objects.select_for_update().get(pk=session.pk)
    present = window_of(session, centre) if centre else session.window
    facts = ExtensionFacts(
        at=at,
        session=session.window,
        present=present,
        closes_at=closes_at,
        reason=reason,
        first_paper_at=session.papers.order_by("starts_at").values_list("starts_at", flat=True).first(),
    )
    raise_if_any(refusals_to_extend(facts))
    if centre:
        SessionExtension.objects.update_or_create(session=session, centre=centre, defaults={"closes_at": closes_at})
    else:
        StepSession.objects.filter(pk=session.pk).update(closes_at=closes_at)
    _record(session, centre, "step-session.extended", present, facts.extended, reason, by, at)


@transaction.atomic
def end_extension(*, extension: SessionExtension, reason: str, by: Any, at: datetime) -> None:
    """Let registration close for a centre when it closes for all; where that has passed, at once.

    Raises Refused where no reason is given. One that was ended in the meantime is left alone.
    """
    raise_if_any(filter(None, [reason_is_given(reason)]))
    session = StepSession.objects.select_for_update().get(pk=extension.session_id)
    present = window_of(session, extension.centre)
    deleted, _ = SessionExtension.objects.filter(pk=extension.pk).delete()
    if deleted:
        _record(session, extension.centre, "step-session.extension-ended", present, session.window, reason, by, at)


def _record(
    session: StepSession, centre: Any, action: str, old: Window, new: Window, reason: str, by: Any, at: datetime
) -> None:
    field = f"closes_at of {centre.number}" if centre else "closes_at"
    record(
        by=by,
        at=at,
        action=action,
        subjects=[session, centre] if centre else [session],
        changes={field: [old.deadline.isoformat(), new.deadline.isoformat()]},
        note=reason.strip(),
    )


@transaction.atomic
def copy_session(*, session: StepSession, by: Any, at: datetime) -> StepSession:
    """The session of the next year: the same papers, fees and courses, every moment 52 weeks later, without notices.

    It is not shown to centres before staff have looked at it and say so. Raises Refused where that year has a session.
    """
    session = StepSession.objects.select_for_update().get(pk=session.pk)
    year = uk_date(session.closes_at).year + 1
    name = name_in_the_next_year(session.name, year)
    there = StepSession.objects.filter(name=name) | StepSession.objects.filter(closes_at__year=year)
    raise_if_any(filter(None, [year_has_no_session(name, list(there.values_list("name", flat=True)))]))
    copy = StepSession.objects.create(
        name=name,
        opens_at=same_time_next_year(session.opens_at),
        closes_at=same_time_next_year(session.closes_at),
        modified_papers_until=same_time_next_year(session.modified_papers_until),
        results_at=session.results_at and same_time_next_year(session.results_at),
        enquiries_until=session.enquiries_until and same_time_next_year(session.enquiries_until),
        is_published=False,
    )
    SessionPaper.objects.bulk_create(
        SessionPaper(
            session=copy,
            paper=paper.paper,
            code=paper.code,
            starts_at=same_time_next_year(paper.starts_at),
            fee_pence=paper.fee_pence,
        )
        for paper in session.papers.all()
    )
    copy.courses.set(session.courses.all())
    record(by=by, at=at, action="step-session.copied", subjects=[copy], note=f"from {session.name}")
    return copy
