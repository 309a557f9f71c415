"""How routes describe themselves in the OpenAPI schema: the error envelope with the codes a route can answer."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework import serializers

from apps.core.errors import DomainError


class ErrorBody(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Stable; made for programs.")
    message = serializers.CharField(help_text="Made for people; may change.")
    details = serializers.DictField(help_text="Facts that belong to the code, such as the reasons by field.")


class ErrorEnvelope(serializers.Serializer[Any]):
    error = ErrorBody()


def refusals(*errors: type[DomainError]) -> dict[int, OpenApiResponse]:
    """Responses for `extend_schema(responses=…)`: one per status, listing the codes with an example each."""
    by_status: dict[int, list[type[DomainError]]] = {}
    for error in errors:
        by_status.setdefault(int(error.kind), []).append(error)
    return {status: _describe(group) for status, group in sorted(by_status.items())}


def _describe(errors: Iterable[type[DomainError]]) -> OpenApiResponse:
    group = list(errors)
    return OpenApiResponse(
        response=ErrorEnvelope,
        description=" ".join(f"`{error.code}`" for error in group),
        examples=[OpenApiExample(error.code, value={"error": error().as_dict()}) for error in group],
    )


def page_of(item: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """The shape of a list's page: `{"results": [item], "next": url | null}`."""
    name = f"{item.__name__.removesuffix('Output')}Page"
    fields = {"results": item(many=True), "next": serializers.URLField(allow_null=True), "__doc__": "A page of a list."}
    return type(name, (serializers.Serializer,), fields)
