"""Passwords that came from the replaced system as bcrypt hashes."""

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher

from apps.accounts.checks import check_bcrypt
from apps.accounts.hashers import can_verify_bcrypt

# A published vector: "U*U" under a fixed salt.
ENCODED = "bcrypt$$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"


def test_bcrypt_is_verified_here():
    assert can_verify_bcrypt()
    assert check_bcrypt() == []


@pytest.mark.parametrize(("password", "right"), [("U*U", True), ("U*", False), ("", False), ("U*U\x00", False)])
def test_only_the_right_password_passes(password, right):
    assert check_password(password, ENCODED) is right


def test_the_first_right_password_replaces_the_hash(make_user):
    user = make_user("imported@example.com")
    user.password = ENCODED
    user.save(update_fields=["password"])

    assert user.check_password("U*U")

    user.refresh_from_db()
    assert identify_hasher(user.password).algorithm != "bcrypt"
    assert user.check_password("U*U")
