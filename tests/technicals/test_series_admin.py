"""What staff do with series, prices and approvals."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core.history import history_of
from technicals.enums import SeriesKind
from technicals.models import Approval, Price, Series
from tests.factories.technicals import (
    PriceFactory,
    QualificationFactory,
    TechnicalsApprovalFactory,
    UnitFactory,
    exam_series,
    registration_series,
    today,
)
from tests.technicals.admin_pages import add_to, list_of

SEVERAL = reverse("admin:technicals_approval_several")
NEXT_YEAR = reverse("admin:technicals_series_next_year")


@pytest.fixture
def desk(staff, signed_in):
    """The administration as one of the board's staff uses it."""
    return signed_in(staff)


# --- series -----------------------------------------------------------------------------------------------------------


def series_fields(**changes):
    return {
        "kind": SeriesKind.JANUARY,
        "year": 2027,
        "opens_on": "01/09/2026",
        "entry_deadline": "21/10/2026",
        "late_until": "21/11/2026",
    } | changes


def test_a_series_is_added_and_changed_with_its_history(desk, staff):
    desk.post(add_to("series"), series_fields())
    series = Series.objects.get()

    desk.post(reverse("admin:technicals_series_change", args=[series.pk]), series_fields(late_until="22/11/2026"))

    changed, _ = history_of(series)
    assert (changed.action, changed.changes) == ("series.changed", {"late_until": ["2026-11-21", "2026-11-22"]})
    assert Series.objects.get().late_until == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"late_until": "20/10/2026"}, "late_until"),
        ({"year": 2030}, "entry_deadline"),
        ({"kind": "registration", "year": 2026, "opens_on": "01/10/2026"}, "late_until"),
        ({"kind": "registration", "year": 2026, "late_until": ""}, "opens_on"),
    ],
)
def test_a_series_that_the_rules_refuse_is_not_added(desk, changes, field):
    registration_series(date(2026, 5, 1))
    Series.objects.update(entry_deadline=date(2026, 9, 30))

    response = desk.post(add_to("series"), series_fields(**changes))

    assert list(response.context["adminform"].form.errors) == [field]
    assert Series.objects.count() == 1


def test_the_next_academic_year_is_added_by_one_button(desk):
    assert f'action="{NEXT_YEAR}"' in desk.get(list_of("series")).text

    response = desk.post(NEXT_YEAR, follow=True)

    assert "Look at every date of each, then untick “Sample dates” and save." in response.text
    assert sorted(Series.objects.values_list("kind", "is_sample")) == [
        ("january", True),
        ("june", True),
        ("registration", True),
    ]


def test_to_look_at_the_button_adds_nothing(desk):
    assert desk.get(NEXT_YEAR).status_code == 302
    assert not Series.objects.exists()


# --- prices -----------------------------------------------------------------------------------------------------------


def price_fields(**changes):
    return {"kind": "resit", "level": 3, "amount": "36.25", "since": "01/08/2026"} | changes


@pytest.mark.parametrize(
    ("typed", "pence"), [("36.25", 3625), ("36", 3600), ("£1,036.25", 103_625), ("", None), ("0", 0)]
)
def test_an_amount_is_typed_in_pounds(desk, typed, pence):
    desk.post(add_to("price"), price_fields(amount=typed))

    assert Price.objects.get().amount == pence


def test_a_price_is_shown_in_pounds_and_saving_it_unchanged_changes_nothing(desk):
    price = PriceFactory(amount=3605, since=date(2026, 8, 1))
    url = reverse("admin:technicals_price_change", args=[price.pk])

    assert 'value="36.05"' in desk.get(url).text
    assert "£36.05" in desk.get(list_of("price")).text
    desk.post(url, {"kind": price.kind, "amount": "36.05", "since": "01/08/2026"})

    assert not history_of(price).exists()
    assert Price.objects.get().amount == 3605


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "twelve"}, "amount"),
        ({"amount": "12.5"}, "amount"),
        ({"code": "05999", "level": ""}, "code"),
        ({"code": "05834"}, "level"),
        ({"until": "31/07/2026"}, "until"),
        ({"since": "31/07/2026", "until": "01/08/2026"}, "since"),
    ],
)
def test_a_price_that_the_rules_refuse_is_not_added(desk, changes, field):
    QualificationFactory(code="05834")
    PriceFactory(kind="resit", level=3, since=date(2025, 8, 1), until=date(2026, 7, 31))

    response = desk.post(add_to("price"), price_fields(**changes))

    assert list(response.context["adminform"].form.errors) == [field]
    assert Price.objects.count() == 1


# --- approvals --------------------------------------------------------------------------------------------------------


@pytest.fixture
def catalogue(db):
    QualificationFactory(code="05834")
    QualificationFactory(code="05838", subject="IT")


def test_approvals_are_found_by_centre_and_by_whether_they_are_in_force(desk, centre, other_centre):
    TechnicalsApprovalFactory(centre=centre)
    TechnicalsApprovalFactory(centre=centre, subject="IT", until=today() - timedelta(days=1))
    TechnicalsApprovalFactory(centre=other_centre, subject="Art", since=today() + timedelta(days=1))

    def found(**parameters):
        return sorted(each.subject for each in desk.get(list_of("approval", **parameters)).context["cl"].queryset)

    assert found(q="Northgate") == found(q="61111") == ["Business", "IT"]
    assert [found(standing=which) for which in ("now", "ended", "coming")] == [["Business"], ["IT"], ["Art"]]


def test_a_centre_is_approved_by_hand_and_the_approval_is_changed(desk, catalogue, centre):
    fields = {"centre": centre.pk, "family": "IT|3|2016", "since": "01/09/2026", "until": ""}
    desk.post(add_to("approval"), fields)
    approval = Approval.objects.get()

    desk.post(reverse("admin:technicals_approval_change", args=[approval.pk]), fields | {"until": "31/08/2027"})

    approval.refresh_from_db()
    assert (approval.centre, approval.family, approval.until) == (centre, ("IT", 3, "2016"), date(2027, 8, 31))
    changed, _ = history_of(approval)
    assert changed.changes == {"until": [None, "2027-08-31"]}


def test_a_second_approval_at_the_same_time_is_not_added_by_hand(desk, catalogue, centre):
    TechnicalsApprovalFactory(centre=centre)

    response = desk.post(
        add_to("approval"), {"centre": centre.pk, "family": "Business|3|2016", "since": today().strftime("%d/%m/%Y")}
    )

    assert list(response.context["adminform"].form.errors) == ["since"]
    assert Approval.objects.count() == 1


def test_an_approval_of_what_left_the_catalogue_can_still_be_opened_and_is_not_saved(desk, catalogue, centre):
    approval = TechnicalsApprovalFactory(centre=centre, subject="Art")
    url = reverse("admin:technicals_approval_change", args=[approval.pk])

    assert "Art, Level 3, 2016 suite" in desk.get(url).text
    response = desk.post(url, {"centre": centre.pk, "family": "Art|3|2016", "since": "01/09/2026"})

    assert "The catalogue has no entry code of Art" in response.text


def test_a_centre_is_approved_for_several_on_one_page(desk, catalogue, centre):
    asked = {"number": "61111", "families": ["Business|3|2016", "IT|3|2016"], "since": "01/09/2026", "until": ""}

    response = desk.post(SEVERAL, asked, follow=True)

    assert "61111 Northgate School is approved for 2:" in response.text
    assert Approval.objects.filter(centre=centre, since=date(2026, 9, 1), until=None).count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "99999"}, "number"),
        ({"number": ""}, "number"),
        ({"families": []}, "families"),
        ({"families": ["Art|3|2016"]}, "families"),
        ({"since": "soon"}, "since"),
        ({"until": "01/08/2026"}, "until"),
    ],
)
def test_approving_for_several_tells_what_is_missing(desk, catalogue, centre, changes, field):
    asked = {"number": "61111", "families": ["Business|3|2016"], "since": "01/09/2026", "until": ""} | changes

    response = desk.post(SEVERAL, asked)

    assert field in response.context["form"].errors
    assert not Approval.objects.exists()


@pytest.mark.parametrize("model", ["qualification", "unit", "series", "price", "approval"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(model, desk, centre, django_assert_num_queries):
    def one_more(number):
        QualificationFactory(code=f"0583{number}")
        UnitFactory(number=number)
        exam_series(SeriesKind.JUNE, 2030 + number)
        PriceFactory(level=number)
        TechnicalsApprovalFactory(centre=centre, subject=f"Subject {number}")

    one_more(1)
    desk.get(list_of(model))
    with django_assert_num_queries(QUERIES[model]):
        desk.get(list_of(model))
    for number in (2, 3):
        one_more(number)

    with django_assert_num_queries(QUERIES[model]):
        desk.get(list_of(model))


QUERIES = {"qualification": 7, "unit": 7, "series": 7, "price": 6, "approval": 7}
"""What each list asks, however many rows it shows."""
