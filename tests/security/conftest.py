"""What the tests of security share: every route with what it needs, and the addresses of made-up strangers."""

import pytest
from django.urls import reverse

from tests.test_access import TABLE, arguments

__all__ = ["arguments"]


@pytest.fixture
def routes(arguments):
    """The address of every page of our own, and one of the admin."""
    return {name: reverse(name, args=arguments.get(name, [])) for name in TABLE}
