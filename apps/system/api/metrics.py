"""Metrics for scrapers and superadmins."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from apps.core.api import APIView
from apps.system.access import MayReadMetrics, ScrapeTokenAuthentication
from apps.system.monitoring import CONTENT_TYPE, get_metrics, render_prometheus

from .health import HealthOutput


class RequestCountsOutput(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    by_status = serializers.DictField(child=serializers.IntegerField(), help_text="By class: `2xx`, `4xx`, `5xx`.")
    error_share = serializers.FloatField(allow_null=True, help_text="0 to 1; null before the first request.")
    p50_ms = serializers.FloatField(allow_null=True)
    p95_ms = serializers.FloatField(allow_null=True)


class CacheCountsOutput(serializers.Serializer[Any]):
    reads = serializers.IntegerField()
    by_result = serializers.DictField(child=serializers.IntegerField(), help_text="hit, stale, miss, bypass.")
    hit_share = serializers.FloatField(allow_null=True)


class WorkerOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    queues = serializers.ListField(child=serializers.CharField())


class QueuesOutput(serializers.Serializer[Any]):
    waiting = serializers.DictField(child=serializers.IntegerField(), allow_null=True, help_text="Messages by queue.")
    workers = WorkerOutput(many=True, allow_null=True)


class BreakerOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=["closed", "open", "half_open"])
    failures = serializers.IntegerField()
    retry_in = serializers.FloatField(help_text="Seconds.")
    reason = serializers.CharField()
    shared = serializers.BooleanField(help_text="False while Redis is away: this process' own view.")


class SystemMetricsOutput(serializers.Serializer[Any]):
    """Counts since the processes started, and what waits right now."""

    health = HealthOutput()
    requests = RequestCountsOutput()
    cache = CacheCountsOutput()
    queues = QueuesOutput()
    breakers = serializers.DictField(child=BreakerOutput())


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
    @extend_schema(
        operation_id="metrics",
        tags=["system"],
        summary="Read the operator's numbers",
        description=(
            "For superadmins and scrapers. Where the staff needs a second factor (production), superadmins who signed "
            "in without one are refused: `auth.second_factor_required`."
        ),
        responses=SystemMetricsOutput,
    )
    def get(self, request: Request) -> Response:
        """Requests, errors, response times, cache hits, queues, workers, breakers."""
        return Response(get_metrics(), headers={"Cache-Control": "no-store"})
