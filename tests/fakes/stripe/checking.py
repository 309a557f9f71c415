"""Requests are checked against the SDK's own parameter types: what Stripe does not know, the fake refuses.

The SDK writes every enumeration as `Literal[…] | str`, to live with values of later versions; here the `str` is
taken away, so that a misspelt value is refused as well.
"""

import importlib
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError
from stripe._stripe_object import StripeObject
from typing_extensions import TypedDict, get_type_hints, is_typeddict

from .errors import Refusal, invalid
from .forms import write_param

# Of the SDK's call, not of the request's body.
_OPTIONS = {"api_key", "stripe_account", "stripe_context", "stripe_version", "idempotency_key", "headers"}
_OPTIONS |= {"max_network_retries", "content_type"}
# Names that the inherited options use and this module need not know.
_ELSEWHERE = {"StripeContext": str, "Mapping": Mapping}


def check_params(name: str | None, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters with their types (numbers, booleans) as `stripe.params.<name>` says, or a refusal."""
    if name is None:
        if given:
            raise _unknown(list(given)[:1])
        return {}
    try:
        return dict(_adapter(name).validate_python(given))
    except ValidationError as error:
        raise _as_refusal(error, given) from None


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    package, _, cls = f"stripe.params.{name}".rpartition(".")
    return TypeAdapter(_strict(getattr(importlib.import_module(package), cls)))


@cache
def _strict_dict(cls: Any) -> Any:
    hints = get_type_hints(cls, localns=_ELSEWHERE, include_extras=True)
    fields = {name: _strict(hint) for name, hint in hints.items() if name not in _OPTIONS}
    fields = {
        name: hint if name in cls.__required_keys__ else NotRequired[hint]  # type: ignore[valid-type]
        for name, hint in fields.items()
    }
    made = TypedDict(cls.__name__, fields)  # type: ignore[operator]
    made.__pydantic_config__ = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
    return made


def _strict(hint: Any) -> Any:
    if is_typeddict(hint):
        return _strict_dict(hint)
    origin = get_origin(hint)
    if origin in {NotRequired, Required}:
        return _strict(get_args(hint)[0])
    if origin in {Union, types.UnionType}:
        return _strict_union(list(get_args(hint)))
    if origin is list:
        return list[_strict(get_args(hint)[0])]  # type: ignore[misc]
    if origin is dict:
        return dict[str, _strict(get_args(hint)[1])]  # type: ignore[misc]
    return hint


def _strict_union(members: list[Any]) -> Any:
    if any(get_origin(one) is Literal and set(get_args(one)) != {""} for one in members):
        members = [one for one in members if one is not str]
    kept = [_strict(one) for one in members if not _is_object(one)]
    return Union[tuple(kept)]  # noqa: UP007 - built at run time


def _is_object(hint: Any) -> bool:
    cls = get_origin(hint) or hint
    return isinstance(cls, type) and issubclass(cls, StripeObject)


def _as_refusal(error: ValidationError, given: Any) -> Refusal:
    problems = error.errors(include_url=False, include_context=False)
    problems.sort(key=lambda one: (one["type"] != "extra_forbidden", -len(one["loc"])))
    first = problems[0]
    path = _path_of(first["loc"], given)
    if first["type"] == "extra_forbidden":
        return _unknown(path)
    name = write_param(path)
    if first["type"] == "missing":
        return invalid(f"Missing required param: {name}.", param=name, code="parameter_missing", keep=False)
    return invalid(f"Invalid {name}: {first['msg']}.", param=name, keep=False)


def _unknown(path: list[Any]) -> Refusal:
    name = write_param(path)
    return invalid(f"Received unknown parameter: {name}", param=name, code="parameter_unknown", keep=False)


def _path_of(loc: tuple[Any, ...], given: Any) -> list[Any]:
    """Pydantic's place without the names of the union's members, which stand in no request."""
    path: list[Any] = []
    for index, part in enumerate(loc):
        is_last = index == len(loc) - 1
        if isinstance(given, dict) and (part in given or (is_last and isinstance(part, str) and _is_name(part))):
            path.append(part)
            given = given.get(part)
        elif isinstance(given, list) and isinstance(part, int) and part < len(given):
            path.append(part)
            given = given[part]
    return path


def _is_name(part: str) -> bool:
    return part.isidentifier() and part not in {"int", "str", "bool", "float"} and part[0].islower()
