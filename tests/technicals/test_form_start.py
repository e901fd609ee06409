"""The way into the web form, Select assessment, and forms that were begun."""

from datetime import timedelta

import pytest
from django.urls import reverse

from technicals.models import Approval, EntryDraft, Qualification, Series
from tests.factories.candidates import CandidateFactory, GroupFactory
from tests.factories.technicals import TechnicalsApprovalFactory, exam_series, today
from tests.reports.pages import count_queries, words_of
from tests.technicals.conftest import MOVE_DOWN, TOP_UP
from tests.technicals.form_pages import FORM, begun, page_of

pytestmark = pytest.mark.django_db
START_QUERIES = 13
USE_THE_FORM = "Use Cambridge Technicals web-based entry form"


@pytest.fixture
def client(signed_in, officer, january):
    return signed_in(officer)


def offered(page):
    return [shown.qualification.code for family in page.context["families"] for shown in family.codes]


# --- Select assessment ------------------------------------------------------------------------------------------------


def test_make_entries_offers_both_ways_in(client):
    page = client.get(reverse("technicals:home"))

    assert f'href="{FORM}">{USE_THE_FORM}</a>' in page.text
    assert ">Upload Cambridge Technicals entries spreadsheet</a>" in page.text


def test_a_blank_search_lists_every_code_that_the_centre_is_approved_for(client):
    page = client.get(FORM)

    assert "<h1>Select assessment</h1>" in page.text
    assert ">OK</button>" in page.text
    business = Qualification.objects.filter(subject="Business", level=3, suite="2016")
    assert sorted(offered(page)) == sorted(business.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("search", "codes"),
    [
        ("05835", ["05835", TOP_UP]),
        ("extended certificate", ["05835"]),
        ("EXTENDED  cert business", ["05835"]),
        ("top-up", [TOP_UP]),
    ],
)
def test_a_code_a_title_and_a_part_of_a_title_are_found(search, codes, client):
    page = client.get(FORM, {"search": search})

    assert [code for code in offered(page) if code != MOVE_DOWN] == codes


def test_a_code_says_what_it_tops_up_and_from_where(client):
    page = client.get(FORM, {"search": TOP_UP})

    assert "Top-up from 05834 to 05835" in words_of(page)
    assert f'value="{TOP_UP}" id="assessment" checked' in page.text


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("99999", "“99999” is not an entry code."),
        ("05838", "Your centre is not approved for IT, Level 3, 2016 suite (05838). Check the code; if you were"),
        ("engineering", "Your centre is not approved for Engineering, Level 3, 2016 suite. Ask OCR for approval."),
        ("astrology", "No qualification has “astrology” in its code or title."),
    ],
)
def test_what_is_not_found_is_explained(search, said, client):
    page = client.get(FORM, {"search": search})

    assert said in words_of(page)
    assert "List all that your centre is approved for" in page.text
    assert offered(page) == []


def test_ok_begins_a_form_for_the_code_and_the_series(client, january, officer, centre):
    june = exam_series("june")

    page = client.post(FORM, {"assessment": "05835", "series": str(june.pk)})

    draft = EntryDraft.objects.get()
    assert (draft.qualification.code, draft.series, draft.started_by, draft.centre) == ("05835", june, officer, centre)
    assert page.url == page_of(draft, "candidates")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "Choose the qualification that you enter for, then press OK."),
        ("05838", "Your centre is not approved for IT"),
        ("99999", "is not an entry code"),
    ],
)
def test_nothing_is_begun_without_a_code_that_can_be_entered(code, said, client, january):
    page = client.post(FORM, {"assessment": code, "series": str(january.pk)})

    assert said in words_of(page)
    assert 'href="#assessment"' in page.text
    assert not EntryDraft.objects.exists()


def test_the_next_series_is_offered_first_and_where_none_is_open_the_page_says_so(client, january):
    june = exam_series("june", entry_deadline=today() + timedelta(days=200))
    assert client.get(FORM).context["series"] == [january, june]

    Series.objects.exclude(kind="registration").delete()
    page = client.get(FORM)

    assert "No series takes entries for examined units now; full awards can be entered." in words_of(page)
    client.post(FORM, {"assessment": "05835"})
    assert EntryDraft.objects.get().series is None


def test_a_series_that_closed_while_the_page_was_open_is_not_replaced_silently(client, officer, january):
    june = exam_series("june", entry_deadline=today() + timedelta(days=200))
    draft = begun(officer)
    Series.objects.filter(pk=january.pk).update(
        entry_deadline=today() - timedelta(days=2), late_until=today() - timedelta(days=1)
    )
    typed = {"assessment": "05835", "series": str(january.pk)}

    pages = [client.post(address, typed) for address in (FORM, page_of(draft, "assessment"))]

    assert "January 2027, for which this form was begun, takes no entries now." in words_of(pages[1])
    for page in pages:
        assert "The series that was chosen takes no entries any more." in words_of(page)
        assert 'href="#series"' in page.text
        assert page.context["series"] == [june]
    assert list(EntryDraft.objects.values_list("series", flat=True)) == [january.pk]


def test_a_centre_without_an_approval_is_told_whom_to_ask(client):
    Approval.objects.all().delete()

    page = client.get(FORM)

    assert "Your centre has no approval" in page.text
    assert ">OK</button>" not in page.text


def test_a_group_and_a_candidate_lead_into_the_form_with_them_on_it(client, centre, other_centre):
    ann, ben = CandidateFactory.create_batch(2, centre=centre)
    group = GroupFactory(centre=centre, members=[ann, ben])
    theirs = CandidateFactory(centre=other_centre)

    of_group = client.get(reverse("candidates:group", args=[group.key]))
    of_ann = client.get(reverse("candidates:candidate", args=[ann.key]))

    assert f'href="{FORM}?group={group.key}">Enter for Cambridge Technicals</a>' in of_group.text
    assert f'href="{FORM}?candidate={ann.key}">Enter for Cambridge Technicals</a>' in of_ann.text
    for query, count in ((f"group={group.key}", 2), (f"candidate={ann.key}", 1), (f"candidate={theirs.key}", 0)):
        client.post(f"{FORM}?{query}", {"assessment": "05835"})
        assert EntryDraft.objects.latest("pk").entries.count() == count


def test_pages_of_candidates_lead_nobody_into_the_form_who_cannot_use_it(signed_in, officer, colleague, centre):
    ann = CandidateFactory(centre=centre)
    page = reverse("candidates:candidate", args=[ann.key])

    assert "Enter for Cambridge Technicals" not in signed_in(officer).get(page).text
    TechnicalsApprovalFactory(centre=centre)
    assert "Enter for Cambridge Technicals" not in signed_in(colleague).get(page).text


def test_another_code_can_be_chosen_later(client, officer):
    draft = begun(officer, option="full")

    page = client.get(page_of(draft, "assessment"))
    assert 'value="05835" id="assessment-05835" checked' in page.text
    client.post(page_of(draft, "assessment"), {"assessment": "05836", "series": ""})

    draft.refresh_from_db()
    assert draft.qualification.code == "05836"
    assert set(draft.entries.values_list("option", flat=True)) == {""}


# --- forms that were begun --------------------------------------------------------------------------------------------


def test_forms_that_nobody_submitted_are_listed_where_entries_are_begun(client, officer, officer_elsewhere, signed_in):
    draft = begun(officer, count=3)
    TechnicalsApprovalFactory(centre=officer_elsewhere.memberships.get().centre)
    begun(officer_elsewhere)

    for address in (FORM, reverse("technicals:home")):
        page = client.get(address)
        assert page.context["drafts"] == [draft]
        said = words_of(page)
        assert "Web forms not submitted" in said
        assert f"{draft.qualification}, 3 candidates" in said
        assert "by Olivia Marsh" in said
        assert page_of(draft, "candidates") in page.text


def test_every_form_with_somebody_on_it_is_listed_and_no_other(client, officer):
    drafts = [begun(officer, count=1) for _ in range(22)]
    begun(officer, count=0)

    assert client.get(FORM).context["drafts"] == drafts[::-1]


def test_a_read_only_member_sees_that_a_form_was_begun_and_cannot_open_it(signed_in, colleague, officer, january):
    draft = begun(officer)

    page = signed_in(colleague).get(reverse("technicals:home"))

    assert page.context["drafts"] == [draft]
    assert page_of(draft, "candidates") not in page.text


def test_select_assessment_asks_the_same_number_of_queries_for_one_form_and_for_three(client, officer):
    begun(officer, count=3)
    client.get(FORM)
    with_one = count_queries(client, FORM)
    for _ in range(2):
        begun(officer, count=30)
        exam_series("june", today().year + 2 + EntryDraft.objects.count())

    assert (with_one, count_queries(client, FORM)) == (START_QUERIES, START_QUERIES)
