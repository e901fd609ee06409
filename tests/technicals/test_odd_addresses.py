"""Addresses that no page makes: what nobody can look for leads to the whole list, or to nothing, never to an error."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "asked",
    ["registration/?state__exact=%00", "unitentry/?q=a%00b", "feeline/?kind__exact=a%00b", "price/?x%00=1"],
)
def test_a_filter_of_the_administration_with_a_null_character_shows_the_whole_list(signed_in, staff, asked):
    page = signed_in(staff).get(f"/admin/technicals/{asked}")

    assert (page.status_code, page["Location"]) == (302, f"/admin/technicals/{asked.split('?')[0]}?e=1")


@pytest.mark.parametrize("number", ["%00", "a%00b", "CT000001%20"])
def test_a_submission_that_cannot_be_is_not_found(signed_in, officer, number):
    page = signed_in(officer).get(f"/technicals/submissions/{number}/")

    assert page.status_code == 404
