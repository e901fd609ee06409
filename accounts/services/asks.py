"""What was asked or done at the door, answered out of sight of who asked."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from ..enums import AskKind, RequestKind
from ..models import AccountAsk, User
from .attempts import state
from .mails import tell_once_an_hour
from .networks import note_ask
from .one_time import has_asked_enough, request_password


def ask_for_password(*, address: str, network: str = "", at: datetime) -> None:
    """A new password was asked for at the door: one row, whatever the address.

    During a lock its mail leaves when the lock ends, or at once where RESET_DURING_LOCK says so.
    network: where the request came from; "" where that is not known.
    """
    note_ask(network=network, address=address, at=at)
    locked_until = state(address=address, at=at).locked_until
    waits = settings.RESET_DURING_LOCK != "at-once"
    not_before = locked_until if locked_until and waits else at
    AccountAsk.objects.create(kind=AskKind.FORGOTTEN, address=address[:254], asked_at=at, not_before=not_before)


def tell_of_lock(*, address: str, at: datetime) -> None:
    """Three wrong passwords locked an address: its owner, if there is one, is told."""
    AccountAsk.objects.create(kind=AskKind.LOCKED, address=address[:254], asked_at=at, not_before=at)


def answer_asks(*, at: datetime) -> int:
    """Answer what was asked: mails to those who have an account, nothing to others; the number of asks."""
    ids = list(AccountAsk.objects.order_by("pk").values_list("pk", flat=True)[:200])
    return sum(_answer(ask_id, at) for ask_id in ids)


@transaction.atomic
def _answer(ask_id: int, at: datetime) -> bool:
    ask = AccountAsk.objects.select_for_update(skip_locked=True).filter(pk=ask_id).first()
    if ask is None:
        return False
    user = User.objects.filter(email=ask.address.strip().lower(), is_active=True).first()
    if user and ask.kind == AskKind.FORGOTTEN and not has_asked_enough(user=user, at=at):
        request_password(user=user, kind=RequestKind.RESET, by=None, at=at, not_before=max(at, ask.not_before))
    if user and ask.kind == AskKind.LOCKED:
        tell_once_an_hour(user=user, event="locked", at=at)
    ask.delete()
    return True
