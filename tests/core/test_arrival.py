"""The moment by which deadlines are judged."""

from datetime import UTC, datetime

import pytest
import time_machine

from core.arrival import ArrivalMiddleware

NOW = datetime(2027, 5, 4, 23, 0, 7, tzinfo=UTC)


def arrival(rf, **headers):
    request = rf.get("/", headers=headers)
    with time_machine.travel(NOW, tick=False):
        ArrivalMiddleware(lambda request: None)(request)
    return request.arrived_at


def test_arrival_is_when_the_request_reaches_the_application(rf):
    assert arrival(rf) == NOW


def test_a_stamp_is_not_believed_where_no_proxy_is_trusted(rf):
    assert arrival(rf, **{"X-Request-Start": f"t={NOW.timestamp() - 60}"}) == NOW


@pytest.mark.parametrize(
    ("stamp", "seconds_before"),
    [("t={}", 5), ("{}", 5), ("nonsense", 0), ("", 0), ("t=1e400", 0), ("t=nan", 0)],
)
def test_the_stamp_of_a_trusted_proxy_counts_where_it_can_be_read(rf, settings, stamp, seconds_before):
    settings.ARRIVAL_HEADER = "X-Request-Start"

    at = arrival(rf, **{"X-Request-Start": stamp.format(NOW.timestamp() - 5)})

    assert (NOW - at).total_seconds() == seconds_before


def test_a_stamp_of_the_future_counts_as_now(rf, settings):
    settings.ARRIVAL_HEADER = "X-Request-Start"

    assert arrival(rf, **{"X-Request-Start": f"t={NOW.timestamp() + 60}"}) == NOW
