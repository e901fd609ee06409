"""The template of a centre: what its lists offer."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from technicals.services import prefilling
from technicals.services.prefilling import lists_of_template
from tests.factories.technicals import TechnicalsApprovalFactory, exam_series, load_reference, registration_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def january(centre):
    load_reference()
    registration_series()
    TechnicalsApprovalFactory(centre=centre)
    return exam_series()


def test_the_lists_are_the_centres_approved_codes_and_the_series_that_are_open(january, centre, now):
    lists = lists_of_template(centre, now)

    assert lists == {"scheme_code": ["05834", "05835", "05836", "05837", "05878"], "series": [str(january)]}


def test_a_list_that_is_too_long_for_a_sheet_is_left_out(january, centre, now, monkeypatch):
    monkeypatch.setattr(prefilling, "LONGEST_LIST", 4)

    assert lists_of_template(centre, now)["scheme_code"] == []


def test_the_workbook_offers_codes_series_and_gender(january, centre, officer, signed_in):
    answer = signed_in(officer).get(reverse("uploads:template", args=["technicals", "xlsx"]))
    book = openpyxl.load_workbook(BytesIO(answer.content))

    headings = [cell.value for cell in book.active[2]]
    offered = {}
    for validation in book.active.data_validations.dataValidation:
        [place] = validation.sqref.ranges
        sheet, _, cells = validation.formula1.partition("!")
        offered[headings[place.min_col - 1]] = [cell.value for row in book[sheet][cells] for cell in row]
    assert offered == {
        "Gender": ["Female", "Male", "Other / not stated"],
        "Scheme code": ["05834", "05835", "05836", "05837", "05878"],
        "Series": [str(january)],
    }
