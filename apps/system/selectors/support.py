"""Support requests, always asked for by team."""

from django.db.models import Prefetch, QuerySet

from apps.system.errors import SupportRequestNotFound
from apps.system.models import SupportMessage, SupportRequest


def list_support_requests(*, team_id: int, member_id: int | None = None) -> QuerySet[SupportRequest]:
    """A team's requests with their messages, newest first; with `member_id` only those that this member brought."""
    found = SupportRequest.objects.filter(team_id=team_id).select_related("member")
    if member_id is not None:
        found = found.filter(member_id=member_id)
    said = Prefetch("messages", SupportMessage.objects.select_related("author"))
    return found.prefetch_related(said).order_by("-created_at", "-id")


def get_support_request(*, request_id: int, team_id: int, member_id: int | None = None) -> SupportRequest:
    """One of them; another team's or member's raises `SupportRequestNotFound` like one that does not exist."""
    found = list_support_requests(team_id=team_id, member_id=member_id).filter(pk=request_id).first()
    if found is None:
        raise SupportRequestNotFound
    return found


def count_waiting_requests() -> int:
    """How many wait for the staff, over all teams."""
    return SupportRequest.objects.filter(state=SupportRequest.State.OPEN).count()
