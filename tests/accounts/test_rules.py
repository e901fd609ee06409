import pytest

from accounts.rules import nobody_shuts_themselves_out, staff_may, staff_may_change_user


@pytest.mark.parametrize(
    ("action", "may"), [("view", True), ("add", True), ("change", True), ("delete", False), ("", False)]
)
def test_staff_view_add_and_change_and_do_not_delete(action, may):
    assert staff_may(action) is may


@pytest.mark.parametrize(
    ("actor_is_administrator", "user_is_staff", "may"),
    [(False, False, True), (False, True, False), (True, False, True), (True, True, True)],
)
def test_only_administrators_change_the_accounts_of_the_boards_own_people(actor_is_administrator, user_is_staff, may):
    assert staff_may_change_user(actor_is_administrator=actor_is_administrator, user_is_staff=user_is_staff) is may


def test_account_01_nobody_shuts_themselves_out():
    assert nobody_shuts_themselves_out("a@b.example", False) is None
    assert nobody_shuts_themselves_out("a@b.example", True).code == "ACCOUNT-01"
