"""Users of the product: brand users and the operator's staff."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.dispatch import Signal
from django.utils import timezone

# Sent with `user_ids` when rows change without `save()`, so that what was remembered about them is forgotten.
users_updated = Signal()


class UserQuerySet(models.QuerySet["User"]):
    """Bulk changes tell whom they touched: `update()` sends no `post_save`."""

    def update(self, **kwargs: Any) -> int:
        user_ids = [] if set(kwargs) == {"last_login"} else list(self.values_list("pk", flat=True))
        changed = super().update(**kwargs)
        if user_ids:
            users_updated.send(sender=self.model, user_ids=user_ids)
        return changed


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Creates users by e-mail address, stored lower case."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Never deleted: `tombstoned_at` marks one whose data was scrubbed, who is then inactive for good."""

    email = models.EmailField(max_length=254, unique=True)
    full_name = models.CharField(max_length=150, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    locale = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    preferences = models.JSONField(default=dict, blank=True)
    date_joined = models.DateTimeField(default=timezone.now)
    tombstoned_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_unique"),
            models.CheckConstraint(
                condition=models.Q(tombstoned_at__isnull=True) | models.Q(is_active=False),
                name="accounts_user_tombstoned_is_inactive",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def display_name(self) -> str:
        return self.full_name or self.email.split("@")[0]

    @property
    def auth_hashes(self) -> Iterable[str]:
        """What a session of this user may carry: the hash of the password under the current and the former keys."""
        return [self.get_session_auth_hash(), *self.get_session_auth_fallback_hash()]


class SecurityEvent(models.Model):
    """Something that matters to the safety of an account, for its owner to look through. Kept for a year."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in"
        PASSWORD_CHANGED = "password_changed"  # noqa: S105
        PASSWORD_RESET = "password_reset"  # noqa: S105
        EMAIL_CHANGED = "email_changed"
        FACTOR_ADDED = "factor_added"
        FACTOR_REMOVED = "factor_removed"
        FACTOR_RENEWED = "factor_renewed"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    factor = models.CharField(max_length=20, blank=True, help_text="`totp`, `webauthn` or `recovery_codes`.")
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-id"], name="accounts_event_user"),
            models.Index(fields=["at"], name="accounts_event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.factor}".strip()
