"""Numbers over all teams, from rollups: no team's schema is read in a request."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.billing.selectors import get_revenue

from .base import TAGS, OperatorAPIView
from .serializers import RevenueInput, RevenueOutput


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
        asked = RevenueInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        revenue = get_revenue(months=asked.validated_data["months"])
        return Response(RevenueOutput(revenue.describe(asked.validated_data.get("currency"))).data)
