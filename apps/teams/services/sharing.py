"""Links by which somebody without an account reads one thing of a team."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.accounts.models import User
from apps.teams.errors import ShareLinkNotFound, TooManyShareLinks
from apps.teams.models import ShareLink, Team

MOST_ALIVE = 20
LONGEST_DAYS = 365


@transaction.atomic
def make_share_link(*, team: Team, maker: User, kind: str, subject_id: int, days: int) -> tuple[ShareLink, str]:
    """A new link and its token, which is shown now and never again. Raises `TooManyShareLinks`, by subject."""
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    mine = ShareLink.objects.filter(team=team, kind=kind, subject_id=subject_id)
    if mine.filter(revoked_at=None, expires_at__gt=timezone.now()).count() >= MOST_ALIVE:
        raise TooManyShareLinks(details={"most": MOST_ALIVE})
    token = secrets.token_urlsafe(32)
    link = ShareLink.objects.create(
        team=team,
        maker=maker,
        kind=kind,
        subject_id=subject_id,
        token_hash=hash_token(token),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return link, token


def revoke_share_link(*, team: Team, kind: str, subject_id: int, link_id: UUID) -> ShareLink:
    """End a link at once; ending it twice is harmless. Raises `ShareLinkNotFound`, for a foreign one alike."""
    link = ShareLink.objects.filter(team=team, kind=kind, subject_id=subject_id, pk=link_id).first()
    if link is None:
        raise ShareLinkNotFound
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
    return link


def open_share_link(*, kind: str, token: str) -> ShareLink:
    """The link of a token, counted as read.

    Raises `ShareLinkNotFound` for an unknown, expired or revoked one and for one of a team that is not active, all
    alike.
    """
    alive = ShareLink.objects.filter(
        kind=kind,
        token_hash=hash_token(token),
        revoked_at=None,
        expires_at__gt=timezone.now(),
        team__state=Team.State.ACTIVE,
    )
    link = alive.select_related("team").first()
    if link is None:
        raise ShareLinkNotFound
    ShareLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, opened_at=timezone.now())
    return link


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
