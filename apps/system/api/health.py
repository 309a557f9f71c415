"""Health for balancers (one number) and for staff (why)."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import APIView
from apps.system.access import may_see_details
from apps.system.health import get_health


class ComponentOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    weight = serializers.IntegerField(help_text="What it is worth of the score's 100.")
    health = serializers.FloatField(help_text="From 0 to 1.")
    status = serializers.ChoiceField(choices=["ok", "degraded", "down", "off"])
    milliseconds = serializers.FloatField(help_text="How long looking took.")
    detail = serializers.DictField()


class HealthOutput(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=["ok", "degraded", "down"])
    score = serializers.IntegerField(min_value=0, max_value=100)
    components = ComponentOutput(many=True, required=False, help_text="For staff only.")


class StateOutput(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=["ok", "down"])


_EXAMPLE = OpenApiExample("Well", value={"status": "ok", "score": 100}, response_only=True)


class ProbeView(APIView):
    """Answers before, and without, finding out who asks: that would need the database."""

    permission_classes = [AllowAny]
    throttle_classes: list[Any] = []

    def perform_authentication(self, request: Request) -> None:
        """Left to whoever reads `request.user`."""


class HealthView(ProbeView):
    @extend_schema(
        operation_id="health",
        tags=["system"],
        summary="Read the product's health",
        responses={
            200: OpenApiResponse(HealthOutput, "Up, maybe degraded."),
            503: OpenApiResponse(HealthOutput, "No database."),
        },
        examples=[_EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        """How well the product is, from 0 to 100 over seven components; which ones, for staff."""
        health = get_health()
        answer = health.as_dict()
        if not (health.is_up and may_see_details(request)):
            del answer["components"]
        code = status.HTTP_200_OK if health.is_up else status.HTTP_503_SERVICE_UNAVAILABLE
        return Response(answer, status=code, headers={"Cache-Control": "no-store"})


class LiveView(ProbeView):
    @extend_schema(
        operation_id="health_live", tags=["system"], summary="Ask whether the process lives", responses=StateOutput
    )
    def get(self, request: Request) -> Response:
        """The process answers; nothing else is asked. A container that fails this is to be started anew."""
        return Response({"status": "ok"}, headers={"Cache-Control": "no-store"})


class ReadyView(ProbeView):
    @extend_schema(
        operation_id="health_ready",
        tags=["system"],
        summary="Ask whether requests may be sent here",
        responses={200: StateOutput, 503: StateOutput},
    )
    def get(self, request: Request) -> Response:
        """May requests be sent here? Yes with a database; the cache has a way around it."""
        is_up = get_health().is_up
        code = status.HTTP_200_OK if is_up else status.HTTP_503_SERVICE_UNAVAILABLE
        return Response({"status": "ok" if is_up else "down"}, status=code, headers={"Cache-Control": "no-store"})
