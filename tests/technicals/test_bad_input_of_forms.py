"""What a web form is told of 2012 full awards beside units, codes without approval, closed series, missing prices."""

import pytest

from core.refusals import Refused
from technicals.enums import EntryState, PriceKind
from technicals.models import EntryDraft, FeeLine, Registration, Submission, UnitEntry
from technicals.services.forming import judge_draft
from tests.technicals.door_cases import full, unit
from tests.technicals.door_world import (
    CERTIFICATE,
    EXTENDED,
    JANUARY,
    OF_2012,
    OF_2012_TOO,
    OVER,
    TOP_UP,
    UNAPPROVED,
    approval_ends,
    days_of,
    registered,
    without_price,
    world_of,
)
from tests.technicals.doors import WebForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(centre, officer, now):
    return world_of(centre, officer, now)


@pytest.fixture
def form(world):
    """A web form for the candidate, filled in; what stands at the centre is made first."""

    def begin(case):
        for give in case.given:
            give(world)
        return WebForm(case, world, [world.candidate])

    return begin


def refused(door):
    """The codes by which a form is refused as a whole and for its candidate; and nothing is entered."""
    before = [model.objects.count() for model in (Submission, Registration, UnitEntry, FeeLine, EntryDraft)]
    with pytest.raises(Refused) as told:
        door.submit(door.told().accept)
    assert [model.objects.count() for model in (Submission, Registration, UnitEntry, FeeLine, EntryDraft)] == before
    [verdict] = door.told().verdicts
    return [refusal.code for refusal in (*told.value.refusals, *verdict.refusals)]


@pytest.mark.parametrize("code", [OF_2012, OF_2012_TOO], ids=["same size", "another size"])
@pytest.mark.parametrize("first", ["full award", "units"])
def test_both_01_two_forms_for_a_full_award_and_units_of_2012_are_not_both_submitted(first, code, form):
    of_units, of_award = unit("units", "", code=OF_2012), full("award", "", code=code)
    earlier, later = (of_award, of_units) if first == "full award" else (of_units, of_award)
    form(earlier).submit("")

    assert refused(form(later)) == ["FORM-10", "BOTH-01"]


def test_both_01_forms_begun_side_by_side_are_judged_again_when_the_second_is_submitted(form):
    of_units, of_award = form(unit("units", "", code=OF_2012)), form(full("award", "", code=OF_2012))

    ready = [door.told().verdicts[0].refusals for door in (of_units, of_award)]
    of_award.submit("")

    assert ready == [(), ()]
    assert refused(of_units) == ["FORM-10", "BOTH-01"]


def test_code_02_a_code_for_which_there_is_no_approval_is_refused(form):
    assert refused(form(full("award", "", code=UNAPPROVED))) == ["FORM-10", "CODE-02"]


def test_code_02_an_approval_that_ended_while_the_form_was_filled_in_is_told(form, world):
    door = form(full("award", ""))

    approval_ends(subject="Business")(world)

    assert refused(door) == ["FORM-10", "CODE-02"]


def test_series_02_a_closed_series_is_refused_and_another_one_can_be_chosen(form, world):
    door = form(unit("units", "", registered(CERTIFICATE), series=OVER))

    closed = refused(door)
    EntryDraft.objects.update(series=world.series[JANUARY])
    door.draft.refresh_from_db()
    door.submit("")

    assert closed == ["FORM-10", "SERIES-02"]
    assert UnitEntry.objects.get().series == world.series[JANUARY]


def test_series_02_a_series_that_closed_while_the_form_was_filled_in_is_told(form, world):
    door = form(unit("units", "", registered(CERTIFICATE)))

    days_of(JANUARY, opens_on=-9, entry_deadline=-8, late_until=-1)(world)
    door.draft.refresh_from_db()

    assert refused(door) == ["FORM-10", "SERIES-02"]


def test_a_missing_price_is_on_invoice_and_never_nothing(form, world):
    door = form(full("award", "", without_price(PriceKind.REGISTRATION)))

    preview = judge_draft(door.draft, world.now).preview
    door.submit("")

    assert preview.lines == (("Registration", "1", "on invoice", "on invoice"),)
    assert preview.total == "1 line on invoice"
    assert preview.notes == ("What is on invoice has no price in the portal yet; it is not free.",)
    assert [(line.amount, line.invoice) for line in FeeLine.objects.all()] == [(None, None)]


def test_a_registration_by_one_form_counts_as_processed_for_the_units_of_the_next(form):
    form(full("award", "", code=CERTIFICATE)).submit("")
    form(unit("units", "")).submit("")

    assert (Registration.objects.get().qualification.code, UnitEntry.objects.get().unit.number) == (CERTIFICATE, 1)


def test_a_top_up_by_form_follows_the_registration_of_another_form(form):
    form(full("award", "", code=CERTIFICATE)).submit("")
    form(full("top-up", "", code=TOP_UP)).submit("")
    again = form(full("award", "", code=EXTENDED))

    top_up, before = Registration.objects.order_by("-pk")
    assert (top_up.follows, top_up.state, before.state) == (before, EntryState.LIVE, EntryState.TOPPED_UP)
    assert refused(again) == ["FORM-11"]
