"""Candidates: the list, one record, records that may be one person, and groups."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from candidates.models import Candidate, CandidateGroup
from candidates.rules.identifiers import read_uci
from candidates.services import correct_candidate, person_of, tell_apart
from core.tabular.writing import as_csv
from tests.browser.pages import press
from tests.browser.states.world import World, state
from tests.factories.candidates import CandidateFactory, GroupFactory

LONG = "Wolfeschlegelsteinhausen-Bergerdorff"
GROUP = "Year 12 Business, the second set of the morning (Mrs Marsh)"


def page_of(world: World, name: str, *keys: Any, person: str = "officer", query: str = "") -> None:
    world.open(reverse(f"candidates:{name}", args=keys) + query, person=person)


def people(world: World, count: int = 3, **fields: Any) -> list[Candidate]:
    return CandidateFactory.create_batch(count, centre=world.centre, **fields)


def known(world: World, **fields: Any) -> Candidate:
    """Somebody with every identifier."""
    all_of_them = {"uci": read_uci("611111270001"), "uln": "1000000078", "ocr_number": "12345678"}
    return CandidateFactory(centre=world.centre, last_name=LONG, **(all_of_them | fields))


def twins(world: World) -> tuple[Candidate, Candidate]:
    """Two records of one name and date of birth, which differ in other details."""
    one = CandidateFactory(centre=world.centre, last_name="Jones", uci=read_uci("611111270001"), ucas_id="1234567890")
    other = CandidateFactory(centre=world.centre, last_name="Jones", middle_names="Mary", ocr_number="12345678")
    return one, other


def group_of(world: World, *members: Candidate) -> CandidateGroup:
    return GroupFactory(centre=world.centre, name=GROUP, members=members)


@state
def candidates(world: World) -> None:
    people(world, 24)
    group_of(world, known(world, candidate_number="0042", numbered_in=2026))
    page_of(world, "list")


@state
def candidates_nobody_found(world: World) -> None:
    people(world)
    page_of(world, "list", query="?search=Zeppelin&added=today")


@state
def candidate_new_asks(world: World) -> None:
    one, _ = twins(world)
    page_of(world, "new")
    world.page.get_by_label("Forename").fill("Ann")
    world.page.get_by_label("Surname").fill("Jones")
    world.page.get_by_label("Date of birth").fill("4 March 2009")
    world.page.get_by_label("Female").check()
    world.page.get_by_label("UCI").fill(one.uci)
    press(world.page, "Add candidate")


@state
def candidate_record(world: World) -> None:
    one, _ = twins(world)
    third = CandidateFactory(centre=world.centre, last_name="Jones")
    group_of(world, one)
    at = timezone.now()
    tell_apart(one=one, other=third, by=world.officer, at=at)
    person = person_of(one, 2026)
    changed = person.__class__(**vars(person) | {"date_of_birth": date(2009, 4, 3)})
    correct_candidate(candidate=one, person=changed, ucas_id=one.ucas_id, by=world.officer, at=at)
    correct_candidate(candidate=one, person=person, ucas_id=one.ucas_id, by=world.officer, at=at)
    page_of(world, "candidate", one.key)


@state
def candidate_edit_errors(world: World) -> None:
    one = known(world, candidate_number="0042", numbered_in=2020)
    page_of(world, "candidate-edit", one.key)
    world.page.get_by_label("Surname").fill("Sm1th")
    world.page.get_by_label("UCI").fill(one.uci[:-1] + ("A" if one.uci[-1] != "A" else "B"))
    world.save_changes()


@state
def candidate_clashes(world: World) -> None:
    twins(world)
    people(world, 1, last_name=LONG, date_of_birth=date(2009, 3, 4))
    people(world, 1, last_name=LONG, date_of_birth=date(2009, 4, 3))
    page_of(world, "clashes")


@state
def candidate_merge_errors(world: World) -> None:
    one, other = twins(world)
    Candidate.objects.filter(pk=other.pk).update(date_of_birth=date(2009, 4, 3), uci=read_uci("611111270002"))
    page_of(world, "merge", one.key, other.key)
    press(world.page, "Make one record of both")


@state
def candidate_group(world: World) -> None:
    group_of(world, *people(world), known(world))
    page_of(world, "group", CandidateGroup.objects.get().key)


@state
def candidate_group_add(world: World) -> None:
    group = group_of(world, *people(world))
    people(world)
    page_of(world, "group-add", group.key)
    press(world.page, "Add those ticked")


@state
def candidate_group_file(world: World) -> None:
    one, _ = twins(world)
    page_of(world, "group-file", group_of(world).key)
    rows = [
        ["Smith", "Nobody", "04/03/2009", ""],
        ["Jones", "Ann", "04/03/2009", ""],
        ["", "", "", one.uci],
        ["", "", "", f"{one.uci[:-1]}Z"],
    ]
    content = as_csv("", ["Surname", "Forename", "Date of birth", "UCI"], rows)
    world.page.set_input_files("#id_file", {"name": "year 12.csv", "mimeType": "", "buffer": content})
    press(world.page, "Add those in the file")


@state
def candidate_group_roll_over(world: World) -> None:
    group = group_of(world, *people(world), known(world))
    page_of(world, "group-roll-over", group.key)
    world.page.get_by_label("Name of the group").fill(GROUP)
    press(world.page, "Make the new group")
