"""Credits over all teams; mounted with the other routes about credits."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.credits.selectors import get_system_stats

from .base import OperatorAPIView
from .serializers import SystemStatsOutput


class SystemStatsView(OperatorAPIView):
    """What all teams have, had and owe, as of last night's audits."""

    @extend_schema(
        operation_id="credits_system_stats",
        tags=["credits"],
        summary="Read the credits of all teams (superadmins)",
        responses={200: SystemStatsOutput},
    )
    def get(self, request: Request) -> Response:
        return Response(SystemStatsOutput(get_system_stats()).data)
