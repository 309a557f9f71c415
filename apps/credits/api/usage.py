"""What was used, by month, action and member."""

from datetime import UTC, datetime

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import refusals
from apps.credits.selectors import get_monthly_usage
from apps.teams.access import Permission, TeamAPIView
from apps.teams.errors import RoleForbidden

from .serializers import MonthInput, TeamUsageOutput, UsageOutput


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
        return Response(UsageOutput(get_monthly_usage(month=_read_month(request))).data)


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
