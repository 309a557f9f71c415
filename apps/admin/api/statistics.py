"""Numbers over all teams, from rollups: no team's schema is read in a request."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.admin.selectors import get_usage
from apps.billing.selectors import get_revenue

from .base import TAGS, OperatorAPIView
from .serializers import OperatorUsageOutput, RevenueInput, RevenueOutput, UsageInput


class RevenueView(OperatorAPIView):
    """What subscriptions and top-ups bring."""

    @extend_schema(
        operation_id="admin_statistics_revenue",
        tags=TAGS,
        summary="Read revenue by month in one currency",
        parameters=[RevenueInput],
        responses=RevenueOutput,
    )
    def get(self, request: Request) -> Response:
        """The current month's figures, and `months` with those before it. Amounts of two currencies are never added."""
        asked = self.read(RevenueInput)
        revenue = get_revenue(months=asked["months"])
        return Response(RevenueOutput(revenue.describe(asked.get("currency"))).data)


class UsageView(OperatorAPIView):
    """What teams use."""

    @extend_schema(
        operation_id="admin_statistics_usage",
        tags=TAGS,
        summary="Read what was used by month and action",
        parameters=[UsageInput],
        responses=OperatorUsageOutput,
    )
    def get(self, request: Request) -> Response:
        """Over all teams; counted by each team's job every hour."""
        return Response(OperatorUsageOutput(get_usage(**self.read(UsageInput))).data)
