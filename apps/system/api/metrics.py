"""Metrics for scrapers and superadmins."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from apps.core.api import APIView
from apps.system.access import MayReadMetrics, ScrapeTokenAuthentication
from apps.system.monitoring import CONTENT_TYPE, get_metrics, render_prometheus


class OperatorView(APIView):
    permission_classes = [MayReadMetrics]

    def get_authenticators(self) -> list[BaseAuthentication]:
        """The scrape token first: to the others it is a bad credential."""
        usual: Any = api_settings.DEFAULT_AUTHENTICATION_CLASSES
        return [ScrapeTokenAuthentication(), *(made() for made in usual)]


class PrometheusView(OperatorView):
    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """Prometheus text. Outside `/api/`, so outside the schema."""
        return HttpResponse(render_prometheus(), content_type=CONTENT_TYPE)


class MetricsView(OperatorView):
    @extend_schema(operation_id="metrics", tags=["system"], responses={200: dict[str, Any]})
    def get(self, request: Request) -> Response:
        """Requests, errors, response times, cache hits, queues, workers, breakers."""
        return Response(get_metrics(), headers={"Cache-Control": "no-store"})
