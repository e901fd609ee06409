"""The table of webforms, and what their forms keep of what is typed."""

import pytest
from django.utils.datastructures import MultiValueDict

from requests_forms.enums import Kind
from requests_forms.forms import ArrangementForm, VariationForm
from requests_forms.forms.variations import zone_choices
from requests_forms.kinds import WEBFORMS, Prefilled, forged
from requests_forms.rules import ARRANGEMENTS, zones
from requests_forms.services import facts_to_ask
from tests.requests_forms.acts import about, right_moment
from tests.requests_forms.rule_facts import RIGHT

ACTION_LIST = {
    Kind.ACCESS_ARRANGEMENT: "Submit access arrangement",
    Kind.ENTRY_AMENDMENT: "Submit entry amendment",
    Kind.TIMETABLE_VARIATION: "Submit timetable variation request",
    Kind.WITHDRAWAL: "Submit withdrawal request",
    Kind.SPECIAL_CONSIDERATION: "Submit special consideration",
}


def webform_about(kind, entry, officer):
    """A webform with what its form needs besides the answers."""
    subject = about(kind, entry)
    at = right_moment(kind, entry.session)
    facts = facts_to_ask(kind=kind, centre=entry.centre, entry=subject["entry"], by=officer, at=at)
    return WEBFORMS[kind], {"about": next(filter(None, subject.values()), entry.centre), "facts": facts}


def test_every_kind_has_its_webform_under_the_words_of_the_action_list():
    assert list(WEBFORMS) == list(Kind)
    assert {kind: WEBFORMS[kind].title for kind in ACTION_LIST} == ACTION_LIST


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Kind)
def test_what_a_form_kept_it_shows_and_keeps_again(kind, entry, officer):
    webform, asked = webform_about(kind, entry, officer)

    first = webform.answers_in(RIGHT[kind], **asked)
    form = webform.filled_form(first, [], **asked)

    assert {name: first[name] for name in RIGHT[kind]} == RIGHT[kind]
    assert {name: form[name].value() for name in RIGHT[kind]} == RIGHT[kind]
    assert webform.answers_in(first, **asked) == first


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.ENTRY_AMENDMENT])
def test_a_form_keeps_its_own_fields_alone(kind, entry, officer):
    webform, asked = webform_about(kind, entry, officer)

    answers = webform.answers_in({"differences": "x", "status": "approved", "files": "x"}, **asked)

    assert {"differences", "status", "files"}.isdisjoint(answers)


@pytest.mark.django_db
def test_what_no_database_can_hold_becomes_a_mark_and_long_texts_are_cut(entry, officer):
    webform, asked = webform_about(Kind.WITHDRAWAL, entry, officer)

    answers = webform.answers_in({"detail": "a\0b" + "c" * 9000}, **asked)

    assert answers["detail"].startswith("a�b")
    assert len(answers["detail"]) == 5000


@pytest.mark.django_db
def test_every_arrangement_stands_in_its_group_once(entry, officer):
    _, asked = webform_about(Kind.ACCESS_ARRANGEMENT, entry, officer)

    groups = ArrangementForm({}, **asked).groups

    assert [line["tick"].name for group in groups for line in group["lines"]] == [f"a_{e.slug}" for e in ARRANGEMENTS]
    assert [group["title"] for group in groups if group["is_modified"]] == ["Modified papers"]


@pytest.mark.django_db
def test_ticks_come_as_truths_and_candidates_as_a_list(entry, officer):
    arrangements, asked = webform_about(Kind.ACCESS_ARRANGEMENT, entry, officer)
    consideration, asked_too = webform_about(Kind.SPECIAL_CONSIDERATION, entry, officer)

    ticks = arrangements.answers_in({"a_reader": "on"}, **asked)
    event = consideration.answers_in(MultiValueDict({"others": ["S00002", "S00003"]}), **asked_too)

    assert (ticks["a_reader"], ticks["a_scribe"], ticks["is_held"]) == (True, False, False)
    assert event["others"] == ["S00002", "S00003"]


def test_every_time_zone_is_offered_once_the_united_kingdom_first():
    empty, first, *areas = zone_choices()

    assert (empty[0], first) == ("", ("Europe/London", "United Kingdom"))
    assert sorted([first[0], *(zone for _, of_area in areas for zone, _ in of_area)]) == zones()
    assert ("Asia/Dubai", "Dubai") in dict(areas)["Asia"]


@pytest.mark.django_db
def test_papers_are_offered_with_their_start(entry, officer):
    _, asked = webform_about(Kind.TIMETABLE_VARIATION, entry, officer)

    choices = VariationForm({}, **asked).fields["paper"].widget.choices

    assert [value for value, _ in choices] == ["step-2", "step-3"]
    assert all(label.endswith(("(GMT)", "(BST)")) for _, label in choices)


@pytest.mark.parametrize(
    ("posted", "names"),
    [({}, []), ({"test": "STEP June 3001"}, []), ({"test": "BMAT"}, ["test"]), ({"test": ""}, ["test"])],
)
def test_a_filled_in_field_is_forged_where_it_comes_back_different(posted, names):
    assert forged([Prefilled("test", "Test", "STEP June 3001")], posted) == names
