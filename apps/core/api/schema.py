"""How routes describe themselves in the OpenAPI schema: the error envelope with the codes a route can answer."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, PolymorphicProxySerializer
from rest_framework import serializers

from apps.core.errors import DomainError, InvalidInput

_WITH_BODY = {"POST", "PUT", "PATCH"}
# What a paginated list takes.
PAGE = [
    OpenApiParameter("cursor", str, description="From the `next` link of the page before."),
    OpenApiParameter("page_size", int, description="1 to 100, default 25."),
]


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


class AnyOf(PolymorphicProxySerializer):
    """Shapes of which an answer has one, or more where they have keys in common."""

    def __init__(self, name: str, *shapes: type[serializers.Serializer[Any]]) -> None:
        super().__init__(component_name=name, serializers=list(shapes), resource_type_field_name=None)


class AnyOfDescription(OpenApiSerializerExtension):
    target_class = AnyOf

    def get_name(self, auto_schema: Any, direction: Any) -> str:
        return str(self.target.component_name)

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"anyOf": [auto_schema.resolve_serializer(shape, direction).ref for shape in self.target.serializers]}


class HouseSchema(AutoSchema):
    """Adds to each operation what its door refuses and takes, so that a route names only what is its own.

    The door is the view (`APIView.list_refusals`) and what decorates the method (`refused_with`, `takes_headers`).
    """

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        for status, response in refusals(*self._list_refusals()).items():
            told = self._get_response_for_code(response, str(status), direction=direction)
            bodies[str(status)] = _merge(bodies[str(status)], told) if str(status) in bodies else told
        return dict(sorted(bodies.items()))

    def _process_override_parameters(self, direction: Any = "request") -> dict[Any, Any]:
        parameters = super()._process_override_parameters(direction)
        for header in getattr(self._handler, "takes_headers", ()):
            parameters[header["name"], "header"] = {"in": "header", "schema": {"type": "string"}, **header}
        return parameters

    @property
    def _handler(self) -> Any:
        return getattr(self.view, self.method.lower())

    def _list_refusals(self) -> list[type[DomainError]]:
        asked = getattr(self.view, "list_refusals", lambda _method: ())(self.method)
        invalid = [InvalidInput] if self._takes_input() else []
        return list(dict.fromkeys([*invalid, *asked, *getattr(self._handler, "refused_with", ())]))

    def _takes_input(self) -> bool:
        given = self.get_override_parameters()
        queried = any(not isinstance(one, OpenApiParameter) or one.location == OpenApiParameter.QUERY for one in given)
        return queried or (self.method in _WITH_BODY and self.get_request_serializer() is not None)


def _merge(told: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Two lists of codes under one status as one; the body is described as the route itself does."""
    codes = dict.fromkeys([*told["description"].split(), *more["description"].split()])
    body, others = told["content"]["application/json"], more["content"]["application/json"]
    merged = {**body, "examples": {**body.get("examples", {}), **others["examples"]}}
    return {**told, "description": " ".join(codes), "content": {"application/json": merged}}
