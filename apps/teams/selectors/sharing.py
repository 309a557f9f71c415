"""Reading a team's links."""

from apps.teams.models import ShareLink, Team

SHOWN = 100


def list_share_links(*, team: Team, kind: str, subject_id: int) -> list[ShareLink]:
    """The links to one thing, newest first, those that ended too; at most the latest hundred."""
    return list(ShareLink.objects.filter(team=team, kind=kind, subject_id=subject_id)[:SHOWN])
