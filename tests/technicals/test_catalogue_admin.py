"""What staff do with entry codes and units: loading, looking and mending."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.history import history_of
from core.models import HistoryEntry
from technicals.codecs.catalogue import TABLES, UNITS, read_rows
from technicals.models import Price, Qualification, Unit
from tests.factories.technicals import SHIPPED, QualificationFactory, UnitFactory, load_reference
from tests.technicals.admin_pages import add_to, list_of

LOAD = reverse("admin:technicals_qualification_load")
SOURCE_OF_MEMORY = "https://example.org (code only); size and GLH memory"


@pytest.fixture
def desk(staff, signed_in):
    """The administration as one of the board's staff uses it."""
    return signed_in(staff)


def uploaded(name):
    return SimpleUploadedFile(f"{name}.csv", (SHIPPED / f"{name}.csv").read_bytes(), "text/csv")


# --- load from CSV ----------------------------------------------------------------------------------------------------


def test_differences_are_shown_first_and_then_applied(desk, staff):
    files = {name: uploaded(name) for name in TABLES}

    shown = desk.post(LOAD, files)

    assert "298 differences between the files and the portal. Nothing is changed yet." in shown.text
    assert "05834: new, 05834 OCR Level 3 Cambridge Technical Certificate in Business." in shown.text
    assert not Qualification.objects.exists()

    applied = desk.post(LOAD, shown.context["looked_at"] | {"apply": "Apply"}, follow=True)

    assert "Loaded: 298 differences applied." in applied.text
    assert (Qualification.objects.count(), Unit.objects.count(), Price.objects.count()) == (60, 217, 11)
    assert HistoryEntry.objects.filter(action="qualification.added", by=staff).count() == 60


def test_files_without_differences_have_nothing_to_apply(desk):
    load_reference()
    QualificationFactory(code="05999")

    shown = desk.post(LOAD, {"qualifications": uploaded("qualifications")})

    assert "There is nothing to apply." in shown.text
    assert "05999 is not in the file. It is left as it is." in shown.text
    assert 'name="apply"' not in shown.text


def test_what_is_wrong_is_told_at_its_file_and_nothing_changes(desk):
    file = SimpleUploadedFile("units.csv", (",".join(UNITS.columns) + "\nBusiness\n").encode())

    shown = desk.post(LOAD, {"units": file})

    assert "Nothing was changed. Mend the files and choose them again." in shown.text
    assert shown.context["form"].errors["units"][0] == "units, row 2, level: The cell is empty. Fill it in."


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "Choose at least one CSV file that is not empty."),
        ({"units_looked_at": "not base64"}, "Choose at least one CSV file that is not empty."),
        ({"units_looked_at": "é"}, "Choose at least one CSV file that is not empty."),
        ({"units": SimpleUploadedFile("units.csv", b"x" * 300_001)}, "The file is larger than 300 KB. Split it."),
    ],
)
def test_no_file_or_one_that_is_too_large_is_refused(desk, posted, sentence):
    assert sentence in desk.post(LOAD, posted).text


@pytest.mark.parametrize("name", ["qualifications", "units", "combinations"])
def test_what_the_portal_holds_is_taken_away_and_would_change_nothing(desk, name):
    load_reference()

    response = desk.get(reverse("admin:technicals_qualification_file", args=[name]))

    assert response["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    key = TABLES[name].columns[0]
    shipped = read_rows((SHIPPED / f"{name}.csv").read_bytes())[1]
    assert sorted(row[key] for row in read_rows(response.content)[1]) == sorted(row[key] for row in shipped)
    again = SimpleUploadedFile(f"{name}.csv", response.content)
    assert "There is nothing to apply." in desk.post(LOAD, {name: again}).text


def test_there_is_no_other_file_to_take_away(desk):
    assert desk.get(reverse("admin:technicals_qualification_file", args=["centres"])).status_code == 404


# --- entry codes and units --------------------------------------------------------------------------------------------


def test_the_lists_mark_what_is_not_verified_and_filter_by_it(desk):
    QualificationFactory(code="05834")
    QualificationFactory(code="05840", source=SOURCE_OF_MEMORY)
    UnitFactory(number=1, title="Verified unit")
    UnitFactory(number=2, title="Remembered unit", source="memory")

    codes, units = desk.get(list_of("qualification")).text, desk.get(list_of("unit")).text
    unsure = desk.get(list_of("qualification", verified="no")).context["cl"].queryset
    sure = desk.get(list_of("unit", verified="yes")).context["cl"].queryset

    assert codes.count("not verified: size, GLH") == 1
    assert units.count("not verified: everything") == 1
    assert [code.code for code in unsure] == ["05840"]
    assert [unit.title for unit in sure] == ["Verified unit"]


def test_the_page_of_a_code_says_what_is_not_verified(desk):
    code = QualificationFactory(code="05840", source=SOURCE_OF_MEMORY)

    assert "not verified: size, GLH" in desk.get(reverse("admin:technicals_qualification_change", args=[code.pk])).text


def code_fields(**changes):
    return {
        "code": "05899",
        "suite": "2016",
        "level": 3,
        "subject": "Business",
        "size": "Diploma",
        "title": "Top-up",
        "entry_kind": "top-up",
        "from_code": "05834",
        "to_code": "05835",
        "source": "https://example.org",
        "is_in_use": "on",
    } | changes


def test_a_top_up_is_added_by_hand_and_kept_in_the_history(desk, staff):
    QualificationFactory(code="05834")
    QualificationFactory(code="05835")

    response = desk.post(add_to("qualification"), code_fields())

    assert response.status_code == 302
    [line] = history_of(Qualification.objects.get(code="05899"))
    assert (line.action, line.by, line.changes["from_code"]) == ("qualification.added", staff, [None, "05834"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"code": "5899"}, "code"), ({"to_code": "05838"}, "to_code"), ({"entry_kind": "full"}, "from_code")],
)
def test_a_code_that_the_rules_refuse_is_not_added(desk, changes, field):
    QualificationFactory(code="05834")
    QualificationFactory(code="05835")

    response = desk.post(add_to("qualification"), code_fields(**changes))

    assert list(response.context["adminform"].form.errors) == [field]
    assert Qualification.objects.count() == 2


def unit_fields(**changes):
    return {
        "subject": "Business",
        "level": 3,
        "suite": "2016",
        "number": 1,
        "title": "The business environment",
        "assessment": "examined",
        "in_january": "on",
        "source": "https://example.org",
        "is_in_use": "on",
    } | changes


def test_a_unit_is_added_by_hand(desk):
    desk.post(add_to("unit"), unit_fields())

    unit = Unit.objects.get()
    assert (unit.in_january, unit.in_june) == (True, False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"assessment": "moderated"}, "in_january"),
        ({"in_january": ""}, "in_january"),
        ({"suite": "2012"}, "assessment"),
    ],
)
def test_a_unit_that_the_rules_refuse_is_not_added(desk, changes, field):
    response = desk.post(add_to("unit"), unit_fields(**changes))

    assert list(response.context["adminform"].form.errors) == [field]
    assert not Unit.objects.exists()
