"""What staff do with the withdrawal of a registration that is pending: process it, or refuse it (decision 0019)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record
from core.refusals import raise_if_any

from ..enums import STANDING, EntryState, FeeReason
from ..models import FeeLine, Registration, UnitEntry
from ..rules.crediting import correction_is_of_a_mistake, with_those_before
from ..rules.facts import LEADING_ON
from ..rules.withdrawing import no_unit_is_unresolved, refusing_says_why, withdrawal_is_pending
from .change_mails import queue_withdrawal_mail
from .crediting import credit_charges
from .entering import wait_for_others
from .withdrawing import let_stand_again, lock_registration, registration_facts

PROCESSED = "technicals-registration.withdrawn"
REFUSED = "technicals-registration.withdrawal-refused"
RESTORED = "technicals-registration.restored"
LEFT_BEHIND = (EntryState.TOPPED_UP, EntryState.MOVED_DOWN)


@transaction.atomic
def process_withdrawal(*, registration: Registration, is_credited: bool = False, by: Any, at: datetime) -> Registration:
    """Withdraw a registration whose withdrawal is pending; whoever asked for it is told by mail.

    is_credited: credit its fee, because it was made by mistake and nothing of it was used; the registration that it
    tops up or moves down from stands again then. Raises Refused, and then nothing has changed.
    """
    wait_for_others(registration.centre)
    registration = lock_registration(registration)
    told = [withdrawal_is_pending(registration.state)]
    told += [] if any(told) else [no_unit_is_unresolved(registration_facts(registration, at))]
    told += [_correction(registration)] if is_credited else []
    raise_if_any(refusal for refusal in told if refusal)
    registration.state = EntryState.WITHDRAWN
    registration.save(update_fields=["state"])
    credits: list[FeeLine] = []
    if is_credited:
        credits = credit_charges(entry=registration, reason=FeeReason.CORRECTION, by=by, at=at)
        _restore_followed(registration, by, at)
    changes = {"state": [EntryState.WITHDRAWING, EntryState.WITHDRAWN], "charges credited": [0, len(credits)]}
    record(by=by, at=at, action=PROCESSED, subjects=[registration], changes=changes)
    queue_withdrawal_mail(registration, act="processed", is_credited=bool(credits), at=at)
    return registration


@transaction.atomic
def refuse_withdrawal(*, registration: Registration, note: str, by: Any, at: datetime) -> Registration:
    """Let a registration stand whose withdrawal is pending; whoever asked is told why by mail. Raises Refused."""
    wait_for_others(registration.centre)
    registration = lock_registration(registration)
    told = [withdrawal_is_pending(registration.state), refusing_says_why(note)]
    raise_if_any(refusal for refusal in told if refusal)
    let_stand_again(registration, action=REFUSED, note=note.strip(), by=by, at=at)
    queue_withdrawal_mail(registration, act="refused", note=note.strip(), at=at)
    return registration


def units_used(registration: Registration) -> int:
    """How many unit entries were ever made under a registration, here or at the centre before, whatever became of them.

    What was transferred with it counts where it went.
    """
    chain = list(with_those_before(registration))
    entries = UnitEntry.objects.exclude(state=EntryState.TRANSFERRED).filter(
        candidate__in=[each.candidate_id for each in chain], created_at__gte=chain[-1].created_at
    )
    return entries.filter(qualification__code=registration.qualification.leads_to).count()


def _correction(registration: Registration) -> Any:
    code = registration.qualification.leads_to
    return correction_is_of_a_mistake(registration.withdrawal_reason, code, units_used(registration))


def _restore_followed(registration: Registration, by: Any, at: datetime) -> None:
    """Let the registration stand again that the mistaken one topped up or moved down from, if nothing else does."""
    if registration.follows_id is None or registration.qualification.entry_kind not in LEADING_ON:
        return
    followed = Registration.objects.select_for_update(of=("self",)).get(pk=registration.follows_id)
    standing = Registration.objects.filter(state__in=STANDING)
    is_followed = standing.filter(follows=followed).exists()
    is_doubled = standing.filter(candidate=followed.candidate_id, qualification=followed.qualification_id).exists()
    is_doubled |= bool(followed.follows_id) and standing.filter(follows=followed.follows_id).exists()
    if followed.state not in LEFT_BEHIND or is_followed or is_doubled:
        return
    before, followed.state = followed.state, EntryState.LIVE
    followed.save(update_fields=["state"])
    record(by=by, at=at, action=RESTORED, subjects=[followed], changes={"state": [before, EntryState.LIVE]})
