"""What was used, by month, action and member."""

from datetime import UTC, datetime
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import refusals
from apps.credits.selectors import get_monthly_usage, get_span, get_spending
from apps.teams.access import Permission, TeamAPIView, can
from apps.teams.errors import RoleForbidden
from apps.teams.models import Membership

from .serializers import MonthInput, SpendingInput, SpendingOutput, TeamUsageOutput, UsageOutput


class MonthlyUsageView(TeamAPIView):
    """Units and credits of a calendar month (UTC)."""

    permission = Permission.CREDITS_VIEW

    @extend_schema(
        operation_id="credits_usage_monthly",
        tags=["credits"],
        summary="Read a month's use by action, member and day",
        parameters=[MonthInput],
        responses={200: UsageOutput},
    )
    def get(self, request: Request) -> Response:
        usage = get_monthly_usage(month=_read_month(request))
        return Response(UsageOutput(hide_members(usage, viewer=self.membership)).data)


class SpendingView(TeamAPIView):
    """Units and credits over calendar months (UTC), by month, action and member."""

    permission = Permission.CREDITS_VIEW

    @extend_schema(
        operation_id="credits_analytics_spending",
        tags=["credits"],
        summary="Read where units and credits went",
        parameters=[SpendingInput],
        responses={200: SpendingOutput},
    )
    def get(self, request: Request) -> Response:
        wanted = SpendingInput(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        span = get_span(**wanted.validated_data)
        found = get_spending(since=span.start, until=span.end)
        return Response(SpendingOutput(hide_members(found, viewer=self.membership)).data)


def hide_members(found: dict[str, Any], *, viewer: Membership) -> dict[str, Any]:
    """What others used is for the roles that may see the team's usage; everybody sees his own."""
    if can(viewer, Permission.USAGE_VIEW):
        return found
    own = [row for row in found["by_member"] if row["member"] and row["member"]["id"] == viewer.user_id]
    return found | {"by_member": own}


class TeamUsageView(TeamAPIView):
    """Who used how much of what in a calendar month (UTC)."""

    permission = Permission.USAGE_VIEW

    @extend_schema(
        operation_id="teams_usage",
        tags=["teams"],
        summary="Read a month's use by member and action",
        parameters=[MonthInput],
        responses={200: TeamUsageOutput, **refusals(RoleForbidden)},
    )
    def get(self, request: Request) -> Response:
        usage = get_monthly_usage(month=_read_month(request))
        return Response(TeamUsageOutput({"month": usage["month"], "results": usage["by_member"]}).data)


def _read_month(request: Request) -> datetime:
    wanted = MonthInput(data=request.query_params)
    wanted.is_valid(raise_exception=True)
    month = wanted.validated_data.get("month")
    return datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC) if month else datetime.now(UTC)
