"""Plain requests to the production server, for the tests that look at its door with a stopwatch."""

import http.client
import time
from ipaddress import IPv4Address
from itertools import count
from urllib.parse import urlencode

from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string

from tests.races.server import CLIENT_ADDRESS_HEADER

SIGN_IN, FORGOTTEN = "/account/sign-in/", "/account/forgotten-password/"
NETWORKS = map(str, map(IPv4Address, count(int(IPv4Address("10.0.0.0")))))


def form_headers():
    """Headers of a form that was opened on a browser of its own."""
    csrf = _get_new_csrf_string()
    return {
        "Cookie": f"{settings.CSRF_COOKIE_NAME}={csrf}",
        "X-CSRFToken": csrf,
        "Content-Type": "application/x-www-form-urlencoded",
    }


def ask(server, method, path, fields=None, headers=None, timeout=60):
    """Send one request on a connection and from a network of its own; its status, and the seconds that it took."""
    headers = {CLIENT_ADDRESS_HEADER: next(NETWORKS), **(headers or {})}
    begin = time.perf_counter()
    connection = http.client.HTTPConnection(*server, timeout=timeout)
    connection.request(method, path, body=urlencode(fields or {}), headers=headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, time.perf_counter() - begin


def auc(ones, others):
    """How well the best threshold on seconds tells two groups apart: 0.5 is not at all, 1 is always."""
    ranked = sorted([(seconds, 1) for seconds in ones] + [(seconds, 0) for seconds in others])
    ranks = sum(rank for rank, (_, is_one) in enumerate(ranked, start=1) if is_one)
    share = (ranks - len(ones) * (len(ones) + 1) / 2) / (len(ones) * len(others))
    return max(share, 1 - share)


def percentile(seconds, share):
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))]
