"""Matching the headings of a file with columns, and remembering it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record
from core.refusals import raise_if_any

from ..enums import UploadState
from ..models import HeadingMapping, Upload
from ..rules.headings import each_column_stands_once, folded, known_headings, required_columns_are_there
from ..rules.kinds import UploadKind
from ..rules.rows import file_is_not_being_entered


def known_headings_of(kind: UploadKind, centre: Any) -> dict[str, str]:
    """The folded headings that are known to a centre, with the columns that they mean."""
    of_centre = HeadingMapping.objects.filter(centre=centre, kind=kind.slug)
    return known_headings(
        kind.columns_of_files(centre), kind.leave_out(centre), dict(of_centre.values_list("folded", "column"))
    )


def settle_headings(upload: Upload, kind: UploadKind) -> None:
    """Open the rows where nothing is left to be matched; the upload is not saved."""
    given = {slug for slug in upload.mapping if slug} | set(upload.same_for_all)
    missing = required_columns_are_there(kind.columns_of_files(upload.centre), given)
    if None not in upload.mapping and missing is None:
        upload.state = UploadState.OPEN


@transaction.atomic
def match_headings(
    *,
    upload: Upload,
    kind: UploadKind,
    chosen: Sequence[str],
    same_for_all: Mapping[str, str],
    by: Any,
    at: datetime,
) -> Upload:
    """Say for each heading which column it is, or "" to leave it out, and remember what the portal did not know.

    same_for_all: the text of every row in columns that the file does not have.
    Raises Refused where a column that is needed is still missing, or is chosen twice, and while rows are being entered.
    """
    upload = Upload.objects.select_for_update(of=("self",)).select_related("centre").get(pk=upload.pk)
    raise_if_any(refusal for refusal in [file_is_not_being_entered(upload.is_queued)] if refusal)
    columns = kind.columns_of_files(upload.centre)
    slugs = {column.slug for column in columns}
    mapping: list[str | None] = [slug if slug in slugs else "" for slug in chosen]
    same = {slug: text.strip() for slug, text in same_for_all.items() if text.strip() and slug in slugs - set(mapping)}
    given = [slug for slug in mapping if slug]
    rules = (required_columns_are_there(columns, [*given, *same]), each_column_stands_once(columns, given))
    raise_if_any(refusal for refusal in rules if refusal)
    if upload.headings_can_change:
        _remember(upload, mapping)
        changes = {"mapping": [upload.mapping, mapping], "same for all": [upload.same_for_all, same]}
        upload.mapping, upload.same_for_all, upload.state = mapping, same, UploadState.OPEN
        upload.save(update_fields=["mapping", "same_for_all", "state"])
        record(by=by, at=at, action="upload.headings-matched", subjects=[upload], changes=changes)
    return upload


def _remember(upload: Upload, mapping: Sequence[str | None]) -> None:
    """Keep what was chosen for headings that were not matched as chosen before."""
    HeadingMapping.objects.bulk_create(
        {
            folded(heading): HeadingMapping(
                centre=upload.centre,
                kind=upload.kind,
                heading=heading[:100],
                folded=folded(heading)[:100],
                column=slug or "",
            )
            for heading, slug, before in zip(upload.headings, mapping, upload.mapping, strict=True)
            if slug != before and folded(heading)
        }.values(),
        update_conflicts=True,
        unique_fields=["centre", "kind", "folded"],
        update_fields=["column", "heading"],
    )
