"""What each role of the board may do, and the figures of signing in, as plain Python."""

from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from core.refusals import Refusal

STAFF_ACTIONS = {"view", "add", "change"}


def staff_may(action: str) -> bool:
    """The board's staff view, add and change in the admin; only administrators delete."""
    return action in STAFF_ACTIONS


def staff_may_change_user(*, actor_is_administrator: bool, user_is_staff: bool) -> bool:
    """Staff look after the users of centres; the accounts of the board's own people are for administrators."""
    return actor_is_administrator or not user_is_staff


def nobody_shuts_themselves_out(email: str, is_own_account: bool) -> Refusal | None:
    """ACCOUNT-01: Nobody ends their own access or changes their own roles at the board: another administrator does,
    so that one always stays."""
    if not is_own_account:
        return None
    return Refusal("ACCOUNT-01", f"The account {email} is your own. Another administrator can do this.")


TRIES = 3
LOCK = timedelta(minutes=30)
CEILING = 100
"""So many wrong passwords in all, without a right one between, send strangers to a mailed password."""
MANY = 30
"""So many failed sign-ins from one network, or addresses for which it asks for a password, slow it down or alarm."""
MANY_WITHIN = timedelta(minutes=10)
PACE = timedelta(seconds=2)
KNOWN_FOR = timedelta(days=180)
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
FRESH = timedelta(minutes=15)
"""For so long after signing in staff may change somebody's address."""
RESET_LIFE = timedelta(minutes=60)
INVITATION_LIFE = timedelta(hours=24)
LONGEST_PASSWORD = 128
SHORTEST_PASSWORD = 15
SHORTEST_PASSWORD_WITH_SECOND_FACTOR = 12


def shortest_password(has_second_factor: bool) -> int:
    """How many characters a password of one's own has at least."""
    return SHORTEST_PASSWORD_WITH_SECOND_FACTOR if has_second_factor else SHORTEST_PASSWORD


def network_of(address: str) -> str:
    """What is counted as one network: an IPv4 address, or the /64 of an IPv6 address; "" where it cannot be read."""
    try:
        ip = ip_address(address.strip())
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or IPv6Network((int(ip), 64), strict=False))
    return str(ip)
