"""Finding candidates: who a search shows, in which order, and which records may be one person."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from candidates import queries
from candidates.codecs import Asked
from candidates.enums import Clash
from candidates.models import Candidate, CandidatesDiffer
from candidates.rules.identity import person_key
from candidates.rules.names import plain_form
from core.moments import UK
from tests.factories.candidates import CandidateFactory, GroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(centre):
    """Make a candidate of a name, with the plain forms that the portal derives."""

    def candidate(first_name, last_name, **fields):
        names = {"first_name": first_name, "last_name": last_name, "person_key": person_key(first_name, last_name)}
        plain = {"plain_first_name": plain_form(first_name), "plain_last_name": plain_form(last_name)}
        return CandidateFactory(**({"centre": centre} | names | plain | fields))

    return candidate


@pytest.fixture
def shown(centre, officer, now):
    """The first names of those that a list shows, as it is asked."""

    def names(**asked):
        found = queries.candidates_shown(centre=centre, user=officer, asked=Asked(**asked), at=now)
        return [candidate.first_name for candidate in found]

    return names


@pytest.fixture
def three(add):
    add("Zoë", "Müller-Søby", middle_names="Renée", uci="689990980001D", candidate_number="0042", numbered_in=2026)
    add("Seán", "O\u2019Brien", uln="1234567899", ocr_number="12345678", ucas_id="1000000051")
    add("Anna", "van der Merwe", candidate_number="1234", numbered_in=2025)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", {"Zoë", "Seán", "Anna"}),
        ("zo", {"Zoë"}),
        ("MÜLLER", {"Zoë"}),
        ("muller-soby", {"Zoë"}),
        ("renée", {"Zoë"}),
        ("soby zoe", {"Zoë"}),
        ("zoe o'brien", set()),
        ("o'brien", {"Seán"}),
        ("obr", {"Seán"}),
        ("van der merwe", {"Anna"}),
        ("vandermerwe", {"Anna"}),
        ("689990980001D", {"Zoë"}),
        ("689990980001d", {"Zoë"}),
        ("68999 0 98 0001 d", {"Zoë"}),
        ("68999", {"Zoë"}),
        ("99998", set()),  # not the beginning
        ("1234567899", {"Seán"}),
        ("12345678", {"Seán"}),
        ("100 000 0051", {"Seán"}),
        ("42", {"Zoë"}),
        ("0042", {"Zoë"}),
        ("1234", {"Seán", "Anna"}),
        ("zoe 42", {"Zoë"}),
        ("%", set()),
        ("_", set()),
        ("z_e", set()),
        ("\\", set()),
    ],
)
def test_a_search_finds_candidates_by_name_or_identifier(shown, three, search, found):
    assert set(shown(search=search)) == found


def test_merged_records_and_those_of_another_centre_are_not_shown(shown, add, other_centre):
    kept = add("Ann", "Fox")
    add("Anne", "Fox", merged_into=kept)
    add("Liam", "Fox", centre=other_centre)

    assert shown(search="fox") == ["Ann"]


def test_a_read_only_colleague_sees_them_and_somebody_elsewhere_does_not(centre, colleague, officer_elsewhere, add):
    add("Ann", "Fox")

    assert queries.candidates_of(centre=centre, user=colleague).count() == 1
    assert queries.candidates_of(centre=centre, user=officer_elsewhere).count() == 0


def test_the_choice_of_when_counts_from_the_beginning_of_its_first_day(centre, officer, add):
    at = datetime(2026, 7, 10, 9, 0, tzinfo=UK)
    add("Today", "Fox", created_at=datetime(2026, 7, 10, 0, 0, tzinfo=UK))
    add("Yesterday", "Fox", created_at=datetime(2026, 7, 9, 23, 59, tzinfo=UK))
    add("Long ago", "Fox", created_at=datetime(2016, 7, 9, tzinfo=UK))

    def shown(added):
        found = queries.candidates_shown(centre=centre, user=officer, asked=Asked(added=added), at=at)
        return {candidate.first_name for candidate in found}

    assert shown("today") == {"Today"}
    assert shown("7-days") == shown("5-years") == {"Today", "Yesterday"}
    assert shown("any") == {"Today", "Yesterday", "Long ago"}


def test_those_added_at_another_time_are_counted(centre, officer, add, now):
    add("Ann", "Fox", created_at=now - timedelta(days=3000))
    scope = {"centre": centre, "user": officer, "at": now}

    assert queries.found_at_any_time(**scope, asked=Asked(search="fox")) == 1
    assert queries.found_at_any_time(**scope, asked=Asked(search="box")) == 0
    assert queries.found_at_any_time(**scope, asked=Asked(search="fox", added="any")) == 0


def test_a_group_shows_its_members(shown, add, centre):
    ann = add("Ann", "Fox")
    add("Liam", "Fox")
    group = GroupFactory(centre=centre, members=[ann])

    assert shown(group=str(group.key)) == ["Ann"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["Bea", "Ann", "Cid"]),
        ("-name", ["Cid", "Ann", "Bea"]),
        ("born", ["Ann", "Bea", "Cid"]),
        ("-born", ["Cid", "Bea", "Ann"]),
        ("uci", ["Ann", "Cid", "Bea"]),
        ("number", ["Ann", "Cid", "Bea"]),
        ("added", ["Cid", "Bea", "Ann"]),
    ],
)
def test_the_list_is_put_in_order(shown, add, sort, names):
    now = timezone.now()
    add("Ann", "Fox Brown", date_of_birth=date(2008, 1, 1), created_at=now)
    add("Cid", "Foxall", date_of_birth=date(2008, 3, 1), uci="5", candidate_number="0005", numbered_in=2026,
        created_at=now - timedelta(days=2))  # fmt: skip
    add("Bea", "Fox", date_of_birth=date(2008, 2, 1), uci="6", candidate_number="0006", numbered_in=2026,
        created_at=now - timedelta(days=1))  # fmt: skip

    assert shown(sort=sort) == names


def test_a_page_past_the_end_is_the_last_one(centre, officer, add, now):
    for name in ("Ann", "Bea", "Cid"):
        add(name, "Fox")
    found = queries.candidates_shown(centre=centre, user=officer, asked=Asked(), at=now)

    pages = [queries.candidates_page(found, number=number, size=2) for number in (1, 2, 3)]

    assert [(page.number, page.paginator.count, len(page.object_list)) for page in pages] == [
        (1, 3, 2),
        (2, 3, 1),
        (2, 3, 1),
    ]


# --- pairs ------------------------------------------------------------------------------------------------------------


def test_alike_pairs_are_those_of_active_records_that_were_not_told_apart(centre, officer, add, other_centre):
    one, two, three = (add("Ann", "Fox") for _ in range(3))
    add("Ann", "Fox", merged_into=one)
    add("Ann", "Fox", centre=other_centre)
    CandidatesDiffer.objects.create(one=one, other=three)

    found = queries.alike_pairs(centre=centre, user=officer)

    assert [(pair.one, pair.other, pair.reasons) for pair in found] == [
        (one, two, (Clash.SAME_BIRTH,)),
        (two, three, (Clash.SAME_BIRTH,)),
    ]


def test_alike_pairs_are_in_the_order_of_names(centre, officer, add):
    for name in ("Zander", "abel", "Miller"):
        add("Ann", name), add("Ann", name)

    assert [pair.one.last_name for pair in queries.alike_pairs(centre=centre, user=officer)] == [
        "abel",
        "Miller",
        "Zander",
    ]


def test_those_alike_to_one_and_those_told_apart_from_it_are_found(officer, add):
    ann, other, swapped, ucas, told, stranger = (
        add("Ann", "Fox", ucas_id="1234567890", date_of_birth=date(2009, 3, 4)),
        add("Ann", "Fox", date_of_birth=date(2009, 3, 4)),
        add("Ann", "Fox", date_of_birth=date(2009, 4, 3)),
        add("Liam", "Box", ucas_id="1234567890"),
        add("Ann", "Fox", date_of_birth=date(2009, 3, 4)),
        add("Ann", "Fox", date_of_birth=date(2001, 1, 1)),
    )
    CandidatesDiffer.objects.create(one=ann, other=told)

    alike = queries.alike_to(candidate=ann, user=officer)

    assert {pair.other for pair in alike} == {other, swapped, ucas}
    assert queries.told_apart_from(candidate=ann, user=officer) == [told]
    assert queries.told_apart_from(candidate=told, user=officer) == [ann]
    assert queries.alike_to(candidate=stranger, user=officer) == []


def test_the_finding_of_step_leaves_merged_records_out(centre, add):
    kept = add("Anne", "Fox")
    add("Ann", "Fox", merged_into=kept)

    assert list(Candidate.objects.active()) == [kept]
