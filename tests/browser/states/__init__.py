"""Every page in every state that it can be in: what accessibility tests and screenshots go through."""

from tests.browser.states import (
    account,
    admin,
    admin_requests,
    admin_technicals,
    candidates,
    drafts,
    entries,
    overview,
    pages,
    requests,
    requests_sent,
    technicals,
    uploads,
    uploads_of_kinds,
)
from tests.browser.states.world import ADMIN_STATES, STATES, World

__all__ = [
    "ADMIN_STATES",
    "STATES",
    "World",
    "account",
    "admin",
    "admin_requests",
    "admin_technicals",
    "candidates",
    "drafts",
    "entries",
    "overview",
    "pages",
    "requests",
    "requests_sent",
    "technicals",
    "uploads",
    "uploads_of_kinds",
]
