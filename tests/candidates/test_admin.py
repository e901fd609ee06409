"""Candidates and groups in the administration: to be found and read, not changed."""

import pytest

from tests.factories.candidates import CandidateFactory, GroupFactory

pytestmark = pytest.mark.django_db

CANDIDATES, GROUPS = "/admin/candidates/candidate/", "/admin/candidates/candidategroup/"


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


@pytest.mark.parametrize("search", ["689990980001D", "1234567899", "12345678", "fox", "61111"])
def test_a_candidate_is_found_by_name_identifier_or_centre(client, centre, search):
    CandidateFactory(centre=centre, last_name="Fox", uci="689990980001D", uln="1234567899", ocr_number="12345678")
    CandidateFactory(last_name="Bell")

    page = client.get(CANDIDATES, {"q": search})

    assert [candidate.last_name for candidate in page.context["cl"].result_list] == ["Fox"]


def test_groups_are_listed_with_their_counts(client, centre):
    group = GroupFactory(centre=centre, name="Year 12 IT", members=[CandidateFactory(centre=centre) for _ in range(2)])

    page = client.get(GROUPS)

    [row] = page.context["cl"].result_list
    assert (row, row.member_count) == (group, 2)


def test_candidates_and_groups_are_not_changed_there(client, centre):
    group = GroupFactory(centre=centre)
    candidate = CandidateFactory(centre=centre)

    for address, row in ((CANDIDATES, candidate), (GROUPS, group)):
        assert client.get(f"{address}{row.pk}/change/").status_code == 200
        statuses = [
            client.post(f"{address}{page}").status_code for page in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/")
        ]
        assert statuses == [403, 403, 403]
