"""Good and bad spreadsheets by three writers, each with the verdict that the tables of the corpus give it."""

from collections import Counter
from datetime import timedelta

import pytest

from candidates.models import Candidate
from candidates.rules.people import academic_year
from core.refusals import Refused
from technicals.enums import EntryKind, EntryState, SeriesKind, Suite
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import Series, UnitEntry
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import (
    PriceFactory,
    QualificationFactory,
    RegistrationFactory,
    SubmissionFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    exam_series,
    load_reference,
    registration_series,
    today,
)
from tests.technicals import corpus_entries as entries
from tests.technicals.corpus import FULL, SOFFICE, by_libre_office
from tests.technicals.corpus_cells import CELLS
from tests.technicals.corpus_entries import ENTRIES
from tests.technicals.corpus_files import FILES
from tests.technicals.corpus_layouts import LAYOUTS, PLAIN_TEXTS
from uploads.enums import UploadState
from uploads.services import judge, receive_upload

CORPUS = [*LAYOUTS, *PLAIN_TEXTS, *CELLS, *ENTRIES, *FILES]
BAD_INPUT = {f"B{number}" for number in (*range(1, 14), *range(14, 24))}
DECISIONS = {f"D{number}" for number in range(6, 18)}
needs_soffice = pytest.mark.skipif(not SOFFICE, reason="needs LibreOffice")


@pytest.fixture(scope="session")
def saved_by_libre_office(tmp_path_factory):
    return by_libre_office(CORPUS, tmp_path_factory.mktemp("libre-office"))


@pytest.fixture
def world(centre, now):
    """The centre whose officer uploads the corpus: what it is approved for, and what stands entered."""
    load_reference()
    registration_series()
    exam_series(SeriesKind.JANUARY, 2031)
    opened = {"entry_deadline": today() + timedelta(days=90)}
    exam_series(SeriesKind.JUNE, 2031, **opened)
    over = today() - timedelta(days=200)
    exam_series(SeriesKind.JUNE, 2029, opens_on=over)
    exam_series(SeriesKind.JANUARY, 2033, opens_on=today() + timedelta(days=400))
    PriceFactory()
    _approve(centre)
    _routes()
    _entered(centre)
    return centre


def _approve(centre):
    TechnicalsApprovalFactory(centre=centre)
    TechnicalsApprovalFactory(centre=centre, subject="IT", suite=Suite.OF_2012)
    ended, begins = today() - timedelta(days=1), today() + timedelta(days=1)
    TechnicalsApprovalFactory(centre=centre, subject="Health and Social Care", until=ended)
    TechnicalsApprovalFactory(centre=centre, subject="Digital Media", since=begins)


def _routes():
    for code, kind, before, after in (
        (entries.TOP_UP, EntryKind.TOP_UP, FULL, entries.LARGER),
        (entries.MOVE_DOWN, EntryKind.MOVING_DOWN, entries.LARGER, FULL),
        (entries.RE_ENTRY, EntryKind.RE_ENTRY, "", ""),
    ):
        QualificationFactory(code=code, entry_kind=kind, from_code=before, to_code=after)


def _entered(centre):
    submission = SubmissionFactory(centre=centre, number="CT500000")
    mine = {"centre": centre, "submission": submission}

    def known(who, **more):
        return CandidateFactory(centre=centre, date_of_birth="2009-03-27", **(dict(who) | more))

    ada = known(entries.ADA, candidate_number="0100", numbered_in=academic_year(today()))
    ben, cat, eve, fay = (known(who) for who in (entries.BEN, entries.CAT, entries.EVE, entries.FAY))
    for person, code in ((ada, FULL), (ben, FULL), (ben, entries.OF_2012), (eve, entries.LARGER), (fay, FULL)):
        RegistrationFactory(candidate=person, qualification__code=code, **mine)
    UnitEntryFactory(candidate=ada, series=_series(SeriesKind.JANUARY, 2031), **mine)
    UnitEntryFactory(
        candidate=cat, qualification__code=entries.OF_2012, unit__subject="IT", unit__suite=Suite.OF_2012,
        series=Series.objects.get(kind=SeriesKind.REGISTRATION), **mine,
    )  # fmt: skip
    past = [exam_series(SeriesKind.JUNE, year, opens_on=today() - timedelta(days=300)) for year in (2026, 2027, 2028)]
    for series in past:
        UnitEntryFactory(candidate=eve, qualification__code=entries.LARGER, unit__number=2, series=series, **mine)
    UnitEntryFactory(candidate=fay, unit__number=2, series=past[0], state=EntryState.ABSENT, **mine)
    for uci in ("689990980003V", "689990980004B"):
        known(entries.SAM, uci=uci)


def _series(kind, year):
    return Series.objects.get(kind=kind, year=year)


def verdict(case, content, centre, by, at):
    """What is said of a file: for each row, of its rows' notices, and of itself."""
    [period, *_] = TECHNICALS_ENTRIES.periods(centre, at)
    received = {"centre": centre, "file_name": case.file_name, "content": content, "by": by, "at": at}
    try:
        upload = receive_upload(kind=TECHNICALS_ENTRIES, period=period, **received)
    except Refused as refused:
        return tuple(refusal.code for refusal in refused.refusals), (), ()
    if upload.state == UploadState.HEADINGS:
        return (_to_be_matched(upload),), (), tuple(upload.notes)
    rows = judge(upload=upload, kind=TECHNICALS_ENTRIES, at=at).open_rows
    told = dict.fromkeys(notice for row in rows for notice in row.verdict.notices)
    return tuple(_in_words(row) for row in rows), tuple(told), tuple(upload.notes)


def _to_be_matched(upload):
    unknown = sorted(h for h, slug in zip(upload.headings, upload.mapping, strict=True) if slug is None)
    known = {slug for slug in upload.mapping if slug}
    columns = TECHNICALS_ENTRIES.columns_of_files(upload.centre)
    missing = ", ".join(each.label for each in columns if each.is_required and each.slug not in known)
    return f"match {', '.join([*unknown, *([f'missing {missing}'] if missing else [])])}"


def _in_words(row):
    detail = row.verdict.detail
    if row.is_already_entered:
        return f"already {row.verdict.already}"
    if row.verdict.refusals:
        return " ".join(refusal.code for refusal in row.verdict.refusals)
    if detail.registration:
        return detail.registration.code.code
    title = detail.series.title if detail.series.kind != SeriesKind.REGISTRATION else "Registrations"
    return f"{' '.join(entry.unit.under(entry.code) for entry in detail.unit_entries)} {title}"


@pytest.mark.django_db
@needs_soffice
@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_the_verdict_on_a_file_is_as_tabled(case, world, officer, now, saved_by_libre_office):
    content = saved_by_libre_office[case.name] if case.becomes else case.content()
    before = Candidate.objects.count(), UnitEntry.objects.count()

    told = verdict(case, content, world, officer, now)

    assert told == (case.rows, case.told, case.notes)
    assert (Candidate.objects.count(), UnitEntry.objects.count()) == before


def test_the_corpus_has_120_files_and_more_by_three_writers_about_every_row_of_the_table():
    writers = Counter("LibreOffice" if case.becomes else case.ending for case in CORPUS)

    assert len({case.name for case in CORPUS}) == len(CORPUS) >= 120
    assert all(writers[writer] >= 20 for writer in ("LibreOffice", "xlsx", "xls", "csv"))
    about = {each for case in CORPUS for each in case.about}
    assert about >= BAD_INPUT | DECISIONS
