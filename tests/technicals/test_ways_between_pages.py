"""What people of a centre find where they look for it: transfers, kinds of full award, invoices, and the next page."""

import pytest
from django.urls import reverse

from centres.enums import Role
from core.history import record
from technicals.enums import Channel, EntryKind, EntryState
from technicals.enums import SubmissionStatus as Status
from technicals.models import Submission
from technicals.services.transferring import transfer
from tests.factories.candidates import CandidateFactory
from tests.factories.centres import MembershipFactory
from tests.factories.technicals import (
    QualificationFactory,
    RegistrationFactory,
    SubmissionFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    exam_series,
)
from tests.reports.pages import words_of
from tests.technicals.submissions import charge

pytestmark = pytest.mark.django_db

HISTORY, HOME = "/technicals/submissions/", "/technicals/"


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def received(centre, other_centre, staff, now):
    """The submission by which the centre received a candidate of another centre."""
    TechnicalsApprovalFactory(centre=centre)
    candidate = CandidateFactory(centre=other_centre, first_name="Ann", last_name="Mover")
    RegistrationFactory(centre=other_centre, candidate=candidate)
    transfer(candidate=candidate, number=centre.number, by=staff, at=now)
    return Submission.objects.get(channel=Channel.TRANSFER)


def test_a_transfer_is_headed_as_one_and_names_nobody_of_the_board(client, received, staff):
    page = client.get(f"{HISTORY}{received.number}/")
    words = words_of(page)

    assert "<h1>Transfer by OCR</h1>" in page.text
    assert (" by OCR, for Northgate School" in words, staff.name in words) == (True, False)
    assert "Upload another spreadsheet" not in words


def test_the_history_and_its_file_name_nobody_of_the_board_either(client, received, staff):
    words = words_of(client.get(HISTORY))
    sheet = client.get(reverse("technicals:submissions-file", args=["csv"])).content.decode("utf-8-sig")
    copy = client.get(reverse("technicals:submission-file", args=[received.number, "csv"])).content.decode("utf-8-sig")

    assert " by OCR Transfer by OCR" in words
    assert [staff.name in said for said in (words, sheet, copy)] == [False, False, False]
    assert '"OCR transferred these entries to your centre. They cost you nothing."' in sheet


def test_the_candidates_of_a_submission_lead_to_their_entries(client, received):
    candidate = received.registrations.get().candidate

    page = client.get(f"{HISTORY}{received.number}/")

    assert f'<a href="{reverse("technicals:candidate", args=[candidate.key])}">Ann Mover</a>' in page.text


def test_a_top_up_is_not_called_a_full_award(client, centre):
    made = SubmissionFactory(
        centre=centre,
        channel=Channel.WEB_FORM,
        status=Status.SUBMITTED,
        counts={"registrations": 3, "unit_entries": 1, "rows": 3},
    )
    up = QualificationFactory(code="05991", entry_kind=EntryKind.TOP_UP, from_code="05834", to_code="05835")
    for code in (up, up, QualificationFactory(code="05834")):
        RegistrationFactory(centre=centre, submission=made, qualification=code)

    said = [words_of(client.get(page)) for page in (HISTORY, f"{HISTORY}{made.number}/")]

    assert ["1 full award, 2 top-ups, 1 unit entry" in words for words in said] == [True, True]


def test_what_followed_a_registration_is_told_by_its_name(client, centre, officer, now):
    candidate = CandidateFactory(centre=centre)
    moved = RegistrationFactory(centre=centre, candidate=candidate, state=EntryState.MOVED_DOWN)
    record(by=officer, at=now, action="technicals-registration.followed", subjects=[moved])

    words = words_of(client.get(reverse("technicals:candidate", args=[candidate.key])))

    assert "05834: moved down by Olivia Marsh" in words


def test_withdrawing_says_that_a_candidate_who_changes_centre_is_transferred(client, centre):
    registration = RegistrationFactory(centre=centre)
    key, code = registration.candidate.key, registration.qualification.code

    shown = words_of(client.get(reverse("technicals:candidate", args=[key])))
    asked = words_of(client.get(reverse("technicals:registration-withdraw", args=[key, code])))

    assert "If the candidate changes centre, do not withdraw and do not enter anew: ask OCR for a transfer" in shown
    assert "do not withdraw: ask the OCR Customer Contact Centre (02476 851509) for a transfer" in asked


def test_whoever_adds_a_candidate_is_told_of_transfers_where_the_centre_has_technicals(client, centre):
    without = words_of(client.get(reverse("candidates:new")))
    TechnicalsApprovalFactory(centre=centre)

    told = words_of(client.get(reverse("candidates:new")))

    assert ["comes from another centre" in words for words in (without, told)] == [False, True]


@pytest.mark.parametrize(("pence", "said"), [(None, "Free until"), (3625, "With a refund until")])
def test_a_refund_is_promised_only_where_something_was_charged(pence, said, client, centre):
    entry = UnitEntryFactory(centre=centre, series=exam_series())
    if pence:
        charge(entry, pence)

    words = words_of(client.get(reverse("technicals:candidate", args=[entry.candidate.key])))

    assert [each in words for each in ("Free until", "With a refund until")] == [said.startswith("Free"), bool(pence)]


def test_make_entries_offers_a_copy_to_those_who_can_make_one(signed_in, client, colleague, centre):
    without_approval = client.get(HOME).text
    TechnicalsApprovalFactory(centre=centre)

    offered = ['href="/technicals/copy/"' in each.get(HOME).text for each in (client, signed_in(colleague))]

    assert ('href="/technicals/copy/"' in without_approval, *offered) == (False, True, False)


def test_my_details_say_whom_invoices_go_to(client, centre):
    mine = "/account/my-details/"
    before = words_of(client.get(mine))
    TechnicalsApprovalFactory(centre=centre)
    centre.accounts_contact, centre.accounts_email = "The finance office", "finance@northgate.example"
    centre.save()

    assert "Invoices for Cambridge Technicals" not in before
    assert "Invoices go to The finance office, finance@northgate.example. Ask for another" in words_of(client.get(mine))


def test_whoever_manages_colleagues_is_told_where_the_finance_office_is_named(signed_in, centre):
    TechnicalsApprovalFactory(centre=centre)
    centre.members_manage_colleagues = True
    centre.save()
    administrator = MembershipFactory(centre=centre, role=Role.CENTRE_ADMINISTRATOR).user

    page = signed_in(administrator).get(reverse("centres:colleagues"))

    assert "accounts contact, who needs no account here: who that is." in words_of(page)
    assert 'href="/account/my-details/#invoices"' in page.text
