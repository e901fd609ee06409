"""Every rule gives the same verdict for the spreadsheet and the web form: one table of cases through both doors."""

import re
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import transaction

from candidates.models import Candidate
from core.models import HistoryEntry
from technicals.models import FeeLine, Registration, Submission, UnitEntry
from technicals.rules.form import on_the_form
from tests.factories.candidates import CandidateFactory
from tests.technicals.door_cases import ALREADY, CASES, LIVE, WITHDRAWN, unit
from tests.technicals.door_world import CERTIFICATE, JANUARY, LATE, entered, registered, world_of
from tests.technicals.doors import Spreadsheet, WebForm

pytestmark = pytest.mark.django_db
OF_FILES = re.compile(r"\b(rows?|cells?|files?|upload|spreadsheets?)\b", re.IGNORECASE)
ENTRY = ("submission__number", "candidate_id", "qualification__code", "series_id", "state", "order_number",
         "own_reference", "created_at")  # fmt: skip
"""What registrations and unit entries have in common, but for the number of the row that they come from."""
OF_ENTRIES = ("technicals-registration.", "technicals-unit-entry.", "candidate.")
COLUMNS = {
    Registration: (*ENTRY, "follows__qualification__code", "follows__state", "is_declared", "completion_date"),
    UnitEntry: (*ENTRY, "unit_id", "attempt", "is_late"),
    FeeLine: ("kind", "reason", "amount", "is_sample", "order_number", "created_at", "invoice_id",
              "registration__qualification__code", "unit_entry__unit_id"),
    Candidate: ("pk", "last_name", "uci", "uln", "ocr_number", "candidate_number", "numbered_in"),
}  # fmt: skip


@pytest.fixture
def world(centre, officer, now):
    return world_of(centre, officer, now)


@pytest.fixture
def doors(world):
    """A case as a file and as a form, begun and then overtaken by what happens meanwhile."""

    def begin(case, *others):
        for give in case.given:
            give(world)
        candidates = [world.candidate, *others]
        both = Spreadsheet(case, world, candidates), WebForm(case, world, candidates)
        for happen in case.meanwhile:
            happen(world)
        return both

    return begin


def world_with(world, someone, given):
    """Let this stand of another candidate of the centre."""
    for give in given:
        give(replace(world, candidate=someone))


def reasons(told):
    """Every reason against entering anything."""
    return [*told.blocked, *(refusal for verdict in told.verdicts for refusal in verdict.refusals)]


def in_words(told):
    """What a door says of one candidate, as the table says it."""
    [verdict] = told.verdicts
    refused = [refusal.code for refusal in reasons(told)]
    if refused or verdict.already:
        return " ".join(refused) or ALREADY
    row = verdict.detail
    units = [f"{each.unit.under(each.code)} try {each.attempt} {charged(each)}" for each in row.unit_entries]
    return "; ".join([*([of_registration(row.registration)] if row.registration else []), *units])


def of_registration(plan):
    followed = Registration.objects.filter(pk=plan.follows).values_list("qualification__code", flat=True)
    after = "".join(f", after {code}" for code in followed)
    return f"{plan.code.code} {charged(plan)}{after}{', declared' if plan.is_declared else ''}"


def charged(plan):
    told = [f"{charge.kind} {'on invoice' if charge.price.amount is None else charge.price.amount}"
            for charge in plan.charges]  # fmt: skip
    return " + ".join(told) or "included"


def compared(told):
    """All that has to be the same at both doors: of refusals all but the words for rows, cells and files; how a person
    is shown only where nothing is to mend, because texts that cannot be read stand in a file and not in a record."""
    return [list(map(on_the_form, told.blocked)), told.accept] + [
        (
            list(map(on_the_form, verdict.refusals)),
            verdict.already,
            verdict.title,
            verdict.notices,
            verdict.cost,
            (verdict.detail.registration, verdict.detail.unit_entries, verdict.detail.is_late),
            () if verdict.refusals else (verdict.detail.who, *verdict.in_words),
        )
        for verdict in told.verdicts
    ]


@contextmanager
def world_of_its_own():
    """What is done in it did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def made(door, accepted):
    """Every row that Submit leaves, by its values; it did not happen afterwards."""
    with world_of_its_own():
        before = set(HistoryEntry.objects.values_list("pk", flat=True))
        door.submit(accepted)
        counts = Submission.objects.latest("pk").counts
        history = HistoryEntry.objects.exclude(pk__in=before).order_by("action").values_list("action", "by_id")
        return {
            **{model: sorted(model.objects.values_list(*columns), key=str) for model, columns in COLUMNS.items()},
            "counts": (counts["registrations"], counts["unit_entries"]),
            "history": [each for each in history if each[0].startswith(OF_ENTRIES)],
        }


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_both_doors_say_the_same_and_enter_the_same(case, doors):
    by_file, by_form = doors(case)

    told, told_too = by_file.told(), by_form.told()

    assert (in_words(told), in_words(told_too)) == (case.outcome, case.outcome)
    assert compared(told) == compared(told_too)
    assert [each.sentence for each in reasons(told_too) if OF_FILES.search(each.sentence)] == []
    if not reasons(told) and case.outcome != ALREADY:
        assert made(by_file, told.accept) == made(by_form, told.accept)


def test_the_table_has_a_name_for_each_of_its_cases():
    names = [case.name for case in CASES]

    assert len(set(names)) == len(names) >= 150


def test_a_class_is_told_the_same_person_by_person(doors, world):
    """One who is ready, one who stands entered, one who is not registered, one whose registration was withdrawn."""
    names = ("Cole", "Dunn", "Ember")
    others = [CandidateFactory(centre=world.centre, last_name=name) for name in names]
    for someone, given in zip(others, [(LIVE, entered(series=JANUARY)), (), (registered(CERTIFICATE, WITHDRAWN),)],
                              strict=True):  # fmt: skip
        world_with(world, someone, given)

    by_file, by_form = doors(unit("a class", "", LIVE), *others)
    told, told_too = by_file.told(), by_form.told()

    assert [(verdict.title, [refusal.code for refusal in verdict.refusals], bool(verdict.already))
            for verdict in told_too.verdicts] == [
        ("Ann Bell", [], False),
        ("Ann Cole", [], True),
        ("Ann Dunn", ["REG-01"], False),
        ("Ann Ember", ["REG-01"], False),
    ]  # fmt: skip
    assert compared(told) == compared(told_too)


def test_a_class_is_entered_the_same(doors, world):
    others = [CandidateFactory(centre=world.centre, last_name=name) for name in ("Cole", "Dunn")]
    for someone, given in zip(others, [(LIVE, entered()), (LIVE, entered(series=LATE))], strict=True):
        world_with(world, someone, given)

    by_file, by_form = doors(unit("a class", "", LIVE, series=LATE), *others)
    made_by_file, made_by_form = (made(door, door.told().accept) for door in (by_file, by_form))

    assert made_by_file == made_by_form
    assert made_by_form["counts"] == (0, 2)
    assert sorted(line[0] for line in made_by_form[FeeLine]) == ["late", "late", "resit"]
