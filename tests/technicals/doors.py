"""The two doors by which a centre enters: its candidates typed into a spreadsheet, or ticked on a web form."""

from collections.abc import Sequence
from dataclasses import dataclass

from candidates.enums import Gender
from candidates.models import Candidate
from candidates.rules.people import academic_year
from core.moments import uk_date
from core.refusals import Refusal
from technicals.enums import EntryOption
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import Qualification
from technicals.services.drafts import add_candidates, apply_option, start_draft
from technicals.services.forming import judge_draft, submit_draft
from tests.factories.technicals_files import sheet
from tests.technicals.door_cases import Case
from tests.technicals.door_world import NO_SERIES, World
from uploads.rules.kinds import Verdict
from uploads.services import Judgement, enter_queued, judge, receive_upload, submit_upload

LABELS = dict(Gender.choices)
AS_STORED = ("last_name", "first_name", "middle_names", "uci", "uln", "ocr_number")
ORDER = "PO 7"


@dataclass(frozen=True)
class Told:
    """What a door says: of everything, and of each candidate; and what would have to be accepted."""

    blocked: list[Refusal]
    verdicts: list[Verdict]
    accept: str


class Spreadsheet:
    """The candidates' records typed into a file, row by row."""

    def __init__(self, case: Case, world: World, candidates: Sequence[Candidate], order: str = ORDER) -> None:
        for each in candidates:
            each.refresh_from_db()
        self.world, title = world, str(world.series.get(case.series, ""))
        offered = {period.title: period for period in TECHNICALS_ENTRIES.periods(world.centre, world.now)}
        period = offered.get(title) or next(iter(offered.values()))
        series = "" if title == period.title or case.series == NO_SERIES else title
        of_entry = {"scheme_code": case.code, "series": series}
        of_entry |= {f"unit_{place}": str(number) for place, number in enumerate(case.units, start=1)}
        content = sheet([self._typed(each) | of_entry for each in candidates])
        who = {"centre": world.centre, "by": world.officer, "at": world.now}
        self.upload = receive_upload(
            kind=TECHNICALS_ENTRIES, period=period, file_name="a.csv", content=content, order_number=order, **who
        )
        if case.is_declared:
            [row] = self.judged.open_rows
            asked = next(each for each in row.verdict.refusals if each.confirm_with)
            self.upload.rows.update(mended={asked.confirm_with: asked.confirm_as})

    def _typed(self, candidate: Candidate) -> dict[str, str]:
        year = academic_year(uk_date(self.world.now))
        number = candidate.candidate_number if candidate.numbered_in == year else ""
        return {name: getattr(candidate, name) for name in AS_STORED} | {
            "date_of_birth": f"{candidate.date_of_birth:%d/%m/%Y}",
            "gender": LABELS[candidate.gender],
            "candidate_number": number,
        }

    @property
    def judged(self) -> Judgement:
        """The file as it stands now."""
        return judge(upload=self.upload, kind=TECHNICALS_ENTRIES, at=self.world.now)

    def told(self) -> Told:
        """What is said of it now."""
        judged = self.judged
        ready = TECHNICALS_ENTRIES.preview([row.verdict for row in judged.ready])
        return Told(list(judged.refusals), [row.verdict for row in judged.open_rows], ready.accept_as)

    def submit(self, accepted: str) -> None:
        """Submit it as it stands, and have it entered."""
        seen = {"seen": self.judged.fingerprint, "accepted": accepted}
        submit_upload(upload=self.upload, kind=TECHNICALS_ENTRIES, by=self.world.officer, at=self.world.now, **seen)
        assert enter_queued(upload_pk=self.upload.pk, at=self.world.now)


class WebForm:
    """The candidates ticked, and given their entry option."""

    def __init__(self, case: Case, world: World, candidates: Sequence[Candidate], order: str = ORDER) -> None:
        self.world, self.order = world, order
        code, at = Qualification.objects.get(code=case.code), world.now
        series = world.series.get(case.series)
        self.draft = start_draft(centre=world.centre, qualification=code, series=series, by=world.officer, at=at)
        add_candidates(draft=self.draft, candidates=candidates, at=at)
        apply_option(
            draft=self.draft,
            entries=list(self.draft.entries.values_list("pk", flat=True)),
            option=EntryOption.UNITS if case.units else EntryOption.FULL,
            units=case.units,
            is_declared=case.is_declared,
            at=at,
        )

    def told(self) -> Told:
        """What is said of it now."""
        judged = judge_draft(self.draft, self.world.now)
        return Told(list(judged.blocked), [line.verdict for line in judged.lines], judged.preview.accept_as)

    def submit(self, accepted: str) -> None:
        """Submit it as it stands, and have it entered."""
        seen = judge_draft(self.draft, self.world.now).fingerprint
        who = {"centre": self.world.centre, "by": self.world.officer, "at": self.world.now}
        submit_draft(key=self.draft.key, seen=seen, accepted=accepted, order_number=self.order, **who)
