"""What the main job needs in an empty database: an approved centre, its exams officer, an open session.

Run as `python -m tests.smoke.seed`, with the settings in the environment.
"""

import django

django.setup()

from tests.factories.accounts import UserFactory  # noqa: E402  (needs the apps that the line above loads)
from tests.factories.centres import CentreFactory, MembershipFactory  # noqa: E402
from tests.factories.step_entries import SessionFactory  # noqa: E402
from tests.smoke.stage import OFFICER, PASSWORD  # noqa: E402


def main() -> None:
    officer = UserFactory(email=OFFICER, name="Olivia Marsh", password=PASSWORD)
    centre = CentreFactory(number="61111", name="Northgate School", exams_officer=officer)
    MembershipFactory(user=officer, centre=centre)
    SessionFactory()


if __name__ == "__main__":
    main()
