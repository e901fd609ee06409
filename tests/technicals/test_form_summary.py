"""Entry summary: what would be entered, what is to be mended and where, the order number, and Submit entries."""

from datetime import timedelta

import pytest
from django.urls import reverse

from candidates.models import Candidate
from technicals.enums import EntryState
from technicals.models import EntryDraft, Price, Registration, Series, Submission, UnitEntry
from technicals.services.drafts import apply_option
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import RegistrationFactory, today
from tests.factories.technicals_files import FULL
from tests.reports.pages import count_queries, words_of
from tests.technicals.form_pages import begun, ids, page_of, to_submit

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 22


@pytest.fixture
def client(signed_in, officer, january):
    return signed_in(officer)


def registered(draft):
    for entry in draft.entries.all():
        RegistrationFactory(centre=draft.centre, candidate=entry.candidate, qualification__code=FULL)


def test_the_page_has_the_words_of_the_guide(client, officer):
    page = client.get(page_of(begun(officer, option="full"), "summary"))

    assert "<h1>Entry summary</h1>" in page.text
    for words in ("Change entry options", "Add more candidates", "Exit and cancel entry"):
        assert f">{words}</a>" in page.text
    assert ">Submit entries</button>" in page.text
    assert ">Remove<" in page.text
    assert ">Order number or reference</label>" in page.text


def test_every_candidate_stands_there_with_entry_series_and_fee(client, officer, now):
    draft = begun(officer, count=2, option="full")
    _, second = draft.entries.all()
    RegistrationFactory(centre=draft.centre, candidate=second.candidate, qualification__code=FULL)
    apply_option(draft=draft, entries=[second.pk], option="units", units=[1, 2], at=now)

    page = client.get(page_of(draft, "summary"))

    shown = [(row.entry, row.series, row.fee) for row in page.context["rows"]]
    assert shown == [
        ("Full award 05835 Extended Certificate", str(Registration.objects.get().series), "£50.00"),
        ("Unit 05835/01, 05835/02", "January 2027", "included"),
    ]
    said = words_of(page)
    assert "Registration 1 £50.00 £50.00" in said
    assert "Total: £50.00" in said
    assert "Submit entries enters 2 candidates at once." in said


def test_sample_amounts_and_those_on_invoice_are_explained(client, officer):
    Price.objects.update(is_sample=True)
    draft = begun(officer, option="full")
    assert "Amounts are examples, not the board&#x27;s prices." in client.get(page_of(draft, "summary")).text

    Price.objects.all().delete()

    assert "What is on invoice has no price in the portal yet; it is not free." in words_of(
        client.get(page_of(draft, "summary"))
    )


def test_what_is_wrong_with_a_record_leads_to_the_record(client, officer):
    draft = begun(officer, count=1, option="full")
    Candidate.objects.update(last_name="Sm1th")
    candidate = Candidate.objects.get()

    page = client.get(page_of(draft, "summary"))

    assert "To mend:" in words_of(page)
    assert f'href="{reverse("candidates:candidate-edit", args=[candidate.key])}">Edit candidate' in page.text
    assert ">Submit entries</button>" not in page.text


def test_what_is_wrong_with_a_unit_or_a_series_leads_to_its_page(client, officer, january):
    draft = begun(officer, count=1, option="units", units=[1])

    unregistered = client.get(page_of(draft, "summary"))
    registered(draft)
    Series.objects.filter(pk=january.pk).update(
        entry_deadline=today() - timedelta(days=2), late_until=today() - timedelta(days=1)
    )
    closed = client.get(page_of(draft, "summary"))

    assert "This candidate is not registered for 05835. Register first: submit a full award entry" in words_of(
        unregistered
    )
    assert f'href="{page_of(draft, "options")}">Change the option<span' in unregistered.text
    assert "January 2027 took entries until" in words_of(closed)
    assert f'href="{page_of(draft, "assessment")}">Change assessment or series<span' in closed.text


def test_what_stands_in_the_way_of_earlier_entries_leads_to_the_candidate(client, officer):
    draft = begun(officer, count=1, option="units", units=[1])
    registered(draft)
    Registration.objects.update(state=EntryState.WITHDRAWING)

    page = client.get(page_of(draft, "summary"))

    candidate = reverse("candidates:candidate", args=[draft.entries.get().candidate.key])
    assert "is being withdrawn. Undo its withdrawal first, on the candidate&#x27;s page." in page.text
    assert f'href="{candidate}">Open the candidate<span' in page.text


def test_who_is_entered_already_is_named_with_the_submission(client, officer):
    draft = begun(officer, count=1, option="full")
    registered(draft)
    number = Submission.objects.get().number

    page = client.get(page_of(draft, "summary"))

    assert f"Entered already ( {number} ), so not entered again." in words_of(page).replace("(", "( ").replace(
        ")", " )"
    )
    assert "Everything in this form is entered already, so there is nothing to submit." in words_of(page)
    assert ">Submit entries</button>" not in page.text


def test_one_who_has_no_option_is_said_and_submit_waits(client, officer):
    page = client.get(page_of(begun(officer, count=1), "summary"))

    assert "1 without an option" in words_of(page)
    assert "No entry option yet" in words_of(page)
    assert ">Submit entries</button>" not in page.text


def test_nobody_left_leads_to_adding_candidates(client, officer):
    draft = begun(officer, count=0)

    page = client.get(page_of(draft, "summary"))

    assert "Add at least one candidate" in words_of(page)
    assert f'href="{page_of(draft, "candidates")}">Add more candidates</a>' in page.text


def test_remove_takes_one_off_and_keeps_the_order_number_that_was_typed(client, officer):
    draft = begun(officer, option="full")
    first = draft.entries.first()

    page = client.post(page_of(draft, "summary"), {"remove": first.pk, "order_number": "PO 17"}, follow=True)

    assert f"{first.candidate} is removed from this form." in words_of(page)
    assert 'name="order_number" value="PO 17"' in page.text
    assert (draft.entries.count(), Candidate.objects.count()) == (1, 2)


def test_enter_in_the_order_number_keeps_it_and_submits_nothing(client, officer):
    draft = begun(officer, option="full")
    page = client.get(page_of(draft, "summary"))
    assert page.text.index('value="keep" tabindex="-1"') < page.text.index('name="remove"')

    page = client.post(page_of(draft, "summary"), {"act": "keep", "order_number": "PO 17"}, follow=True)

    assert "What you typed is kept. Nobody on this form is entered yet" in words_of(page)
    assert EntryDraft.objects.get().order_number == "PO 17"
    assert not Submission.objects.exists()


def test_an_order_number_that_is_kept_and_cannot_be_quoted_is_told_at_once(client, officer):
    draft = begun(officer, option="full")

    page = client.post(page_of(draft, "summary"), {"act": "keep", "order_number": "x" * 25})

    assert "An order number or reference has up to 20" in words_of(page)
    assert EntryDraft.objects.get().order_number == "x" * 25


def test_an_order_number_that_is_refused_stands_there_to_be_mended(client, officer):
    draft = begun(officer, option="full")

    page = client.post(page_of(draft, "summary"), to_submit(draft, order_number="=PO 17"))

    assert 'href="#order_number"' in page.text
    assert 'value="=PO 17"' in page.text
    assert 'aria-invalid="true"' in page.text
    assert 'value="=PO 17"' in client.get(page_of(draft, "summary")).text
    assert not Submission.objects.exists()


def test_a_late_charge_is_ticked_before_submit(client, officer, january):
    draft = begun(officer, count=1, option="units", units=[1])
    registered(draft)
    Series.objects.filter(pk=january.pk).update(entry_deadline=today() - timedelta(days=1))

    page = client.get(page_of(draft, "summary"))
    tick = page.context["preview"].accept_as
    refused = client.post(page_of(draft, "summary"), to_submit(draft))
    wrong = client.post(page_of(draft, "summary"), to_submit(draft, accepted=tick, order_number="=1"))
    client.post(page_of(draft, "summary"), to_submit(draft, accepted=tick))

    assert f'name="accepted" value="{tick}">' in page.text
    assert 'href="#accepted"' in refused.text
    assert f'value="{tick}" checked' in wrong.text
    assert UnitEntry.objects.get().is_late


def test_what_changed_meanwhile_is_shown_before_it_is_entered(client, officer):
    draft = begun(officer, option="full")
    sent = to_submit(draft, order_number="PO 17")
    Price.objects.filter(kind="registration").update(amount=9900)

    page = client.post(page_of(draft, "summary"), sent)

    assert "Something changed since this page was shown" in words_of(page)
    assert "Total: £198.00" in words_of(page)
    assert 'value="PO 17"' in page.text
    assert not Submission.objects.exists()


def test_a_second_click_leads_to_the_same_confirmation(client, officer):
    draft = begun(officer, option="full")
    sent = to_submit(draft)

    first, second = (client.post(page_of(draft, "summary"), sent) for _ in range(2))

    assert first.url == second.url == reverse("technicals:submission", args=[Submission.objects.get().number])
    assert Registration.objects.count() == 2


def test_a_record_that_was_merged_meanwhile_is_entered_as_the_one_that_stays(client, officer, centre):
    draft = begun(officer, count=1, option="full")
    stays = CandidateFactory(centre=centre, first_name="Anne")
    Candidate.objects.filter(pk=draft.entries.get().candidate_id).update(merged_into=stays)

    client.post(page_of(draft, "summary"), to_submit(draft))

    assert Registration.objects.get().candidate == stays
    assert Candidate.objects.count() == 2


def test_what_is_removed_twice_is_no_error(client, officer):
    draft = begun(officer, option="full")
    gone = ids(draft)[0]

    for _ in range(2):
        page = client.post(page_of(draft, "summary"), {"remove": gone}, follow=True)

    assert page.status_code == 200
    assert draft.entries.count() == 1


def test_the_page_asks_the_same_number_of_queries_for_three_and_for_thirty(client, officer):
    few, many = begun(officer, count=3, option="full"), begun(officer, count=30, option="full")
    client.get(page_of(few, "summary"))

    counted = [count_queries(client, page_of(draft, "summary")) for draft in (few, many)]

    assert counted == [PAGE_QUERIES, PAGE_QUERIES]


def test_those_with_something_to_do_stand_first(client, officer):
    draft = begun(officer, count=3, option="full")
    *_, second, last = draft.entries.all()
    draft.entries.filter(pk=second.pk).update(option="")
    Candidate.objects.filter(pk=last.candidate_id).update(uln="1")

    page = client.get(page_of(draft, "summary"))

    assert [row.line.entry.pk for row in page.context["rows"]][:2] == [second.pk, last.pk]


def test_an_order_number_that_no_database_can_hold_is_refused_like_any_other(client, officer):
    draft = begun(officer, option="full")

    typed = [{"act": "keep", "order_number": "PO\0 17"}, to_submit(draft, order_number="PO\0 17")]

    for page in [client.post(page_of(draft, "summary"), each) for each in typed]:
        assert 'href="#order_number"' in page.text
    assert EntryDraft.objects.get().order_number == "PO\ufffd 17"
