"""Wide guessing from one network: slowed down and told to staff, never blocked, for a trust's schools share one."""

import time
from contextlib import ExitStack
from datetime import datetime

from django.utils.crypto import salted_hmac

from core.moments import uk_date
from outbox.services import raise_alert

from ..models import NetworkAsk, SignInFailure
from ..rules import MANY, MANY_WITHIN, PACE
from .attempts import address_key
from .hashing import Busy, take

sleep = time.sleep
WHAT_TO_DO = "If it belongs to a centre, ask there what is happening; if not, have the firewall refuse it."


def network_key(network: str) -> str:
    """What a network is counted under; the network cannot be read from it."""
    return salted_hmac("accounts.network", network, algorithm="sha256").hexdigest()


def failures_from(*, network: str, at: datetime) -> int:
    """How many sign-ins failed from a network in the last 10 minutes, counted no further than matters."""
    failures = SignInFailure.objects.filter(network_key=network_key(network), at__gt=at - MANY_WITHIN)
    return failures[:MANY].count() if network else 0


def wait_for_turn() -> None:
    """Wait 2 seconds. Who waits holds a worker that pages need, so only one on this machine does. Raises Busy."""
    with ExitStack() as stack:
        if not take(stack, "pace", 1):
            raise Busy
        sleep(PACE.total_seconds())


def note_failure(*, network: str, failures: int, at: datetime) -> None:
    """A sign-in failed; with it there are so many from this network. Many raise an alarm, one a day and network."""
    if not network:
        return
    SignInFailure.objects.create(network_key=network_key(network), at=at)
    if failures >= MANY:
        _alarm(
            "many-failures",
            network,
            f"{MANY} sign-ins failed within 10 minutes from the network {network}. On browsers that are not known, "
            f"each further try from there waits 2 seconds; no account is locked by it. {WHAT_TO_DO}",
            at,
        )


def note_ask(*, network: str, address: str, at: datetime) -> None:
    """A new password was asked for. Many different addresses raise an alarm, one a day and network."""
    if not network:
        return
    mine = {"network_key": network_key(network), "address_key": address_key(address)}
    others = NetworkAsk.objects.filter(network_key=mine["network_key"], at__gt=at - MANY_WITHIN)
    if others.exclude(address_key=mine["address_key"])[:MANY].count() < MANY:
        ask = NetworkAsk(**mine, at=at)
        NetworkAsk.objects.bulk_create(
            [ask], update_conflicts=True, unique_fields=["network_key", "address_key"], update_fields=["at"]
        )
        return
    _alarm(
        "many-asks",
        network,
        f"New passwords were asked for, for more than {MANY} addresses within 10 minutes, from the network {network}. "
        f"They are mailed all the same, at most three an hour to each. {WHAT_TO_DO}",
        at,
    )


def _alarm(event: str, network: str, sentence: str, at: datetime) -> None:
    raise_alert(key=f"{event}:{network_key(network)[:32]}:{uk_date(at)}", sentence=sentence, at=at)
