"""What the tests of this folder read off pages."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext


def rows(page):
    """The entry numbers in a list of entries, as they stand."""
    return [entry.number for entry in page.context["page"]]


def words_of(page):
    """What a page says, with its white space made even and without its tags."""
    return " ".join(re.sub(r"<[^>]*>", "", page.text).split())


def count_queries(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
