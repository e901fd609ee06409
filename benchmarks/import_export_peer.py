"""The same file and rules in django-import-export: resources, and a dry run as its administration does one.

Registrations and unit entries are two models, so the rows go to two resources. It is given less to do than the portal:
a row with two units is checked as one entry, the rules look at the whole file once, and no page is rendered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import Result
from import_export.widgets import CachedForeignKeyWidget, ForeignKeyWidget

from candidates.models import Candidate
from technicals.codecs.template import COLUMNS
from technicals.enums import Channel, SubmissionStatus
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import Qualification, Registration, Submission, Unit, UnitEntry
from technicals.rules.judging import judge_file
from technicals.rules.planning import Row
from technicals.services.facts import facts_for

from .files import FULL_AWARD
from .school import School

HEADING_OF = {slug: heading for slug, heading, _ in COLUMNS}
ROW = "Row"
"""The column in which a row's number in the file stands."""


@dataclass(frozen=True)
class Way:
    """How the resources are set up: the options of their Meta, and what finds rows by their codes."""

    name: str
    options: Mapping[str, Any]
    widget: type[ForeignKeyWidget]


USUAL = Way("clean_model_instances, natural keys, a row at a time", {"clean_model_instances": True}, ForeignKeyWidget)
FAST = Way(
    "use_bulk, skip_diff, force_init_instance, CachedForeignKeyWidget, candidates by bulk_create, no full_clean",
    {"use_bulk": True, "batch_size": 1000, "skip_diff": True, "force_init_instance": True},
    CachedForeignKeyWidget,
)


class EntryResource(ModelResource):
    """What both kinds of entry have in common."""

    def __init__(self, school: School, judged: Mapping[int, Row]) -> None:
        super().__init__()
        self.school, self.judged, self.at = school, judged, timezone.now()

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        self.submission = Submission.objects.create(
            number="CT999999",
            centre=self.school.centre,
            channel=Channel.SPREADSHEET,
            status=SubmissionStatus.PROCESSING_IN_PROGRESS,
            submitted_by=self.school.officer,
            submitted_at=self.at,
        )
        if self._meta.use_bulk:
            rows = (self.judged[number] for number in dataset[ROW])
            Candidate.objects.bulk_create([self.candidate_of(row) for row in rows if not row.refusals])

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """A candidate who is not there yet is made, as its documentation shows it for relations."""
        judged = self.judged[row[ROW]]
        if judged.refusals or self._meta.use_bulk:
            return
        if not Candidate.objects.filter(centre=self.school.centre, uci=judged.person.uci).exists():
            self.candidate_of(judged).save()

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> models.Model | None:
        return None if self.judged[row[ROW]].refusals else super().get_instance(instance_loader, row)

    def import_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        judged = self.judged[row[ROW]]
        if judged.refusals:
            raise ValidationError([refusal.sentence for refusal in judged.refusals])
        super().import_instance(instance, row, **kwargs)
        series = judged.registration.series if judged.registration else judged.unit_entries[0].series
        instance.centre, instance.submission, instance.series_id = self.school.centre, self.submission, series.id
        instance.created_at = self.at

    def candidate_of(self, row: Row) -> Candidate:
        """The candidate whom a row is about."""
        names = ("first_name", "last_name", "plain_first_name", "plain_last_name", "person_key", "date_of_birth")
        person = {name: getattr(row.person, name) for name in (*names, "gender", "uci")}
        return Candidate(centre=self.school.centre, created_at=self.at, **person)


def dry_run(school: School, content: bytes, way: Way) -> dict[int, list[str]]:
    """A dry run of the whole file: the rows that are refused, each with its sentences in order."""
    sheet = tablib.Dataset().load(content, format="xlsx")
    rows = {number: ["" if cell is None else cell for cell in cells] for number, cells in enumerate(sheet, start=2)}
    judged = _judged(school, sheet.headers, rows)
    refused: dict[int, list[str]] = {}
    for resource, of_units in ((_resource(Registration, way), False), (_resource(UnitEntry, way), True)):
        own = [number for number in rows if judged[number].has_units is of_units]
        dataset = tablib.Dataset(*([number, *rows[number]] for number in own), headers=[ROW, *sheet.headers])
        result = resource(school, judged).import_data(dataset, dry_run=True, use_transactions=True)
        refused |= _refused(result, own)
    return refused


def _resource(model: type[models.Model], way: Way) -> type[EntryResource]:
    """The resource of one kind of entry, whose natural key is what its rows point to."""
    points_to = {
        "candidate": Field("candidate", HEADING_OF["uci"], widget=way.widget(Candidate, "uci")),
        "qualification": Field("qualification", HEADING_OF["scheme_code"], widget=way.widget(Qualification, "code")),
    }
    if model is UnitEntry:
        points_to["unit"] = Field("unit", HEADING_OF["unit_1"], widget=_unit_widget(way))
    others = {"own_reference": Field("own_reference", HEADING_OF["own_reference"])}
    meta = {"model": model, "fields": (*points_to, *others), "import_id_fields": tuple(points_to), **way.options}
    attributes = {**points_to, **others, "Meta": type("Meta", (), meta)}
    return type(EntryResource)(  # type: ignore[misc] # its metaclass is called with what it takes
        f"{model.__name__}Resource", (EntryResource,), attributes
    )


def _unit_widget(way: Way) -> ForeignKeyWidget:
    """Finds a unit of the file's subject, level and suite by its number."""
    family = Qualification.objects.values("subject", "level", "suite").get(code=FULL_AWARD)
    found = {"get_queryset": lambda widget, value, row, *args, **kwargs: Unit.objects.filter(**family)}
    return type("UnitWidget", (way.widget,), found)(Unit, "number")


def _judged(school: School, headings: Iterable[str], rows: Mapping[int, Sequence[str]]) -> dict[int, Row]:
    """What our own rules say of each row, by its number."""
    slugs = {heading: slug for slug, heading in HEADING_OF.items()}
    columns = [slugs[heading] for heading in headings]
    answers = {number: dict(zip(columns, map(str, cells), strict=True)) for number, cells in rows.items()}
    at = timezone.now()
    period = TECHNICALS_ENTRIES.periods(school.centre, at)[0]
    facts = facts_for(centre=school.centre, at=at, period=period.key, rows=answers.values())
    return {row.number: row for row in judge_file(answers.items(), facts)}


def _refused(result: Result, numbers: list[int]) -> dict[int, list[str]]:
    if result.has_errors():
        raise AssertionError(f"The dry run broke: {result.row_errors()[0][1][0].error!r}")
    return {numbers[row.number - 1]: row.error_dict[NON_FIELD_ERRORS] for row in result.invalid_rows}
