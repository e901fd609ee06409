"""Web forms while they are filled in: begun, candidates, options, cancelled."""

from datetime import timedelta

import pytest

from candidates.models import Candidate
from candidates.rules.people import read_person
from core.refusals import Refused
from technicals.enums import EntryOption
from technicals.models import DraftEntry, EntryDraft, Qualification
from technicals.services import drafts as services
from tests.factories.candidates import CandidateFactory
from tests.technicals.conftest import MOVE_DOWN, TOP_UP
from tests.technicals.form_pages import begun, ids

pytestmark = pytest.mark.django_db
DETAILS = {"first_name": "Ben", "last_name": "Late", "date_of_birth": "02/03/2009", "gender": "male"}


def codes_of(act, **arguments):
    """The codes of the reasons for which an act is refused."""
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [refusal.code for refusal in refused.value.refusals]


def options(draft):
    return [(entry.option, entry.units) for entry in draft.entries.all()]


def test_a_form_is_begun_with_people_on_it(january, officer, centre, now):
    ann = CandidateFactory(centre=centre)
    code = Qualification.objects.get(code="05835")

    draft = services.start_draft(
        centre=centre, qualification=code, series=january, candidates=[ann], by=officer, at=now
    )

    assert (draft.started_by, draft.changed_at, draft.series) == (officer, now, january)
    assert [entry.candidate for entry in draft.entries.all()] == [ann]


def test_candidates_are_added_once_and_only_those_of_the_centre(january, officer, centre, other_centre, now):
    draft = begun(officer, count=1)
    ann, ben = CandidateFactory.create_batch(2, centre=centre)
    theirs = CandidateFactory(centre=other_centre)

    first = services.add_candidates(draft=draft, candidates=[ann, theirs], at=now)
    second = services.add_candidates(draft=draft, candidates=[ann, ben], at=now)

    assert (first, second) == (1, 1)
    assert draft.entries.count() == 3


def test_a_form_that_would_be_too_long_takes_nobody(january, officer, centre, now, monkeypatch):
    monkeypatch.setattr("technicals.rules.form.MOST_CANDIDATES", 3)
    draft = begun(officer, count=2)

    found = codes_of(
        services.add_candidates, draft=draft, candidates=CandidateFactory.create_batch(2, centre=centre), at=now
    )

    assert found == ["FORM-08"]
    assert draft.entries.count() == 2


def test_somebody_new_is_registered_and_put_onto_the_form_at_once(january, officer, centre, now):
    draft = begun(officer, count=1)
    person, _ = read_person(DETAILS)

    ben = services.add_new_candidate(draft=draft, person=person, by=officer, at=now)

    assert (ben.centre, str(ben)) == (centre, "Ben Late")
    assert draft.entries.filter(candidate=ben).count() == 1


def test_nobody_is_registered_where_the_form_is_full(january, officer, now, monkeypatch):
    monkeypatch.setattr("technicals.rules.form.MOST_CANDIDATES", 1)
    draft = begun(officer, count=1)
    person, _ = read_person(DETAILS)

    assert codes_of(services.add_new_candidate, draft=draft, person=person, by=officer, at=now) == ["FORM-08"]
    assert Candidate.objects.filter(last_name="Late").count() == 0


def test_only_lines_of_the_form_are_removed(january, officer, now):
    draft, other = begun(officer), begun(officer)

    count = services.remove_candidates(draft=draft, entries=[ids(draft)[0], ids(other)[0]], at=now)

    assert (count, draft.entries.count(), other.entries.count()) == (1, 1, 2)


def test_an_option_is_given_to_those_who_are_ticked(january, officer, now):
    draft = begun(officer, count=3)
    first, second, _ = ids(draft)

    services.apply_option(draft=draft, entries=[first], option=EntryOption.FULL, at=now)
    services.apply_option(draft=draft, entries=[second], option=EntryOption.UNITS, units=[9, 1, 1], at=now)

    assert options(draft) == [("full", []), ("units", [1, 9]), ("", [])]


def test_units_that_are_ticked_beside_a_full_award_are_no_full_award(january, officer, now):
    draft = begun(officer, count=1)

    refused = codes_of(
        services.apply_option, draft=draft, entries=ids(draft), option=EntryOption.FULL, units=[1], at=now
    )

    assert refused == ["FORM-16"]
    assert options(draft) == [("", [])]


def test_everything_against_an_option_is_said_at_once_and_nothing_changes(january, officer, now):
    draft = begun(officer, count=1, option=EntryOption.FULL)

    too_many = codes_of(
        services.apply_option, draft=draft, entries=[], option=EntryOption.UNITS, units=[1, 2, 3, 9], at=now
    )
    nothing = codes_of(services.apply_option, draft=draft, entries=[], option="", at=now)

    assert (too_many, nothing) == (["FORM-03", "FORM-05"], ["FORM-06", "FORM-05"])
    assert options(draft) == [("full", [])]


def test_a_top_up_code_takes_no_units(january, officer, now):
    draft = begun(officer, count=1, code=TOP_UP)

    found = codes_of(
        services.apply_option, draft=draft, entries=ids(draft), option=EntryOption.UNITS, units=[1], at=now
    )

    assert found == ["FORM-12"]


def test_a_moving_down_is_applied_with_the_declaration_for_each_by_name(january, officer, now):
    draft = begun(officer, count=1, code=MOVE_DOWN)
    arguments = {"draft": draft, "entries": ids(draft), "option": EntryOption.FULL, "at": now}

    assert codes_of(services.apply_option, **arguments) == ["FORM-15"]
    services.apply_option(**arguments, is_declared=True)

    entry = draft.entries.get()
    assert entry.declared.startswith(f"{MOVE_DOWN} for {entry.candidate}")


def test_with_another_code_options_are_chosen_anew_and_with_another_series_they_stay(january, officer, now):
    draft = begun(officer, count=1, option=EntryOption.FULL)

    services.change_assessment(draft=draft, qualification=draft.qualification, series=None, at=now)
    assert options(draft) == [("full", [])]
    services.change_assessment(draft=draft, qualification=Qualification.objects.get(code="05836"), series=None, at=now)

    assert options(draft) == [("", [])]


def test_the_next_step_is_there_when_the_last_one_is_done(january, officer):
    empty, half, done = begun(officer, count=0), begun(officer, count=1), begun(officer, count=1, option="full")

    assert codes_of(services.check_candidates, draft=empty) == ["FORM-01"]
    assert codes_of(services.check_options, draft=empty, ticked=0) == ["FORM-01"]
    assert codes_of(services.check_options, draft=half, ticked=2) == ["FORM-14", "FORM-02"]
    services.check_candidates(draft=half)
    services.check_options(draft=done, ticked=0)


def test_the_order_number_is_kept_as_typed_and_a_long_one_is_cut(january, officer, now):
    draft = begun(officer)

    services.set_order_number(draft=draft, order_number="  =PO 17 " + "x" * 90, at=now)

    kept = EntryDraft.objects.get().order_number
    assert (kept[:6], len(kept)) == ("=PO 17", services.LONGEST_KEPT)


@pytest.mark.parametrize(
    "act",
    [
        lambda draft, at: services.add_candidates(draft=draft, candidates=[], at=at),
        lambda draft, at: services.remove_candidates(draft=draft, entries=[], at=at),
        lambda draft, at: services.apply_option(draft=draft, entries=[], option="full", at=at),
        lambda draft, at: services.set_order_number(draft=draft, order_number="", at=at),
        lambda draft, at: services.change_assessment(
            draft=draft, qualification=draft.qualification, series=None, at=at
        ),
    ],
    ids=["add", "remove", "apply", "order-number", "assessment"],
)
def test_a_form_that_was_cancelled_meanwhile_is_not_changed(act, january, officer, now):
    draft = begun(officer)
    services.cancel_draft(draft=EntryDraft.objects.get())

    assert codes_of(act, draft=draft, at=now) == ["FORM-09"]


def test_a_cancelled_form_leaves_the_records_and_cancelling_twice_is_no_error(january, officer):
    draft = begun(officer)

    services.cancel_draft(draft=draft)
    services.cancel_draft(draft=draft)

    assert (EntryDraft.objects.count(), DraftEntry.objects.count(), Candidate.objects.count()) == (0, 0, 2)


def test_forms_that_nobody_changed_for_thirty_days_are_deleted(january, officer, now):
    old, young = begun(officer), begun(officer)
    EntryDraft.objects.filter(pk=old.pk).update(changed_at=now - timedelta(days=30, seconds=1))
    EntryDraft.objects.filter(pk=young.pk).update(changed_at=now - timedelta(days=30))

    assert services.purge_drafts(at=now) == 1
    assert EntryDraft.objects.get() == young
