"""Who may sign in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser


class AccountBackend(AuthenticationBackend):
    """By e-mail address and password. A tombstoned user is unknown, whatever the password."""

    def user_can_authenticate(self, user: Any) -> bool:
        return user.tombstoned_at is None and super().user_can_authenticate(user)

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        found = super()._check_password(user, password)
        if found is None and getattr(user, "tombstoned_at", None) is not None:
            # allauth would lead an inactive user with the right password to a page that says so.
            self._stash_user(None)
        return found
