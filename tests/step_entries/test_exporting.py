"""The entries of a session, exported for the old chain."""

import pytest

from core.history import history_of
from step_entries.enums import EntryStatus, Exported
from step_entries.services import (
    export_entries,
)
from tests.factories.candidates import CandidateFactory
from tests.factories.step_entries import StepEntryFactory

# --- exporting --------------------------------------------------------------------------------------------------------


@pytest.fixture
def entries(session, centre, now):
    """A confirmed entry with accents in its name, one that waits, and one that was withdrawn."""
    ann = CandidateFactory(centre=centre, first_name="Zoë", last_name="O'Neil", plain_first_name="Zoe")
    shared = {"session": session, "centre": centre}
    StepEntryFactory(
        **shared,
        number="S00001",
        candidate=ann,
        plain_last_name="ONeil",
        ucas_id="0123456789",
        status=EntryStatus.CONFIRMED,
        confirmed_at=now,
    )
    StepEntryFactory(**shared, number="S00002")
    StepEntryFactory(**shared, number="S00003", status=EntryStatus.WITHDRAWN, withdrawn_at=now)
    StepEntryFactory()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        (Exported.CONFIRMED, ["S00001"]),
        (Exported.LIVE, ["S00001", "S00002"]),
        (Exported.ALL, ["S00001", "S00002", "S00003"]),
    ],
)
def test_the_entries_asked_for_are_exported_and_noted(session, entries, staff, now, which, numbers):
    rows = export_entries(session=session, which=which, form="csv", by=staff, at=now)

    assert [row[0] for row in rows] == numbers
    line = history_of(session).get()
    assert (line.by, line.at, line.action) == (staff, now, "step-session.exported")
    assert line.note == f"{len(numbers)} entries as .csv: {which.label}"


@pytest.mark.django_db
def test_names_are_exported_in_their_plain_form_and_everything_as_text(session, entries, staff, now):
    [row] = export_entries(session=session, which=Exported.CONFIRMED, form="csv", by=staff, at=now)

    assert row == [
        "S00001", "61111", "Zoe", "ONeil", "04/03/2009", "Female", "0123456789", "STEP 2 and STEP 3", "CONFIRMED",
    ]  # fmt: skip


@pytest.mark.django_db
def test_an_export_costs_the_same_queries_for_3_and_for_300_entries(session, staff, now, django_assert_num_queries):
    for count in (3, 297):
        StepEntryFactory.create_batch(count, session=session)
        with django_assert_num_queries(4):  # two of them are the savepoint of the transaction
            export_entries(session=session, which=Exported.ALL, form="csv", by=staff, at=now)
