"""`instagram/methodology`: how every number is made, for anybody."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import APIView
from apps.core.api.schema import refusals

from .errors import MethodNotFound
from .metrics import list_methodology
from .selectors.methods import get_method


class DefinitionOutput(serializers.Serializer[Any]):
    key = serializers.CharField(help_text="Where the metric stands in a report.")
    method = serializers.CharField(help_text="Id and version of the formula, as metrics name it.")
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField()
    category = serializers.CharField()
    status = serializers.ChoiceField(choices=["observed", "computed", "estimated"])
    formula = serializers.CharField(help_text="In words.")
    maths = serializers.CharField()
    inputs = serializers.ListField(child=serializers.CharField())
    minimum_sample = serializers.IntegerField()
    full_sample = serializers.IntegerField(help_text="From here on the confidence is high.")
    decimals = serializers.IntegerField(help_text="Rounded once, at the end, half to even.")
    source = serializers.CharField(help_text="Who documents the definition.")  # type: ignore[assignment]
    caveats = serializers.ListField(child=serializers.CharField())
    columns = serializers.DictField(child=serializers.CharField(), help_text="Of a table's rows.")
    published = serializers.DictField(help_text="Lists and constants that the formula uses.")
    fallback = serializers.CharField(help_text="The key to read where this one is unavailable; empty for none.")


class MethodologyGroupOutput(serializers.Serializer[Any]):
    category = serializers.CharField()
    title = serializers.CharField()
    definitions = DefinitionOutput(many=True)


class MethodologyOutput(serializers.Serializer[Any]):
    results = MethodologyGroupOutput(many=True)


class MethodologyView(APIView):
    """Every metric's definition, from the same code that computes the number."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="instagram_methodology_list",
        tags=["methodology"],
        summary="List all metric definitions",
        auth=[],
        responses=MethodologyOutput,
    )
    def get(self, request: Request) -> Response:
        return Response({"results": list_methodology()})


class MethodView(APIView):
    """One definition by its method, as metrics name it."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="instagram_methodology_read",
        tags=["methodology"],
        summary="Read one metric definition",
        auth=[],
        responses={200: DefinitionOutput, **refusals(MethodNotFound)},
    )
    def get(self, request: Request, method: str) -> Response:
        return Response(get_method(method).as_dict())
