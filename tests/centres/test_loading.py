"""Centres, approvals and people loaded from a CSV file."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from accounts.models import User
from centres import rules
from centres.codecs import COLUMNS, LoadedRow, read_rows
from centres.models import Approval, Centre, Membership
from centres.services import load_file
from core.history import history_of
from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail

LOAD = "/admin/centres/centre/load/"
HEADINGS = ",".join(COLUMNS)
NORTHGATE = "61111,Northgate School,internal,scotland,2027-09-01,31/08/2030"
ROW = f"{NORTHGATE},Officer@Northgate.example,Olivia Marsh,exams-officer"
SECOND = f"{NORTHGATE},reader@northgate.example,Zoë Dean,read-only"
CENTRE_ALONE = "IN154,Éton College,open,elsewhere,,,,,"
FILE = "\n".join([HEADINGS, ROW, SECOND, CENTRE_ALONE])


def row(number=2, **cells):
    return LoadedRow(number, dict(zip(COLUMNS, ROW.split(","), strict=True)) | cells)


def counts():
    models = (Centre, Approval, User, Membership, HistoryEntry, OutgoingEmail)
    return [model.objects.count() for model in models]


@pytest.fixture
def load(db, staff, now):
    def load(text, dry_run=False):
        return load_file(content=text.encode(), by=staff, at=now, dry_run=dry_run)

    return load


# --- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_each_encoding_and_with_each_separator(encoding, separator):
    headings, rows = read_rows(FILE.replace(",", separator).encode(encoding))

    assert headings == list(COLUMNS)
    assert [(each.row, each["user_name"], each["centre_name"]) for each in rows] == [
        (2, "Olivia Marsh", "Northgate School"),
        (3, "Zoë Dean", "Northgate School"),
        (4, "", "Éton College"),
    ]
    assert rows[0]["user_email"] == "officer@northgate.example"


def test_empty_rows_are_left_out_and_keep_the_numbers_of_the_others():
    assert [each.row for each in read_rows(f"{HEADINGS}\n,,,\n\n{ROW}\n".encode())[1]] == [4]


# --- the rules --------------------------------------------------------------------------------------------------------


def test_centre_07_a_missing_heading_and_one_that_stands_twice_are_named():
    refusal = rules.file_has_its_columns(["kind", "kind"], ["kind", "role"])

    assert refusal.sentence == "The first row must have each heading once. Missing: role. Twice: kind."
    assert rules.file_has_its_columns(["role", "kind"], ["kind", "role"]) is None


@pytest.mark.parametrize(
    ("column", "text", "is_refused"),
    [
        ("kind", "open", False), ("kind", "Open", True), ("kind", "", True), ("nation", "wales", True),
        ("role", "", False), ("role", "read-only", False), ("role", "head", True), ("centre_name", "", True),
        ("centre_name", "x" * 120, False), ("centre_name", "x" * 121, True), ("user_name", "x" * 101, True),
        ("user_email", "", False), ("user_email", "a@b.example", False), ("user_email", "a@b", True),
        ("user_email", "a b@c.example", True), ("user_email", "a@b.example, c@d.example", True),
    ],
)  # fmt: skip
def test_centre_08_a_cell_has_its_form(column, text, is_refused):
    refusal = rules.cell_has_its_form(column, text)

    assert (refusal is not None, refusal.field if refusal else column) == (is_refused, column)


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        ("", "", None), ("2027-09-01", "", None), ("01/09/2027", "2027-09-01", None),
        ("2027-09-01", "2027-08-31", "approved_for_step_until"), ("", "2027-09-01", "approved_for_step_until"),
        ("1 May", "", "approved_for_step_from"), ("2027-09-01", "2027-02-30", "approved_for_step_until"),
    ],
)  # fmt: skip
def test_centre_09_the_days_of_an_approval(since, until, field):
    refusal = rules.approval_has_its_days(since, until)

    assert (refusal.field if refusal else None) == field


@pytest.mark.parametrize(
    ("email", "name", "role", "field"),
    [("", "", "", None), ("a@b.example", "A", "read-only", None), ("", "A", "read-only", "user_email"),
     ("a@b.example", "", "", "user_name"), ("a@b.example", "A", "", "role")],
)  # fmt: skip
def test_centre_10_a_user_is_whole(email, name, role, field):
    refusal = rules.user_is_whole({"user_email": email, "user_name": name, "role": role})

    assert (refusal.field if refusal else None) == field


def test_centre_11_rows_of_one_centre_agree_and_name_a_user_once():
    assert rules.row_agrees_with_earlier_ones(row(3, user_email="other@x.example"), [row()]) is None
    assert rules.row_agrees_with_earlier_ones(row(3, centre_number="62222", kind="open"), [row()]) is None
    assert rules.row_agrees_with_earlier_ones(row(3, kind="open"), [row()]).field == "kind"
    assert rules.row_agrees_with_earlier_ones(row(3), [row()]).sentence == "Row 2 names this user for this centre."


# --- loading ----------------------------------------------------------------------------------------------------------


def test_a_file_makes_centres_approvals_users_and_memberships(load, staff):
    differences = load(FILE)

    centre = Centre.objects.get(number="61111")
    approval = centre.approvals.get()
    members = {each.user.email: each.role for each in centre.memberships.select_related("user")}
    assert differences == [
        "61111 Northgate School: new centre, Internal, Scotland.",
        "61111: approval for STEP added, from 1 September 2027 to 31 August 2030.",
        "IN154 Éton College: new centre, Open, Outside the United Kingdom.",
        "61111: officer@northgate.example joins as Exams officer, and is invited by mail.",
        "61111: reader@northgate.example joins as Read-only, and is invited by mail.",
    ]
    assert (approval.since, approval.until) == (date(2027, 9, 1), date(2030, 8, 31))
    assert members == {"officer@northgate.example": "exams-officer", "reader@northgate.example": "read-only"}
    assert [mail.subject for mail in OutgoingEmail.objects.all()] == ["Entries Portal: your account"] * 2
    assert history_of(centre).get().by == staff


def test_a_file_applied_twice_changes_nothing_the_second_time(load):
    load(FILE)
    before = counts()

    assert (load(FILE), counts()) == ([], before)


def test_a_dry_run_shows_the_same_differences_and_changes_nothing(load):
    before = counts()

    shown = load(FILE, dry_run=True)

    assert counts() == before
    assert shown == load(FILE)


def test_what_differs_is_changed_with_old_and_new(load):
    load(FILE)

    differences = load(
        FILE.replace("Northgate School", "Northgate College")
        .replace("31/08/2030", "")
        .replace("read-only", "exams-officer")
    )

    assert differences == [
        "61111: name from “Northgate School” to “Northgate College”.",
        "61111: approval for STEP changed, from 1 September 2027 without an end.",
        "61111: reader@northgate.example from Read-only to Exams officer.",
    ]
    assert history_of(Membership.objects.get(user__email="reader@northgate.example"))[0].changes == {
        "role": ["read-only", "exams-officer"]
    }


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_applied(load):
    before = counts()

    with pytest.raises(Refused) as refused:
        load("\n".join([FILE, "6111,X,internat,scotland,soon,,a@b.example,,"]))

    assert [each.sentence.partition(": ")[0] for each in refused.value.refusals] == [
        "Row 5, centre_number", "Row 5, kind", "Row 5, approved_for_step_from", "Row 5, user_name"
    ]  # fmt: skip
    assert counts() == before


ADMINISTRATOR = f"{NORTHGATE},head@northgate.example,Ada Hall,centre-administrator"
NO_ADMINISTRATOR = ADMINISTRATOR.replace("centre-administrator", "read-only")


def test_a_person_with_an_account_is_told_of_the_new_centre(load, officer_elsewhere):
    differences = load(f"{HEADINGS}\n{NORTHGATE},{officer_elsewhere.email},Other Name,read-only")

    assert differences[-1] == "61111: officer@southfield.example joins as Read-only, and is told by mail."
    assert [mail.subject for mail in OutgoingEmail.objects.all()] == [
        "Entries Portal: you now act for Northgate School"
    ]


def test_a_file_that_takes_the_last_administrator_away_is_refused_with_its_row(load):
    load(f"{HEADINGS}\n{ADMINISTRATOR}")
    before = counts()

    with pytest.raises(Refused) as refused:
        load("\n".join([HEADINGS, SECOND, NO_ADMINISTRATOR, CENTRE_ALONE]))

    assert [(each.code, each.sentence) for each in refused.value.refusals] == [
        ("CENTRE-05", "Row 3, role: Ada Hall is the only centre administrator. "
         "Make somebody else a centre administrator first.")
    ]  # fmt: skip
    assert counts() == before


def test_a_file_may_put_another_in_the_place_of_the_last_administrator(load):
    load(f"{HEADINGS}\n{ADMINISTRATOR}")

    differences = load("\n".join([HEADINGS, NO_ADMINISTRATOR, ROW.replace("exams-officer", "centre-administrator")]))

    assert differences == [
        "61111: officer@northgate.example joins as Centre administrator, and is invited by mail.",
        "61111: head@northgate.example from Centre administrator to Read-only.",
    ]


def test_the_command_prints_the_differences_and_applies_them_without_dry_run(db, tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_text(FILE, encoding="cp1252")

    call_command("load_people", str(file), "--dry-run")
    after_dry_run = Centre.objects.count()
    call_command("load_people", str(file))

    assert (after_dry_run, Centre.objects.count()) == (0, 2)
    assert "5 differences. Nothing was changed: this was a dry run." in capsys.readouterr().out


@pytest.mark.parametrize("text", ["centre_number\n61111", f"{HEADINGS}\n6111{ROW[5:]}"])
def test_the_command_says_what_is_wrong(db, tmp_path, text):
    file = tmp_path / "people.csv"
    file.write_text(text)

    with pytest.raises(CommandError, match=r"Missing: centre_name|Row 2, centre_number"):
        call_command("load_people", str(file))


# --- the page ---------------------------------------------------------------------------------------------------------


def upload(client, text):
    return client.post(LOAD, {"file": SimpleUploadedFile("people.csv", text.encode())})


def test_the_page_shows_the_differences_and_applies_them_when_told(signed_in, staff):
    client = signed_in(staff)

    page = upload(client, FILE)
    before = Centre.objects.count()
    answer = client.post(LOAD, {"looked_at": page.context["looked_at"], "apply": "Apply"}, follow=True)

    assert "61111: officer@northgate.example joins as Exams officer, and is invited by mail." in page.text
    assert (before, Centre.objects.count()) == (0, 2)
    assert "Loaded: 5 differences applied." in answer.text
    assert LOAD in answer.text


def test_the_page_shows_everything_that_is_wrong(signed_in, staff):
    page = upload(signed_in(staff), FILE.replace("scotland", "wales"))

    assert page.text.count("“wales” is not one of") == 2
    assert "Apply" not in page.text


@pytest.mark.parametrize("fields", [{}, {"looked_at": "?"}])
def test_the_page_without_a_file_asks_for_one(signed_in, staff, fields):
    assert "Choose a CSV file that is not empty." in signed_in(staff).post(LOAD, fields | {"x": 1}).text


def test_the_page_is_for_staff(signed_in, officer):
    answer = signed_in(officer).get(LOAD)

    assert answer.status_code in (302, 403)
    assert "CSV" not in answer.text


def test_a_person_who_may_not_sign_in_is_not_said_to_be_told(load, officer_elsewhere):
    officer_elsewhere.is_active = False
    officer_elsewhere.save()

    differences = load(f"{HEADINGS}\n{NORTHGATE},{officer_elsewhere.email},Anyone,read-only")

    assert differences[-1] == f"61111: {officer_elsewhere.email} joins as Read-only, and may not sign in."
    assert not OutgoingEmail.objects.exists()
