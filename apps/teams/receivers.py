"""What teams hear from accounts, which stands below them; and what makes a change act at once, whoever makes it."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.db.models.signals import post_delete, post_save

from .models import Membership, Team
from .services import welcome_user
from .services.standing import forget_members, forget_team


def connect() -> None:
    """Called once, when the app is ready."""
    email_confirmed.connect(_email_confirmed, dispatch_uid="teams.email_confirmed")
    post_save.connect(_membership_changed, sender=Membership, dispatch_uid="teams.membership_saved")
    post_delete.connect(_membership_changed, sender=Membership, dispatch_uid="teams.membership_deleted")
    post_save.connect(_team_changed, sender=Team, dispatch_uid="teams.team_saved")


def _email_confirmed(email_address: EmailAddress, **kwargs: Any) -> None:
    welcome_user(email_address.user)


def _membership_changed(sender: type[Membership], instance: Membership, **kwargs: Any) -> None:
    """The admin or a script: services call `forget_members` themselves, also where no model is saved."""
    forget_members([instance.user_id])


def _team_changed(sender: type[Team], instance: Team, created: bool, **kwargs: Any) -> None:
    if not created:
        forget_team(instance)
