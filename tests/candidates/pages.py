"""What the tests of this folder send to pages, and read off them."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

TYPED = {
    "first_name": "Zoë",
    "middle_names": "",
    "last_name": "Fox",
    "date_of_birth": "04/03/2009",
    "gender": "female",
    "uci": "689990980001",
    "uln": "1234567899",
    "ocr_number": "12345678",
    "candidate_number": "42",
    "ucas_id": "123 456 7890",
}
"""The details of a candidate, typed so that they can be added."""


def names_on(page):
    """The forenames in a list of candidates, as they stand."""
    return [candidate.first_name for candidate in page.context["page"]]


def words_of(page):
    """What a page says, with its white space made even and without its tags."""
    return " ".join(re.sub(r"<[^>]*>", "", page.text).split())


def count_queries(client, url):
    """How many queries a page takes, once the client has come to rest."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def errors_of(page):
    """The sentences of a form's errors, by the names of its fields."""
    return {name: list(sentences) for name, sentences in page.context["form"].errors.items()}
