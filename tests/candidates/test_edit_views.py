"""Correcting one record on its page."""

import pytest
from django.urls import reverse

from candidates.models import Candidate
from core.history import history_of
from tests.candidates.pages import TYPED, errors_of, words_of
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def zoe(centre):
    return CandidateFactory(
        centre=centre,
        first_name="Zoë",
        plain_first_name="Zoe",
        last_name="Fox",
        uci="689990980001D",
        ucas_id="1234567890",
    )


def url(name, candidate):
    return reverse(f"candidates:{name}", args=[candidate.key])


def test_the_form_has_the_details_as_they_are(client, zoe):
    page = client.get(url("candidate-edit", zoe))

    initial = {name: page.context["form"][name].value() for name in ("first_name", "date_of_birth", "uci", "ucas_id")}
    assert initial == {
        "first_name": "Zoë",
        "date_of_birth": "04/03/2009",
        "uci": "689990980001D",
        "ucas_id": "1234567890",
    }
    assert "A STEP entry keeps its own copy of the details" in words_of(page)


def test_a_correction_is_saved(client, zoe):
    response = client.post(
        url("candidate-edit", zoe), TYPED | {"seen": zoe.fingerprint, "last_name": "Fux"}, follow=True
    )

    zoe.refresh_from_db()
    assert response.redirect_chain == [(url("candidate", zoe), 302)]
    assert (zoe.last_name, history_of(zoe).count()) == ("Fux", 1)
    assert "The record of Zoë Fux is changed." in words_of(response)


def test_saving_what_stands_there_changes_nothing(client, zoe):
    form = client.get(url("candidate-edit", zoe)).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"seen": zoe.fingerprint}

    page = client.post(url("candidate-edit", zoe), typed, follow=True)

    assert "Nothing differs from the record of Zoë Fox, so nothing was changed." in words_of(page)
    assert history_of(zoe).count() == 0


def test_a_colleague_who_was_quicker_is_not_overwritten(client, zoe):
    seen = zoe.fingerprint
    Candidate.objects.filter(pk=zoe.pk).update(middle_names="Eve")

    page = client.post(url("candidate-edit", zoe), TYPED | {"seen": seen, "middle_names": "Ann"})

    assert "The record of Zoë Fox was changed while your page was open." in words_of(page)
    assert "Middle names: Eve" in words_of(page)
    assert 'value="Ann"' in page.text
    again = client.post(url("candidate-edit", zoe), TYPED | {"seen": page.context["seen"], "middle_names": "Ann"})
    zoe.refresh_from_db()
    assert (again.status_code, zoe.middle_names) == (302, "Ann")


def test_what_is_wrong_keeps_what_was_seen(client, zoe, centre):
    CandidateFactory(centre=centre, uln="1234567899", first_name="Liam", last_name="Bell")

    page = client.post(url("candidate-edit", zoe), TYPED | {"seen": zoe.fingerprint})

    assert errors_of(page) == {"uln": ["ULN 1234567899 is that of Liam Bell. Use that record, or correct the ULN."]}
    assert (page.context["seen"], page.context["is_stale"]) == (zoe.fingerprint, False)


def test_the_number_of_an_earlier_year_is_told_and_not_filled_in(client, centre):
    candidate = CandidateFactory(centre=centre, candidate_number="0007", numbered_in=2001)

    page = client.get(url("candidate-edit", candidate))

    assert "Candidate number 0007 was that of 2001/02." in words_of(page)
    assert page.context["form"]["candidate_number"].value() == ""
