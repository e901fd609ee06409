"""Mending rows: what is typed is kept and judged, what the file had stays."""

import pytest

from step_entries.kinds import STEP_CANDIDATES
from tests.factories.uploads import candidate_row, upload_of
from uploads.enums import RowState
from uploads.rules.rows import Change
from uploads.services import judge, save_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(session, centre, officer, now):
    return upload_of([candidate_row(0), candidate_row(1, ucas_id="12")], centre=centre, by=officer, at=now)


@pytest.fixture
def save(upload, officer, now):
    def save_these(cells=None, **moves):
        changes = {
            number: {slug: Change(*texts) for slug, texts in of_row.items()} for number, of_row in (cells or {}).items()
        }
        return save_rows(upload=upload, kind=STEP_CANDIDATES, cells=changes, by=officer, at=now, **moves)

    return save_these


def judged(upload, now):
    return judge(upload=upload, kind=STEP_CANDIDATES, at=now)


def row(upload, number):
    return upload.rows.get(number=number)


def test_a_mended_cell_is_judged_anew_and_the_file_stays_as_it_was(upload, save, now):
    assert [r.row.number for r in judged(upload, now).to_mend] == [3]

    assert save({3: {"ucas_id": ("12", "1234567890")}}) == 1

    assert len(judged(upload, now).ready) == 2
    assert row(upload, 3).cells[4] == "12"


def test_what_is_typed_is_kept_right_or_wrong(upload, save, now):
    save({3: {"ucas_id": ("12", "123"), "first_name": ("Ann", "=Ann")}})

    [to_mend] = judged(upload, now).to_mend
    assert to_mend.typed.answers["ucas_id"] == "123"
    assert [refusal.code for refusal in to_mend.verdict.refusals] == ["UCAS-01", "NAME-03"]


def test_a_cell_that_was_not_changed_on_the_page_does_not_undo_a_colleagues_mending(upload, save):
    save({3: {"ucas_id": ("12", "1234567890")}})

    save({3: {"ucas_id": ("12", "12"), "first_name": ("Ann", "Bea")}})

    assert row(upload, 3).mended == {"ucas_id": "1234567890", "first_name": "Bea"}


def test_a_cell_can_be_emptied(upload, save, now):
    save({3: {"ucas_id": ("12", "")}})

    assert len(judged(upload, now).ready) == 2


def test_only_columns_and_questions_can_be_typed_into(upload, save):
    assert save({3: {"papers": ("x", "STEP 2"), "number": ("1", "S00001"), "age_is_right": ("", "2009-03-04")}}) == 1

    assert row(upload, 3).mended == {"papers": "STEP 2", "age_is_right": "2009-03-04"}


def test_a_row_is_set_aside_and_brought_back_with_what_was_typed(upload, save, now):
    save({3: {"first_name": ("Ann", "Bea")}}, aside={3})
    assert row(upload, 3).state == RowState.SET_ASIDE
    assert judged(upload, now).to_mend == []

    save(back={3})

    assert row(upload, 3).state == RowState.OPEN
    assert judged(upload, now).to_mend[0].verdict.title == "Bea Smithb"


def test_an_entered_row_is_never_changed(upload, save):
    upload.rows.filter(number=2).update(state=RowState.ENTERED, reference="S00009")

    assert save({2: {"first_name": ("Ann", "Bea")}}, aside={2}, back={2}) == 0


def test_rows_that_do_not_exist_are_left_out(save):
    assert save({99: {"first_name": ("", "Bea")}}, aside={98}, back={97}) == 0


def test_upload_08_a_formula_is_told_until_something_is_typed_instead(session, centre, officer, now):
    rows = [["=1+1", *candidate_row()[1:]]]
    from tests.core.hostile import xlsx
    from tests.factories.uploads import HEADINGS
    from uploads.services import receive_upload

    upload = receive_upload(
        kind=STEP_CANDIDATES,
        period=STEP_CANDIDATES.periods(centre, now)[0],
        centre=centre,
        file_name="step.xlsx",
        content=xlsx([HEADINGS, *rows]),
        by=officer,
        at=now,
    )
    [to_mend] = judged(upload, now).to_mend
    assert [refusal.code for refusal in to_mend.verdict.refusals] == ["UPLOAD-08"]

    save_rows(
        upload=upload,
        kind=STEP_CANDIDATES,
        cells={2: {"first_name": Change("", "Ann")}},
        by=officer,
        at=now,
    )

    assert len(judged(upload, now).ready) == 1
