"""Every page in every state that it can be in: what accessibility tests and screenshots go through."""

from tests.browser.states import account, admin, drafts, entries, overview, pages, uploads
from tests.browser.states.world import ADMIN_STATES, STATES, World

__all__ = ["ADMIN_STATES", "STATES", "World", "account", "admin", "drafts", "entries", "overview", "pages", "uploads"]
