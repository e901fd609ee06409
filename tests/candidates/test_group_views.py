"""The pages of groups."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from candidates.models import CandidateGroup
from tests.candidates.pages import count_queries, errors_of, words_of
from tests.factories.candidates import CandidateFactory, GroupFactory

pytestmark = pytest.mark.django_db

GROUPS, NEW = "/candidates/groups/", "/candidates/groups/new/"
GROUPS_QUERIES = 9
GROUP_QUERIES = 11
ADD_QUERIES = 11


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def three(centre):
    born = {"centre": centre, "date_of_birth": date(2009, 3, 4)}
    names = [("Ann", "Bell"), ("Zoë", "Fox"), ("Liam", "Ward")]
    return [CandidateFactory(**born, first_name=first, last_name=last) for first, last in names]


@pytest.fixture
def group(centre, three):
    """Ann and Zoë."""
    return GroupFactory(centre=centre, name="Year 12 IT", members=three[:2])


def url(name, group):
    return reverse(f"candidates:{name}", args=[group.key])


def keys(*candidates):
    return {"candidates": [str(candidate.key) for candidate in candidates]}


def names(group):
    return sorted(group.candidates.values_list("first_name", flat=True))


def test_the_groups_are_listed_by_name_with_their_counts(client, centre, group, other_centre):
    GroupFactory(centre=centre, name="art")
    GroupFactory(centre=other_centre)

    page = client.get(GROUPS)

    assert [(each.name, each.member_count) for each in page.context["page"]] == [("art", 0), ("Year 12 IT", 2)]


def test_a_centre_without_groups_is_told_what_they_are(client):
    assert "Your centre has no group yet." in words_of(client.get(GROUPS))


def test_the_groups_take_as_many_queries_for_one_as_for_three(client, centre, group):
    one = count_queries(client, GROUPS)
    GroupFactory(centre=centre), GroupFactory(centre=centre)

    assert (one, count_queries(client, GROUPS)) == (GROUPS_QUERIES, GROUPS_QUERIES)


def test_a_group_is_made_with_a_tidy_name(client, centre):
    response = client.post(NEW, {"name": "  Year  12 IT "}, follow=True)

    group = CandidateGroup.objects.get()
    assert (group.centre, group.name) == (centre, "Year 12 IT")
    assert response.redirect_chain == [(url("group", group), 302)]
    assert "made by Olivia Marsh" in words_of(response)


@pytest.mark.parametrize("name", ["", "year 12 it", "x" * 61, "=1"])
def test_a_name_that_is_none_is_refused_and_stays_typed(client, group, name):
    page = client.post(NEW, {"name": name})

    assert len(errors_of(page)["name"]) == 1
    assert page.context["form"]["name"].value() == name
    assert CandidateGroup.objects.count() == 1


def test_a_group_shows_its_members_by_name(client, group):
    page = client.get(url("group", group))

    assert [candidate.first_name for candidate in page.context["page"]] == ["Ann", "Zoë"]


def test_a_group_takes_as_many_queries_for_one_member_as_for_three(client, centre, three):
    group = GroupFactory(centre=centre, members=three[:1])
    one = count_queries(client, url("group", group))
    group.candidates.set(three)

    assert (one, count_queries(client, url("group", group))) == (GROUP_QUERIES, GROUP_QUERIES)


def test_a_read_only_colleague_sees_the_members_and_no_boxes(signed_in, colleague, group):
    page = signed_in(colleague).get(url("group", group))

    assert "Bell, Ann" in words_of(page)
    assert ("checkbox" in page.text, "Rename" in page.text) == (False, False)


def test_a_group_is_renamed(client, group):
    assert client.get(url("group-edit", group)).context["form"]["name"].value() == "Year 12 IT"

    page = client.post(url("group-edit", group), {"name": "Year 12 Media"}, follow=True)

    group.refresh_from_db()
    assert group.name == "Year 12 Media"
    assert "renamed by Olivia Marsh Name: Year 12 IT became Year 12 Media" in words_of(page)


def test_a_name_of_another_group_is_refused(client, group, centre):
    GroupFactory(centre=centre, name="Art")

    page = client.post(url("group-edit", group), {"name": "ART"})

    assert errors_of(page) == {"name": ["Your centre has a group called “Art”. Choose another name."]}
    assert "<title>Error: Rename Year 12 IT" in page.text


def test_a_group_is_deleted_after_asking(client, group, three):
    assert "It has 2 candidates. Their records and their entries stay" in words_of(
        client.get(url("group-delete", group))
    )

    response = client.post(url("group-delete", group), follow=True)

    assert (CandidateGroup.objects.count(), response.redirect_chain) == (0, [(GROUPS, 302)])
    assert "The group “Year 12 IT” is deleted." in words_of(response)
    assert client.post(url("group-delete", group)).status_code == 404


# --- members ----------------------------------------------------------------------------------------------------------


def test_a_search_has_a_box_for_those_who_are_not_in_the_group(client, group, three):
    page = client.get(url("group-add", group))

    assert page.context["members"] == {candidate.pk for candidate in three[:2]}
    assert page.text.count('name="candidates"') == 1
    assert f'value="{three[2].key}"' in page.text


def test_those_ticked_are_added_and_the_search_stays(client, group, three):
    address = f"{url('group-add', group)}?search=ward"

    response = client.post(address, keys(three[2]), follow=True)

    assert (response.redirect_chain, names(group)) == ([(address, 302)], ["Ann", "Liam", "Zoë"])
    assert "1 candidate added to the group “Year 12 IT”." in words_of(response)
    assert "Everybody on this page is in the group." in words_of(response)


def test_all_on_a_page_are_added_at_once(client, centre, three):
    group = GroupFactory(centre=centre)

    client.post(url("group-add", group), {"shown": [str(three[0].key), str(three[1].key)], "all": "1"})

    assert names(group) == ["Ann", "Zoë"]


def test_nobody_ticked_is_told(client, group):
    assert "Tick at least one candidate." in words_of(client.post(url("group-add", group), follow=True))
    assert "Tick at least one candidate." in words_of(client.post(url("group-remove", group), follow=True))


def test_candidates_of_another_centre_merged_ones_and_nonsense_are_left_out(client, group, three, other_centre):
    theirs = CandidateFactory(centre=other_centre)
    merged = CandidateFactory(centre=group.centre, merged_into=three[0])
    sent = keys(theirs, merged)["candidates"] + [str(uuid4()), "nonsense", ""]

    client.post(url("group-add", group), {"candidates": sent})

    assert names(group) == ["Ann", "Zoë"]


def test_the_search_for_members_takes_as_many_queries_for_one_as_for_three(client, centre):
    group = GroupFactory(centre=centre)
    CandidateFactory(centre=centre)
    one = count_queries(client, url("group-add", group))
    CandidateFactory(centre=centre), CandidateFactory(centre=centre)

    assert (one, count_queries(client, url("group-add", group))) == (ADD_QUERIES, ADD_QUERIES)


def test_a_search_that_finds_nobody_leads_back(client, group):
    page = client.get(url("group-add", group), {"search": "nobody"})

    assert "Type another part of a forename or surname" in words_of(page)
    assert url("group", group) in page.text


def test_those_ticked_are_removed(client, group, three):
    response = client.post(url("group-remove", group), keys(three[0]), follow=True)

    assert (response.redirect_chain, names(group)) == ([(url("group", group), 302)], ["Zoë"])
    assert "1 candidate removed from the group. Their records stay." in words_of(response)
    assert "1 candidate removed by Olivia Marsh" in words_of(response)


def test_a_group_is_rolled_over(client, group, three):
    page = client.get(url("group-roll-over", group))
    assert page.text.count("checked") == 2

    response = client.post(url("group-roll-over", group), {"name": "Year 13 IT"} | keys(three[1]), follow=True)

    new = CandidateGroup.objects.get(name="Year 13 IT")
    assert response.redirect_chain == [(url("group", new), 302)]
    assert (names(new), names(group)) == (["Zoë"], ["Ann", "Zoë"])


def test_what_was_ticked_stays_where_the_name_is_refused(client, group, three):
    page = client.post(url("group-roll-over", group), {"name": "Year 12 it"} | keys(three[1]))

    assert set(errors_of(page)) == {"name"}
    assert page.context["members"] == [(three[0], False), (three[1], True)]


# --- from a file ------------------------------------------------------------------------------------------------------


def upload(content):
    return {"file": SimpleUploadedFile("class.csv", content)}


def test_a_file_whose_rows_are_all_found_leads_to_the_group(client, group):
    file = upload("Surname,Forename,Date of birth\nWard,Liam,04/03/2009\nFox,Zoë,04/03/2009\n".encode())

    response = client.post(url("group-file", group), file, follow=True)

    assert (response.redirect_chain, names(group)) == ([(url("group", group), 302)], ["Ann", "Liam", "Zoë"])
    told = "1 candidate added to the group “Year 12 IT”. 1 candidate of the file stood in it already."
    assert told in words_of(response)


def test_rows_that_name_nobody_are_told_and_the_others_added(client, group):
    file = upload(b"Surname,Forename,Date of birth\nWard,Liam,04/03/2009\nWard,Lia,04/03/2009\n")

    page = client.post(url("group-file", group), file)

    assert names(group) == ["Ann", "Liam", "Zoë"]
    assert "1 row could not be added: nobody was guessed." in words_of(page)
    assert "Row 3 No candidate of your centre has the name “Lia Ward”" in words_of(page)


@pytest.mark.parametrize(
    ("file", "said"), [({}, "Choose the file"), (upload(b"Form\n12A\n"), "The file needs a column")]
)
def test_a_file_that_is_none_is_refused_at_its_field(client, group, file, said):
    [sentence] = errors_of(client.post(url("group-file", group), file))["file"]

    assert sentence.startswith(said)


def test_a_page_that_was_open_too_long_adds_nobody(officer, group):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    address = url("group-file", group)

    page = client.post(address, upload(b"UCI\n689990980001D\n"), HTTP_REFERER=f"http://testserver{address}")

    assert "Nobody was added: choose the file again." in words_of(page)
