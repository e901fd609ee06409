"""What is due, from facts: a session of 2027, and what a centre has in it."""

from dataclasses import replace
from datetime import UTC, datetime

from reports.queries import Breakdown, due_of_requests, due_of_step, soonest_first
from requests_forms.queries import Waiting
from requests_forms.rules import EntryDates, PaperDate
from step_entries.enums import PAPERS_OF, Combination
from step_entries.models import StepSession

OPENS = datetime(2027, 3, 1, tzinfo=UTC)
MODIFIED = datetime(2027, 4, 21, 22, 59, tzinfo=UTC)
CLOSES = datetime(2027, 5, 4, 22, 59, tzinfo=UTC)
SESSION = StepSession(name="June 2027", opens_at=OPENS, closes_at=CLOSES, modified_papers_until=MODIFIED)
NOTHING = Breakdown(total=0, by_papers=[], by_status=[], overdue=0, without_ucas_id=0, withdrawn=0)
STEP_2 = PaperDate("step-2", "STEP 2", datetime(2027, 6, 3, 12, 30, tzinfo=UTC))
STEP_3 = PaperDate("step-3", "STEP 3", datetime(2027, 6, 9, 12, 30, tzinfo=UTC))
RESULTS = datetime(2027, 8, 12, 7, tzinfo=UTC)


def dates_of(papers, window=SESSION.window):
    return EntryDates(
        registration=window,
        modified_papers_until=MODIFIED,
        papers=tuple(paper for paper in (STEP_2, STEP_3) if paper.paper in PAPERS_OF[papers]),
        results_at=RESULTS,
        nation="england-and-wales",
    )


def due(at, drafts=0, rows=0, window=SESSION.window, requests=None, **counts):
    requests = requests or Waiting()
    things = due_of_step(
        session=SESSION,
        window=window,
        breakdown=replace(NOTHING, **counts),
        drafts=drafts,
        rows=rows,
        requests=requests,
        dates={papers: dates_of(papers, window) for papers in Combination},
        at=at,
    )
    return soonest_first([*things, *due_of_requests(requests)], at)
