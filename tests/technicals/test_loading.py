"""Loading the catalogue and its prices: from bytes to rows, and the differences in words."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.history import history_of
from core.models import HistoryEntry
from core.refusals import Refused
from technicals.codecs.catalogue import PRICES, QUALIFICATIONS, TABLES, UNITS, read_rows, values_of, write_rows
from technicals.models import Price, Qualification, Unit
from technicals.services.catalogue import MODELS, load_catalogue
from tests.factories.technicals import SHIPPED, PriceFactory, QualificationFactory, load_reference, today

CATALOGUE = ["qualifications", "units", "combinations"]
HEADINGS = ",".join(QUALIFICATIONS.columns)
CERTIFICATE = "05834,2016,3,Business,Certificate,Certificate in Business,180,full,,,https://example.org"
PRICE_HEADINGS = ",".join(PRICES.columns)


def shipped(*names):
    return {name: (SHIPPED / f"{name}.csv").read_bytes() for name in names}


def load(now, dry_run=False, by=None, **contents):
    files = {name: content if isinstance(content, bytes) else content.encode() for name, content in contents.items()}
    return load_catalogue(contents=files, by=by, at=now, dry_run=dry_run)


@pytest.mark.parametrize("name", TABLES)
def test_a_shipped_file_is_written_as_it_was_read(name):
    table = TABLES[name]
    content = (SHIPPED / f"{name}.csv").read_bytes()

    rows = [MODELS[name](**values_of(table, row)) for row in read_rows(content)[1]]

    assert write_rows(table, rows) == content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_the_encodings_that_spreadsheets_write(encoding):
    headings, [row] = read_rows("Code;Title\n05834; Zoë’s  Business \n;\n".encode(encoding))

    assert headings == ["code", "title"]
    assert (row.row, row["code"], row["title"]) == (2, "05834", "Zoë’s Business")


def test_an_entry_code_gets_back_the_zero_that_a_spreadsheet_took_away():
    _, [row] = read_rows(b"code,from_code,glh\n5834,835,1080\n")

    assert (row["code"], row["from_code"], row["glh"]) == ("05834", "835", "1080")


def test_a_nul_and_an_endless_cell_do_no_harm():
    assert read_rows(b"code\n05\x00834\n")[1][0]["code"] == "05\ufffd834"
    assert read_rows(b'"' + b"x" * 10_000_000) == ([], [])


@pytest.mark.django_db
def test_the_shipped_catalogue_is_loaded_whole(now):
    differences = load(now, **shipped(*CATALOGUE))

    assert (Qualification.objects.count(), Unit.objects.count()) == (60, 217)
    assert len(differences.changes) == 60 + 217 + 5 * 2
    assert differences.left == []
    code = Qualification.objects.get(code="05878")
    assert (code.subject, code.size, code.glh, code.unverified) == ("Business", "Extended Diploma", 1080, [])
    assert code.combination.startswith("15 units with 1080 GLH")
    unit = Unit.objects.get(subject="IT", suite="2016", number=2)
    assert (unit.title, unit.is_examined, unit.in_january, unit.in_june) == ("Global information", True, True, True)


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_writes_no_history(now):
    load(now, **shipped(*TABLES))
    written = HistoryEntry.objects.count()

    differences = load(now, **shipped(*TABLES))

    assert differences.changes == []
    assert HistoryEntry.objects.count() == written


@pytest.mark.django_db
def test_what_the_factories_load_is_what_the_service_loads(now):
    load_reference()

    assert load(now, **shipped(*CATALOGUE)).changes == []


@pytest.mark.django_db
def test_a_changed_cell_is_told_with_old_and_new_and_kept_in_the_history(now, staff):
    QualificationFactory(code="05834", title="Certificate in Business", glh=None, source="https://example.org")

    differences = load(now, by=staff, qualifications=f"{HEADINGS}\n{CERTIFICATE}\n")

    code = Qualification.objects.get()
    assert differences.changes == ["05834: glh from “” to “180”."]
    assert code.glh == 180
    [line] = history_of(code)
    assert (line.action, line.changes, line.by) == ("qualification.changed", {"glh": ["", "180"]}, staff)


@pytest.mark.django_db
def test_a_new_row_is_told_and_kept_in_the_history(now, staff):
    differences = load(now, by=staff, qualifications=f"{HEADINGS}\n{CERTIFICATE}\n")

    assert differences.changes == ["05834: new, 05834 Certificate in Business."]
    [line] = history_of(Qualification.objects.get())
    assert (line.action, line.note) == ("qualification.added", "Loaded from qualifications.csv")


@pytest.mark.django_db
def test_what_is_not_in_the_file_any_more_is_told_and_left(now):
    QualificationFactory(code="05899")

    differences = load(now, qualifications=f"{HEADINGS}\n{CERTIFICATE}\n")

    assert differences.left == ["05899 is not in the file. It is left as it is."]
    assert Qualification.objects.count() == 2


@pytest.mark.django_db
def test_a_dry_run_tells_the_same_and_changes_nothing(now):
    would = load(now, dry_run=True, **shipped(*TABLES))

    assert not Qualification.objects.exists()
    assert not HistoryEntry.objects.exists()
    assert would.changes == load(now, **shipped(*TABLES)).changes


@pytest.mark.django_db
def test_one_wrong_cell_in_one_file_changes_nothing_at_all(now):
    units = (SHIPPED / "units.csv").read_text(encoding="utf-8").replace(",examined,", ",exam,", 1)

    with pytest.raises(Refused) as refused:
        load(now, qualifications=f"{HEADINGS}\n{CERTIFICATE}\n", units=units)

    assert [(refusal.code, refusal.field) for refusal in refused.value.refusals] == [("LOADING-03", "units")]
    assert not Qualification.objects.exists()


@pytest.mark.django_db
def test_a_file_without_its_headings_is_refused_by_its_name(now):
    with pytest.raises(Refused) as refused:
        load(now, units=b"", qualifications=HEADINGS)

    [refusal] = refused.value.refusals
    assert (refusal.code, refusal.field) == ("LOADING-01", "units")
    assert refusal.sentence.startswith("units: The first row must have each heading once. Missing: qualification_subj")


@pytest.mark.django_db
def test_a_rule_of_combination_may_come_with_its_code_in_one_go(now):
    load(
        now,
        qualifications=f"{HEADINGS}\n{CERTIFICATE}\n",
        combinations="code,rule,source\n05834,Two units.,https://example.org\n",
    )

    assert Qualification.objects.get().combination == "Two units."


@pytest.mark.django_db
def test_a_price_is_loaded_in_pence_and_ended_by_a_later_file(now):
    load(now, prices=f"{PRICE_HEADINGS}\nresit,,3,36.25,2027-01-01,,yes\n")

    ended = f"{PRICE_HEADINGS}\nresit,,3,36.25,2027-01-01,2027-07-31,yes\nresit,,3,,2027-08-01,,no\n"
    differences = load(now, prices=ended)

    first, second = Price.objects.order_by("since")
    assert (first.amount, first.until, first.is_sample) == (3625, date(2027, 7, 31), True)
    assert (second.amount, second.until, second.is_sample) == (None, None, False)
    assert differences.changes == [
        "Price, Unit resit Level 3 from 2027-08-01: new, Unit resit Level 3 from 2027-08-01.",
        "Price, Unit resit Level 3 from 2027-01-01: until from “” to “2027-07-31”.",
    ]


@pytest.mark.django_db
def test_a_price_in_a_file_that_meets_a_stored_one_is_refused_with_its_row(now):
    PriceFactory(kind="resit", level=3, since=today())

    with pytest.raises(Refused) as refused:
        load(now, prices=f"{PRICE_HEADINGS}\nresit,,3,36.25,2024-01-01,,yes\nlate,,,1.00,2027-02-01,2027-01-01,no\n")

    found = [(refusal.code, refusal.sentence.partition(":")[0]) for refusal in refused.value.refusals]
    assert found == [("PRICE-01", "prices, row 2, since"), ("PRICE-03", "prices, row 3, until")]


@pytest.mark.django_db
def test_the_command_loads_what_is_shipped_without_prices():
    out = StringIO()

    call_command("load_catalogue", stdout=out)

    assert out.getvalue().endswith("\n287 differences. Applied.\n")
    assert Qualification.objects.count() == 60
    assert not Price.objects.exists()


@pytest.mark.django_db
def test_the_command_loads_example_prices_where_they_are_asked_for():
    call_command("load_catalogue", "--with-sample-prices", stdout=StringIO())

    assert Price.objects.exists()
    assert not Price.objects.filter(is_sample=False).exists()


@pytest.mark.django_db
def test_the_command_loads_a_given_file_alone_and_a_dry_run_changes_nothing(tmp_path):
    file, out = tmp_path / "codes.csv", StringIO()
    file.write_text(f"{HEADINGS}\n{CERTIFICATE}\n", encoding="utf-8")

    call_command("load_catalogue", "--qualifications", str(file), "--dry-run", stdout=out)

    assert out.getvalue() == (
        "05834: new, 05834 Certificate in Business.\n1 differences. Nothing was changed: this was a dry run.\n"
    )
    assert not Qualification.objects.exists()


@pytest.mark.django_db
def test_the_command_tells_what_is_wrong(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_catalogue", "--units", str(tmp_path / "nowhere.csv"))

    (tmp_path / "units.csv").write_text(",".join(UNITS.columns) + "\nBusiness\n", encoding="utf-8")
    with pytest.raises(CommandError, match="units, row 2, level: The cell is empty"):
        call_command("load_catalogue", "--units", str(tmp_path / "units.csv"))
