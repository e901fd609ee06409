"""Submissions in the administration: the list, the queue, the desk, and the numbers on the front page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from entries_portal.front_page import figures_of_submissions
from technicals.enums import SubmissionStatus as Status
from tests.reports.pages import count_queries, words_of
from tests.technicals.submissions import desk_of, kind_of_rows, submitted, upload_for
from uploads.enums import UploadState
from uploads.rules import kinds

pytestmark = pytest.mark.django_db

QUEUE_QUERIES = 6
QUEUE = "/admin/technicals/submission/queue/"
NOTE = "Row 3 has a scheme code that was withdrawn."
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(signed_in, staff):
    return signed_in(staff)


@pytest.fixture(autouse=True)
def rows_are_ready(monkeypatch):
    monkeypatch.setitem(kinds._KINDS, "technicals", kind_of_rows())


def test_the_list_of_staff_leads_to_the_desk_and_is_searched(desk, centre, other_centre, officer):
    found = submitted(centre, officer, number="CT000123", file_name="class.xlsx")
    submitted(other_centre, officer)
    changelist = reverse("admin:technicals_submission_changelist")

    lists = [desk.get(changelist, {"q": term}).context["cl"] for term in ("CT000123", "61111", "class")]

    assert [list(each.result_list) for each in lists] == [[found]] * 3
    assert f'href="{desk_of(found)}"' in desk.get(changelist).text
    assert desk.get(reverse("admin:technicals_submission_change", args=[found.pk])).url == desk_of(found)


def test_the_list_of_staff_is_narrowed_by_status_and_by_waiting(desk, centre, officer, now):
    late = submitted(centre, officer, submitted_at=now - 11 * MINUTE)
    submitted(centre, officer, submitted_at=now)
    submitted(centre, officer, Status.PROCESSING_COMPLETE, submitted_at=now - 11 * MINUTE)
    changelist = reverse("admin:technicals_submission_changelist")

    def listed(**asked):
        return list(desk.get(changelist, asked).context["cl"].result_list)

    assert listed(waiting="long") == [late]
    assert len(listed(status__exact=Status.READ_AND_RECOGNISED)) == 2


def test_the_queue_has_what_is_handled_what_waits_too_long_and_what_was_rejected(desk, centre, officer, now):
    handled = submitted(centre, officer, Status.OCR_HANDLING_THIS, note=NOTE)
    late = submitted(centre, officer, submitted_at=now - 11 * MINUTE)
    submitted(centre, officer, submitted_at=now)
    again = upload_for(centre, officer, state=UploadState.QUEUED)
    submitted(centre, officer, Status.READ_AND_REJECTED, upload=again)
    submitted(centre, officer, upload=again)
    gone = [submitted(centre, officer, Status.READ_AND_REJECTED, upload=None) for _ in range(2)]

    page = desk.get(QUEUE)

    assert [submissions for _, submissions, _ in page.context["parts"]] == [[handled], [late], gone]
    assert NOTE in page.text


def test_the_queue_asks_the_same_number_of_queries_for_one_and_for_three(desk, centre, officer):
    submitted(centre, officer, Status.READ_AND_REJECTED)
    desk.get(QUEUE)
    with_one = count_queries(desk, QUEUE)
    submitted(centre, officer, Status.READ_AND_REJECTED)
    submitted(centre, officer, Status.OCR_HANDLING_THIS)

    assert (with_one, count_queries(desk, QUEUE)) == (QUEUE_QUERIES, QUEUE_QUERIES)


def test_staff_see_every_reason_with_its_row_and_code(desk, centre, officer):
    refusals = [{"code": "UCI-02", "sentence": "The last letter must be X.", "row": 12}]

    page = desk.get(desk_of(submitted(centre, officer, Status.READ_AND_REJECTED, refusals=refusals)))

    assert "Row 12: The last letter must be X. (UCI-02)" in words_of(page)


def test_staff_take_over_put_back_and_reject(desk, centre, officer):
    submission = submitted(centre, officer)
    statuses = []

    for post in ({"act": "take-over", "note": NOTE}, {"act": "put-back"}, {"act": "take-over", "note": NOTE}):
        assert desk.post(desk_of(submission), post).url == QUEUE
        submission.refresh_from_db()
        statuses.append(submission.status)
    desk.post(desk_of(submission), {"act": "reject", "note": NOTE})
    submission.refresh_from_db()

    assert "OCR handling this, by Sam Taylor" in words_of(desk.get(desk_of(submission)))
    assert statuses == [Status.OCR_HANDLING_THIS, Status.READ_AND_RECOGNISED, Status.OCR_HANDLING_THIS]
    assert submission.status == Status.READ_AND_REJECTED


def test_an_act_without_its_note_is_refused_at_the_field_and_nothing_is_changed(desk, centre, officer):
    submission = submitted(centre, officer)

    page = desk.post(desk_of(submission), {"act": "take-over", "note": ""})

    submission.refresh_from_db()
    assert page.context["form"].errors["note"] == ["Type what is being looked into: the centre reads it."]
    assert submission.status == Status.READ_AND_RECOGNISED


def test_who_was_slower_keeps_what_was_typed_or_is_told_that_nothing_is_to_do(desk, centre, officer):
    submission = submitted(centre, officer, Status.PROCESSING_COMPLETE)

    page = desk.post(desk_of(submission), {"act": "take-over", "note": NOTE})

    assert "The submission is at “Processing complete” now" in page.text
    assert "There is nothing to do." in page.text


@pytest.mark.parametrize("act", ["", "delete", "take-over\x00"])
def test_a_button_that_there_is_not_does_nothing(act, desk, centre, officer):
    submission = submitted(centre, officer)

    assert desk.post(desk_of(submission), {"act": act, "note": NOTE}).status_code == 200

    submission.refresh_from_db()
    assert submission.status == Status.READ_AND_RECOGNISED


def test_a_submission_that_there_is_not_has_no_desk(desk):
    assert desk.get(reverse("admin:technicals_submission_handle", args=[1])).status_code == 404
    assert desk.get(reverse("admin:technicals_submission_change", args=[1])).status_code == 404


def test_the_front_page_counts_what_waits_too_long_and_what_staff_handle(desk, centre, officer, now):
    submitted(centre, officer, submitted_at=now - 10 * MINUTE)
    submitted(centre, officer, Status.PROCESSING_IN_PROGRESS, submitted_at=now - 11 * MINUTE)
    submitted(centre, officer, submitted_at=now - 9 * MINUTE)
    submitted(centre, officer, Status.PROCESSING_COMPLETE, submitted_at=now - 11 * MINUTE)
    submitted(centre, officer, Status.OCR_HANDLING_THIS, submitted_at=now)

    late, handled = figures_of_submissions(now)

    assert (late.count, late.is_alarming, handled.count) == (2, True, 1)
    assert [len(desk.get(each.url).context["cl"].result_list) for each in (late, handled)] == [2, 1]
    assert "Spreadsheets of Cambridge Technicals on" in desk.get("/admin/").text
