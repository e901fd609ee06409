"""Groups of candidates: made, named, filled, rolled over and deleted. No act here touches a candidate's record."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from core.history import record
from core.refusals import Refusal, Refused, raise_if_any
from core.tabular.reading import read_sheet

from ..models import Candidate, CandidateGroup
from ..rules.groups import name_is_its_own, refusals_of_name, somebody_is_ticked
from ..rules.members import Found, Member, columns_of, file_names_candidates, members_of, place_of_headings


def create_group(*, centre: Any, name: str, by: Any, at: datetime) -> CandidateGroup:
    """A new group without members. Raises Refused where its name is not one, or another group's."""
    return _named(CandidateGroup(centre=centre, created_at=at), name, "candidate-group.created", by, at)


def rename_group(*, group: CandidateGroup, name: str, by: Any, at: datetime) -> CandidateGroup:
    """Give a group another name; the same one changes nothing. Raises Refused like `create_group`."""
    return group if group.name == name else _named(group, name, "candidate-group.renamed", by, at)


@transaction.atomic
def delete_group(*, group: CandidateGroup, by: Any, at: datetime) -> int:
    """Delete a group; how many members it had. Their records stay, and so do their entries."""
    count = group.candidates.count()
    changes = {"name": [group.name, None], "candidates": [_pks(group), []]}
    record(by=by, at=at, action="candidate-group.deleted", subjects=[group], changes=changes, note=group.name)
    group.delete()
    return count


@transaction.atomic
def add_members(*, group: CandidateGroup, candidates: Collection[Candidate], by: Any, at: datetime) -> int:
    """Put candidates of the group's centre into it; how many were not in it before. Raises Refused for nobody."""
    _refuse(somebody_is_ticked(len(candidates)))
    group = _lock(group)
    old = set(_pks(group))
    new = sorted({candidate.pk for candidate in candidates} - old)
    return _record_members(group, "candidate-group.members-added", [[], new], by, at) if new else 0


@transaction.atomic
def remove_members(*, group: CandidateGroup, candidates: Collection[Candidate], by: Any, at: datetime) -> int:
    """Take candidates out of a group; how many were in it. Their records stay. Raises Refused for nobody."""
    _refuse(somebody_is_ticked(len(candidates)))
    group = _lock(group)
    gone = sorted({candidate.pk for candidate in candidates} & set(_pks(group)))
    return _record_members(group, "candidate-group.members-removed", [gone, []], by, at) if gone else 0


@transaction.atomic
def roll_over(
    *, group: CandidateGroup, name: str, candidates: Collection[Candidate], by: Any, at: datetime
) -> CandidateGroup:
    """A new group of those members of a group who move on; the old one stays as it is.

    Raises Refused for nobody, and where the name is not one, or another group's; then nothing has changed.
    """
    members = set(_pks(group))
    moving = [candidate for candidate in candidates if candidate.pk in members]
    others = group.centre.candidate_groups.values_list("name", flat=True)
    ticked = somebody_is_ticked(len(moving))
    raise_if_any([*refusals_of_name(name, others), *([ticked] if ticked else [])])
    new = create_group(centre=group.centre, name=name, by=by, at=at)
    add_members(group=new, candidates=moving, by=by, at=at)
    return new


def add_members_from_file(
    *, group: CandidateGroup, content: bytes, file_name: str, by: Any, at: datetime
) -> tuple[int, Found]:
    """Put those whom a file names into a group; how many are new in it, and what is said of the other rows.

    Raises Refused where the file cannot be read or has no column to find candidates by; nobody is then added.
    """
    sheet = read_sheet(content, file_name)
    place = place_of_headings([row.cells for row in sheet.rows])
    columns = columns_of(sheet.rows[place].cells) if sheet.rows else {}
    _refuse(file_names_candidates(columns))
    rows = [(row.number, row.cells) for row in sheet.rows[place + 1 :]]
    candidates = {candidate.pk: candidate for candidate in Candidate.objects.active().filter(centre=group.centre)}
    found = members_of(rows, columns, map(_member, candidates.values()))
    new = [candidates[pk] for pk in found.members]
    return (add_members(group=group, candidates=new, by=by, at=at) if new else 0), found


def _named(group: CandidateGroup, name: str, action: str, by: Any, at: datetime) -> CandidateGroup:
    others = group.centre.candidate_groups.exclude(pk=group.pk).values_list("name", flat=True)
    raise_if_any(refusals_of_name(name, others))
    changes, group.name = {"name": [group.name or None, name]}, name
    try:
        with transaction.atomic():
            group.save()
            record(by=by, at=at, action=action, subjects=[group], changes=changes)
    except IntegrityError:  # a colleague was quicker
        _refuse(name_is_its_own(name, others.all()))
        raise
    return group


def _lock(group: CandidateGroup) -> CandidateGroup:
    return CandidateGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)


def _pks(group: CandidateGroup) -> list[int]:
    return list(group.candidates.order_by("pk").values_list("pk", flat=True))


def _record_members(group: CandidateGroup, action: str, pair: list[list[int]], by: Any, at: datetime) -> int:
    gone, new = pair
    group.candidates.remove(*gone)
    group.candidates.add(*new)
    record(by=by, at=at, action=action, subjects=[group], changes={"candidates": pair})
    return len(gone) + len(new)


def _member(candidate: Candidate) -> Member:
    return Member(
        id=candidate.pk,
        name=str(candidate),
        person_key=candidate.person_key,
        date_of_birth=candidate.date_of_birth,
        uci=candidate.uci,
        ocr_number=candidate.ocr_number,
    )


def _refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused([refusal])
