"""Links to reports, and what they show: the report, and nothing else of the team."""

from typing import Any

from django.utils import timezone

from apps.discovery.selectors.entitlements import find_unlock
from apps.discovery.selectors.reports import get_report
from apps.profiles.models import Profile
from apps.teams.access import enter_team
from apps.teams.errors import ShareLinkNotFound
from apps.teams.models import ShareLink


def show_link(link: ShareLink) -> dict[str, Any]:
    """A link as its team sees it, without its address."""
    over = link.expires_at <= timezone.now()
    return {
        "id": str(link.pk),
        "state": "revoked" if link.revoked_at else "expired" if over else "active",
        "created_at": link.created_at,
        "expires_at": link.expires_at,
        "revoked_at": link.revoked_at,
        "opened": link.opened,
        "opened_at": link.opened_at,
    }


def get_shared_report(link: ShareLink) -> dict[str, Any]:
    """The report that a link leads to, read inside its team and complete when that is left.

    Raises `ShareLinkNotFound` where the creator was removed or the team has no report of it any more.
    """
    profile = Profile.objects.filter(pk=link.subject_id, suppressed_at=None).first()
    if profile is None:
        raise ShareLinkNotFound
    with enter_team(link.team):
        if find_unlock(profile) is None:
            raise ShareLinkNotFound
        report = get_report(profile)
    del report["unlocked_at"]
    return report
