"""Making one record of two, with all that hangs on them."""

from datetime import date

import pytest

from candidates.models import Candidate, CandidatesDiffer
from candidates.rules import merging as merging_rules
from candidates.rules.details import CELLS
from candidates.rules.merging import Mover
from candidates.services import merge_candidates, tell_apart
from core.history import history_of
from core.models import HistoryEntry
from core.refusals import Refusal, Refused
from step_entries.enums import EntryStatus
from tests.factories.candidates import CandidateFactory, GroupFactory
from tests.factories.step_entries import SessionFactory, StepEntryFactory

pytestmark = pytest.mark.django_db

ONES = {cell.slug: "one" for cell in CELLS}


@pytest.fixture
def pair(centre):
    """Zoë Fox, and Zoe Fox added later."""
    born = {"centre": centre, "last_name": "Fox", "date_of_birth": date(2009, 3, 4)}
    one = CandidateFactory(**born, first_name="Zoë", plain_first_name="Zoe", uci="689990980001D")
    return one, CandidateFactory(**born, first_name="Zoe", uln="1234567899")


@pytest.fixture
def merge(officer, now):
    def act(one, other, stays="one", chosen=ONES, **more):
        return merge_candidates(one=one, other=other, stays=stays, chosen=chosen, by=officer, at=now, **more)

    return act


def codes(act, *args, **more):
    with pytest.raises(Refused) as refused:
        act(*args, **more)
    return [refusal.code for refusal in refused.value.refusals]


@pytest.mark.parametrize("stays", ["one", "other"])
def test_the_chosen_record_stays_with_the_chosen_values(merge, pair, stays, officer, now):
    one, other = pair
    chosen = {"first_name": "other", "uci": "one", "uln": "other"}

    kept, moved = merge(one, other, stays, chosen)

    gone = other if stays == "one" else one
    for record in (one, other):
        record.refresh_from_db()
    assert (kept.pk, moved) == ((one if stays == "one" else other).pk, {})
    assert (gone.merged_into, kept.merged_into) == (kept, None)
    assert (kept.first_name, kept.plain_first_name, kept.uci, kept.uln) == ("Zoe", "Zoe", "689990980001D", "1234567899")
    assert list(Candidate.objects.active()) == [kept]


def test_the_history_of_both_says_what_happened(merge, pair, officer, now):
    one, other = pair

    merge(one, other, "one", {"first_name": "one", "uci": "one", "uln": "other"})

    [of_kept], [of_gone] = history_of(one), history_of(other)
    assert (of_kept.action, of_kept.by, of_kept.at, of_kept.note) == ("candidate.merged", officer, now, "Zoe Fox")
    assert of_kept.changes == {"uln": ["", "1234567899"]}
    assert (of_gone.action, of_gone.note, of_gone.changes) == ("candidate.merged-away", "Zoë Fox", {})


def test_the_order_in_which_both_are_named_does_not_matter(merge, pair):
    one, other = pair

    kept, _ = merge(other, one, "one", ONES)

    assert kept == one


def test_a_new_name_gives_a_new_key(merge, centre):
    one = CandidateFactory(centre=centre, last_name="Fox")
    other = CandidateFactory(centre=centre, last_name="Box")

    kept, _ = merge(one, other, "one", {"last_name": "other"})

    assert kept.person_key == "annbox"


def test_groups_are_moved_and_none_twice(merge, pair, centre):
    one, other = pair
    both, only = GroupFactory(centre=centre, members=pair), GroupFactory(centre=centre, members=[other])

    kept, moved = merge(one, other)

    assert moved == {"groups": 2}
    assert [list(group.candidates.all()) for group in (both, only)] == [[kept], [kept]]


def test_step_entries_are_moved_and_keep_their_own_details(merge, pair, centre, officer, now):
    one, other = pair
    entry = StepEntryFactory(centre=centre, candidate=other)
    withdrawn = StepEntryFactory(centre=centre, candidate=other, status=EntryStatus.WITHDRAWN)
    before = (entry.first_name, entry.number, entry.status, entry.version)

    kept, moved = merge(one, other)

    for each in (entry, withdrawn):
        each.refresh_from_db()
    assert moved == {"STEP entries": 2}
    assert (entry.candidate, withdrawn.candidate) == (kept, kept)
    assert (entry.first_name, entry.number, entry.status, entry.version) == before
    [line] = history_of(entry)
    assert (line.action, line.by, line.changes) == (
        "step-entry.candidate-merged", officer, {"candidate": [other.pk, one.pk]},
    )  # fmt: skip


def test_merge_04_two_live_entries_of_one_session_keep_two_records(merge, pair, centre, session):
    one, other = pair
    first = StepEntryFactory(centre=centre, session=session, candidate=one)
    second = StepEntryFactory(centre=centre, session=session, candidate=other, is_different_person=True)

    with pytest.raises(Refused) as refused:
        merge(one, other)

    [refusal] = refused.value.refusals
    assert (refusal.code, refusal.sentence) == (
        "MERGE-04",
        f"Both candidates are entered for STEP, {session}: {first.number} and {second.number}. "
        "If they are one person, withdraw one of the entries first.",
    )
    assert (Candidate.objects.active().count(), HistoryEntry.objects.count()) == (2, 0)


def test_merge_04_entries_of_two_sessions_or_withdrawn_ones_are_those_of_one(merge, pair, centre, session):
    one, other = pair
    StepEntryFactory(centre=centre, session=session, candidate=one)
    StepEntryFactory(centre=centre, session=SessionFactory(), candidate=other)
    StepEntryFactory(centre=centre, session=session, candidate=other, status=EntryStatus.WITHDRAWN)

    kept, moved = merge(one, other)

    assert moved == {"STEP entries": 2}
    assert kept.step_entries.count() == 3


def test_every_relation_of_a_candidate_is_moved_by_somebody():
    kept_here = {"merged", "groups"}
    moved_by_apps = {"step_entries", "registrations", "unit_entries", "requests"}

    named = {
        relation.get_accessor_name() for relation in Candidate._meta.related_objects if relation.related_name != "+"
    }

    assert named == kept_here | moved_by_apps
    movers = [mover.name for mover in merging_rules.movers()]
    assert movers == ["Cambridge Technicals entries", "STEP entries", "requests"]


def test_all_reasons_are_told_at_once_and_nothing_is_changed(merge, pair, monkeypatch):
    one, other = pair
    asked = []

    def refuse(goes, stays):
        asked.append((goes, stays))
        return [Refusal("X-01", "No.")]

    monkeypatch.setattr(merging_rules, "_MOVERS", {})
    merging_rules.register(Mover("things", refuse, lambda goes, stays, by, at: 1))

    assert codes(merge, one, other, "", {"uci": "one"}) == ["MERGE-03", "MERGE-02", "MERGE-02", "X-01"]
    assert asked == [(other.pk, one.pk)]
    assert (Candidate.objects.active().count(), HistoryEntry.objects.count()) == (2, 0)


def test_what_movers_move_is_counted_and_noted(merge, pair, officer, now, monkeypatch):
    one, other = pair
    calls = []
    monkeypatch.setattr(merging_rules, "_MOVERS", {})
    merging_rules.register(Mover("things", lambda goes, stays: [], lambda *told: calls.append(told) or 3))

    _, moved = merge(one, other, "other")

    assert (moved, calls) == ({"things": 3}, [(one, other, officer, now)])
    assert history_of(other).get().note == "Zoë Fox (things: 3)"


def test_a_merged_record_is_not_merged_again(merge, pair, centre):
    one, other = pair
    merge(one, other)

    assert codes(merge, CandidateFactory(centre=centre, first_name="Zoe", last_name="Fox"), other)[0] == "MERGE-01"


def test_records_that_were_merged_before_follow(merge, pair, centre):
    one, other = pair
    earlier = CandidateFactory(centre=centre, merged_into=other)

    merge(one, other)

    earlier.refresh_from_db()
    assert earlier.merged_into == one


def test_a_record_that_was_changed_meanwhile_is_looked_at_again(merge, pair):
    one, other = pair
    seen = (one.fingerprint, other.fingerprint)
    Candidate.objects.filter(pk=other.pk).update(ucas_id="1234567890")

    assert codes(merge, one, other, seen=seen) == ["CLASH-03"]
    other.refresh_from_db()
    merge(one, other, seen=(one.fingerprint, other.fingerprint))
    assert Candidate.objects.active().count() == 1


# --- told apart -------------------------------------------------------------------------------------------------------


def test_that_two_are_two_people_is_remembered_once(pair, officer, now):
    one, other = pair

    answers = [
        tell_apart(one=other, other=one, by=officer, at=now),
        tell_apart(one=one, other=other, by=officer, at=now),
    ]

    assert answers == [True, False]
    assert list(CandidatesDiffer.objects.values_list("one", "other")) == [(one.pk, other.pk)]
    assert [(line.action, line.note) for each in pair for line in history_of(each)] == [
        ("candidate.told-apart", "Zoe Fox"),
        ("candidate.told-apart", "Zoë Fox"),
    ]


def test_who_differs_from_the_record_that_goes_differs_from_the_one_that_stays(merge, pair, centre, officer, now):
    one, other = pair
    early, third, fourth = (
        CandidateFactory(centre=centre),
        CandidateFactory(centre=centre),
        CandidateFactory(centre=centre),
    )
    for each in (third, fourth):
        tell_apart(one=other, other=each, by=officer, at=now)
    tell_apart(one=early, other=third, by=officer, at=now)
    tell_apart(one=one, other=fourth, by=officer, at=now)

    merge(one, other)

    assert set(CandidatesDiffer.objects.values_list("one", "other")) >= {(one.pk, third.pk), (one.pk, fourth.pk)}
    assert not CandidatesDiffer.objects.filter(one=one, other=other).exists()
